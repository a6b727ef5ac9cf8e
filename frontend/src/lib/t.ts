import common from '@/locales/es-MX/common.json';

/** A text with forms for one and for many, chosen by `Intl.PluralRules`. */
interface Plural {
  one: string;
  other: string;
}

/** The dotted paths of a catalog of texts: `errors.network`. */
export type TextKey<T> = {
  [K in keyof T & string]: T[K] extends string | Plural ? K : `${K}.${TextKey<T[K]>}`;
}[keyof T & string];

type Values = Record<string, string | number>;

export type Translate<T> = (key: TextKey<T>, values?: Values) => string;

const plurals = new Intl.PluralRules('es-MX');
const numbers = new Intl.NumberFormat('es-MX');

function isPlural(value: unknown): value is Plural {
  return typeof value === 'object' && value !== null && 'other' in value && 'one' in value;
}

function lookUp(catalog: object, key: string): string | Plural {
  let value: unknown = catalog;
  for (const part of key.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  }
  return typeof value === 'string' || isPlural(value) ? value : key;
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? numbers.format(value) : value;
  });
}

/**
 * The typed lookup over one catalog of texts. Places such as `{name}` are filled from `values`; a
 * plural text takes its form from `values.count`. Each feature has its own catalog, so that its
 * texts travel in its own chunk.
 */
export function translator<T extends object>(catalog: T): Translate<T> {
  return (key, values = {}) => {
    const found = lookUp(catalog, key);
    if (typeof found === 'string') return fill(found, values);
    return fill(plurals.select(Number(values.count)) === 'one' ? found.one : found.other, values);
  };
}

/** Texts that every screen shares. */
export const t = translator(common);
