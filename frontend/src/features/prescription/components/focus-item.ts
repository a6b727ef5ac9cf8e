import type { Alert } from '../content';

/** Which field of an item answers an alert. */
const FIELDS: Partial<Record<Alert['kind'], string>> = {
  fraction_i: 'special_form_folio',
  fraction_ii: 'quantity',
  fraction_iii: 'fills',
  antibiotic: 'duration',
};

/** Leads to where the next medicine is looked for. */
export function focusSearch(): void {
  document.querySelector<HTMLInputElement>('#agregar-medicamento [role="combobox"]')?.focus();
}

/** Leads to the field of an item that an alert is about, else to the first one that is empty. */
export function focusItem(itemId: string, kind?: Alert['kind']): void {
  const card = document.getElementById(`medicamento-${itemId}`);
  const wanted = kind && FIELDS[kind];
  const named = wanted === undefined ? null : card?.querySelector<HTMLElement>(`[name="${wanted}"]`);
  const fields = [...(card?.querySelectorAll<HTMLInputElement>('input[aria-required]') ?? [])];
  const target = named ?? fields.find(({ value }) => value === '') ?? fields[0];
  target?.focus();
  target?.scrollIntoView({ block: 'center' });
}
