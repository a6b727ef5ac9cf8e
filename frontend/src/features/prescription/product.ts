import { plain } from '@/lib/text';
import { parseAmount, plural, type Structured } from './dose';
import { inWords } from './words';

/** How a pharmaceutical form is dosed, and what it is handed out in. */
interface Form {
  /** What begins the form's name, without accents. */
  begins: readonly string[];
  unit: string;
  container: string;
  /** What a package holds of it, where that can be counted against the dose. */
  contents?: string;
}

const FORMS: readonly Form[] = [
  { begins: ['solucion oftalmica', 'solucion otica', 'solucion nasal', 'suspension oftalmica', 'suspension otica', 'gotas'], unit: 'gota', container: 'Frasco gotero' },
  { begins: ['solucion inyectable', 'suspension inyectable', 'polvo para solucion inyectable', 'polvo liofilizado', 'emulsion inyectable'], unit: 'ampolleta', container: 'Caja', contents: 'ampolletas' },
  { begins: ['suspension', 'solucion', 'jarabe', 'elixir', 'emulsion', 'polvo para suspension'], unit: 'mL', container: 'Frasco', contents: 'mL' },
  { begins: ['aerosol', 'inhal', 'polvo para inhal'], unit: 'disparo', container: 'Inhalador', contents: 'disparos' },
  { begins: ['crema', 'unguento', 'gel', 'pomada', 'pasta', 'locion', 'champu'], unit: 'aplicación', container: 'Tubo' },
  { begins: ['tableta'], unit: 'tableta', container: 'Caja', contents: 'tabletas' },
  { begins: ['capsula'], unit: 'cápsula', container: 'Caja', contents: 'cápsulas' },
  { begins: ['gragea'], unit: 'gragea', container: 'Caja', contents: 'grageas' },
  { begins: ['comprimido'], unit: 'comprimido', container: 'Caja', contents: 'comprimidos' },
  { begins: ['supositorio'], unit: 'supositorio', container: 'Caja', contents: 'supositorios' },
  { begins: ['ovulo'], unit: 'óvulo', container: 'Caja', contents: 'óvulos' },
  { begins: ['parche'], unit: 'parche', container: 'Caja', contents: 'parches' },
  { begins: ['polvo', 'granulado'], unit: 'sobre', container: 'Caja', contents: 'sobres' },
];

function formOf(name: string): Form | undefined {
  const words = plain(name);
  return FORMS.find(({ begins }) => begins.some((beginning) => words.startsWith(beginning)));
}

/** What a presentation says: «Caja con 30 tabletas de 850 mg», or as in the catalog «tableta 850 mg». */
interface Presentation {
  form: Form | undefined;
  /** «850 mg»; empty where it is not said. */
  concentration: string;
  /** How much a package holds; undefined where it is not said. */
  count: number | undefined;
}

const PACKED = /^(.+?) con (\d+(?:[.,]\d+)?) (\S+)(?: de (.+))?$/i;

function readPresentation(text: string): Presentation {
  const [, container, count, contents = '', strength = ''] = PACKED.exec(text.trim()) ?? [];
  if (container !== undefined) {
    const form = FORMS.find((one) => plain(one.contents ?? '') === plain(contents) && one.container === container);
    return { form: form ?? formOf(contents), concentration: strength, count: parseAmount(count ?? '') };
  }
  const figure = text.search(/\d/);
  const name = figure < 0 ? text : text.slice(0, figure);
  return { form: formOf(name), concentration: figure < 0 ? '' : text.slice(figure), count: undefined };
}

/** The unit in which a product is dosed; empty where nobody knows. */
export function doseUnitOf(presentation: string): string {
  return readPresentation(presentation).form?.unit ?? '';
}

/** What a package of it is counted in («tabletas», «mL»); undefined where that makes no sense. */
export function contentsOf(presentation: string): string | undefined {
  return readPresentation(presentation).form?.contents;
}

/** How much a package holds, as it stands in the presentation. */
export function countOf(presentation: string): number | undefined {
  return readPresentation(presentation).count;
}

/** The presentation with how much a package holds: «Caja con 30 tabletas de 850 mg». */
export function withCount(presentation: string, count: string): string {
  const { form, concentration } = readPresentation(presentation);
  if (form?.contents === undefined) return presentation;
  const strength = concentration === '' ? '' : ` de ${concentration}`;
  if (parseAmount(count) === undefined) return `${form.unit} ${concentration}`.trim();
  return `${form.container} con ${count} ${form.contents}${strength}`;
}

interface Noun {
  one: string;
  many: string;
  isFeminine: boolean;
}

const FEMININE = ['caja', 'ampolleta', 'jeringa', 'pluma'];
const PACKAGES = ['caja', 'frasco', 'tubo', 'sobre', 'ampolleta', 'jeringa', 'pluma', 'inhalador'];

/** What a pharmacy hands out, by the first word of the presentation; what it does not say is an envase. */
export function packageOf(presentation: string): Noun {
  const first = plain(presentation).split(/\s+/)[0]?.replace(/s$/, '') ?? '';
  const one = PACKAGES.find((word) => word === first) ?? 'envase';
  return { one, many: plural(one), isFeminine: FEMININE.includes(one) };
}

/** «4 (cuatro) cajas»; empty without a quantity. */
export function sayQuantity(quantity: number, presentation: string): string {
  if (quantity <= 0) return '';
  const { one, many, isFeminine } = packageOf(presentation);
  return `${String(quantity)} (${inWords(quantity, isFeminine)}) ${quantity === 1 ? one : many}`;
}

/** The days that a package count is for when a medicine goes on without end: a month, as pharmacies count. */
const DAYS_OF_CONTINUOUS = 30;
const HOURS_IN_DAY = 24;

/** How much of a medicine a treatment takes, in the unit of its dose; undefined while it cannot be known. */
export function totalOf(numbers: Structured | undefined): number | undefined {
  if (!numbers) return undefined;
  const amount = parseAmount(numbers.dose_amount ?? '');
  const daily = numbers.times_per_day ?? (numbers.every_hours ? HOURS_IN_DAY / numbers.every_hours : undefined);
  const days = numbers.continuous === true ? DAYS_OF_CONTINUOUS : numbers.duration_days;
  if (amount === undefined || daily === undefined || days === undefined) return undefined;
  // Doses are whole acts: every 5 hours for one day are five of them.
  return amount * Math.ceil(daily * days - 1e-9);
}

/** How many whole packages a treatment takes; undefined while that cannot be computed. */
export function packagesFor(numbers: Structured | undefined, presentation: string): number | undefined {
  const total = totalOf(numbers);
  const { form, count } = readPresentation(presentation);
  if (total === undefined || count === undefined || numbers?.dose_unit !== form?.unit) return undefined;
  return Math.ceil(total / count - 1e-9);
}
