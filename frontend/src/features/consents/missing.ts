import { t } from './t';

/** Which words name a missing field of the clinic; several fields of an address are one thing. */
const NAMES: readonly [RegExp, Parameters<typeof t>[0]][] = [
  [/^legal_name/, 'fields.legal_name'],
  [/^address/, 'fields.address'],
  [/^privacy_contact\.name/, 'fields.contactName'],
  [/^privacy_contact\.(?:email|phone)/, 'fields.contactMedium'],
  [/^privacy_contact/, 'fields.contact'],
];

function nameOf(field: string): string {
  const found = NAMES.find(([pattern]) => pattern.test(field));
  return found ? t(found[1]) : field;
}

const list = new Intl.ListFormat('es-MX', { type: 'conjunction' });

/** «domicilio y nombre del contacto de privacidad.» from the fields that the API names. */
export function missingNames(fields: readonly string[]): string {
  const names = [...new Set(fields.map(nameOf))];
  return names.length === 0 ? '' : `${list.format(names)}.`;
}
