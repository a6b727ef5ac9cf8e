import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { createAppRouter } from '@/app/router';
import { UiProvider } from '@/components/ui/provider';
import { ToastRegion } from '@/components/ui/toast-region';
import { createQueryClient } from '@/lib/query';

/** Opens the app at an address, as a browser would, with the fake server behind it. */
export function renderApp(path: string) {
  const queryClient = createQueryClient();
  queryClient.setDefaultOptions({ queries: { ...queryClient.getDefaultOptions().queries, retry: false } });
  const router = createAppRouter(queryClient, createMemoryHistory({ initialEntries: [path] }));
  const user = userEvent.setup({ delay: null });
  const view = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <ToastRegion />
    </QueryClientProvider>,
  );
  return { ...view, user, router, queryClient };
}

/** One component that needs neither router nor server. */
export function renderPart(part: ReactNode) {
  return { ...render(<UiProvider env="test">{part}</UiProvider>), user: userEvent.setup({ delay: null }) };
}
