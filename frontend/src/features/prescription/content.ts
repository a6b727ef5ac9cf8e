import { newIdempotencyKey } from '@/lib/api/idempotency';
import type { components } from '@/lib/api/schema';
import type { Prescription } from '@/lib/prescriptions';
import { doseUnitOf, packagesFor, withCount } from './product';
import { readDose, readDuration, readFrequency, type Said, type Structured } from './dose';

type Schemas = components['schemas'];

/** One medicine of a receta; within the program it always has an id. */
export type Item = Schemas['PrescriptionItem'] & { id: string };
export type Alert = Schemas['PrescriptionAlert'];
export type Medication = Schemas['Medication'];
export type Acknowledgement = Schemas['Acknowledgement'];

/** What the author of a receta writes. */
export interface Content {
  items: Item[];
  acknowledgements: Acknowledgement[];
}

/** What an answer of the server says that was written. */
export function contentOf({ items, acknowledgements }: Prescription): Content {
  return {
    items: items.map((item) => ({ ...item, id: item.id ?? newIdempotencyKey() })),
    acknowledgements: acknowledgements.map(({ alert_id: id, reason }) => ({ alert_id: id, reason })),
  };
}

/** The body of a PUT. */
export function toBody({ items, acknowledgements }: Content): Schemas['PrescriptionUpdate'] {
  return { items, acknowledgements };
}

export function fingerprint(content: Content): string {
  return JSON.stringify(toBody(content));
}

function lowered(text: string): string {
  return text.charAt(0).toLocaleLowerCase('es-MX') + text.slice(1);
}

function raised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('es-MX') + text.slice(1);
}

/** A product of the catalog as an item that is still to be dosed. */
export function itemOf(medication: Medication): Item {
  return {
    id: newIdempotencyKey(),
    medication_id: medication.id,
    generic_name: medication.generic_name,
    allow_substitution: true,
    presentation: `${lowered(medication.form)} ${medication.concentration}`.trim(),
    dose: '',
    route: raised(medication.route),
    frequency: '',
    duration: '',
  };
}

/**
 * Another substance in the place of an item. How long it is taken and what the patient is told follow what is
 * treated, and stay. How much and how often belong to the substance that goes: they are asked anew.
 */
export function inPlaceOf(item: Item, medication: Medication): Item {
  const next: Item = { ...itemOf(medication), id: item.id };
  return withTyped(item.instructions === undefined ? next : { ...next, instructions: item.instructions }, 'duration', item.duration);
}

/** A medicine that the catalog does not have, by the name that was typed. */
export function itemNamed(name: string): Item {
  return {
    id: newIdempotencyKey(),
    generic_name: name,
    allow_substitution: true,
    presentation: '',
    dose: '',
    route: '',
    frequency: '',
    duration: '',
  };
}

/** The medicines of an earlier receta as those of another: what belongs to one paper alone is left behind. */
export function anew(items: readonly Schemas['PrescriptionItem'][]): Item[] {
  return items.map((item) => {
    const copy: Item = { ...item, id: newIdempotencyKey() };
    delete copy.special_form_folio;
    delete copy.replaces_course_id;
    return copy;
  });
}

/** Takes values that are undefined out, as JSON would. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

/** What can be changed of an item; undefined takes an optional value away. */
export type Change = { [K in keyof Item]?: Item[K] | undefined };

/** An item with a change; the quantity follows what it is computed from, unless somebody wrote another. */
export function changed(item: Item, change: Change): Item {
  const next = defined({ ...item, ...change }) as Item;
  if ('quantity' in change) return next;
  const was = packagesFor(item.structured, item.presentation);
  const computed = packagesFor(next.structured, next.presentation);
  const isOwn = item.quantity !== undefined && item.quantity > 0 && item.quantity !== was;
  return isOwn || computed === undefined ? next : { ...next, quantity: computed };
}

const NUMBERS = {
  dose: ['dose_amount', 'dose_unit'],
  frequency: ['every_hours', 'times_per_day', 'as_needed'],
  duration: ['duration_days', 'continuous'],
} as const;

export type Timed = keyof typeof NUMBERS;

function read(item: Item, part: Timed, typed: string): Said {
  if (part === 'dose') return readDose(typed, doseUnitOf(item.presentation));
  return part === 'frequency' ? readFrequency(typed) : readDuration(typed);
}

/** An item with a dose, a frequency or a duration as it was typed, and the numbers that follow. */
export function withTyped(item: Item, part: Timed, typed: string): Item {
  const numbers: Structured = { ...item.structured };
  for (const key of NUMBERS[part]) Reflect.deleteProperty(numbers, key);
  const said = read(item, part, typed);
  const structured = { ...numbers, ...said.numbers };
  const change: Change = { [part]: typed };
  return changed(item, { ...change, structured: Object.keys(structured).length === 0 ? undefined : structured });
}

/** The words of a part as they are printed, for when the field is left. */
export function settled(item: Item, part: Timed): string {
  return read(item, part, item[part]).text;
}

/** An item whose package holds so much. */
export function withPackageCount(item: Item, count: string): Item {
  return changed(item, { presentation: withCount(item.presentation, count) });
}

/** The receta with one of its items replaced by what `update` makes of it. */
export function withItem(content: Content, id: string, update: (item: Item) => Item): Content {
  return { ...content, items: content.items.map((item) => (item.id === id ? update(item) : item)) };
}

/** The receta with a reason for going on in spite of an alert; an empty one takes it away. */
export function withReason(content: Content, alertId: string, reason: string): Content {
  const others = content.acknowledgements.filter(({ alert_id: id }) => id !== alertId);
  return { ...content, acknowledgements: reason === '' ? others : [...others, { alert_id: alertId, reason }] };
}

/** Moves an item to a place of the list, the first being 0; a place outside of it changes nothing. */
export function movedTo(content: Content, id: string, to: number): Content {
  const from = content.items.findIndex((item) => item.id === id);
  const item = content.items[from];
  if (!item || from === to || to < 0 || to >= content.items.length) return content;
  const others = content.items.filter((one) => one !== item);
  return { ...content, items: [...others.slice(0, to), item, ...others.slice(to)] };
}

/** Whether signing must wait for an alert. */
export function isOpen(alert: Alert): boolean {
  return alert.requires === 'change' || (alert.requires === 'acknowledgement' && !alert.acknowledged);
}
