import { useLayoutEffect } from 'react';

/**
 * Remembers who had the focus when a dialog opened and gives it back when it closes, whether the
 * dialog is closed or taken out of the page.
 */
export function useFocusReturn(opened: boolean): void {
  useLayoutEffect(() => {
    if (!opened) return;
    const opener = document.activeElement;
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, [opened]);
}
