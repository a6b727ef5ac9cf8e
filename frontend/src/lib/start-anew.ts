import { paths } from '@/config/paths';

let isLeaving = false;

// Registered before the router's own: whoever takes the place of another person is not asked about
// what that person left unsaved.
window.addEventListener(
  'beforeunload',
  (event) => {
    if (isLeaving) event.stopImmediatePropagation();
  },
  { capture: true },
);

/**
 * Loads the program anew, so that nothing of the former person or clinic stays in memory. Goes
 * through without the browser's question about unsaved changes: ask {@link hasUnsavedChanges} before.
 */
export function startAnew(path: string = paths.home): void {
  isLeaving = true;
  window.location.replace(path);
}

/** Whether a form of this page holds changes that closing the tab would be asked about. */
export function hasUnsavedChanges(): boolean {
  return !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
}
