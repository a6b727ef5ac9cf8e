import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { MantineProvider } from '@mantine/core';
import { useState } from 'react';
import { ToastRegion } from '@/components/ui/toast-region';
import { createQueryClient } from '@/lib/query';
import { colorSchemeManager, theme } from '@/lib/theme';
import { createAppRouter } from './router';

/**
 * The whole client. Mantine writes no styles of its own: that would need an inline `<style>`, which
 * the content security policy refuses (see styles/tokens.css).
 */
export function App() {
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(() => createAppRouter(queryClient));
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <ToastRegion />
      </QueryClientProvider>
    </MantineProvider>
  );
}
