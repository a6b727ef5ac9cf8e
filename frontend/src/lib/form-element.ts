/** A form on the page by its id, for buttons and lists that stand outside it. */
function formOf(id: string): HTMLFormElement | undefined {
  const element = document.getElementById(id);
  return element instanceof HTMLFormElement ? element : undefined;
}

/** Submits a form as its own button would. */
export function submitForm(id: string): void {
  formOf(id)?.requestSubmit();
}

/** Leads to a field of a form by its name. */
export function focusField(id: string, name: string): void {
  const control = formOf(id)?.elements.namedItem(name);
  if (control instanceof HTMLElement) control.focus();
}
