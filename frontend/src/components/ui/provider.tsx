import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { colorSchemeManager, theme } from '@/lib/theme';

/**
 * What Mantine's dialogs, menus and comboboxes need above them. It stands in the shell, not at the
 * root, so that sign-in does not carry it. Mantine writes no styles of its own: that would need an
 * inline `<style>`, which the content security policy refuses (see styles/tokens.css).
 */
export function UiProvider({ children, env }: { children: ReactNode; env?: 'default' | 'test' }) {
  return (
    <MantineProvider
      env={env}
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
