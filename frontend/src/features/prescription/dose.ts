import { plain } from '@/lib/text';

/** What a dose, a frequency or a duration says as numbers, beside the words that are printed. */
export interface Structured {
  dose_amount?: string;
  dose_unit?: string;
  every_hours?: number;
  times_per_day?: number;
  as_needed?: boolean;
  duration_days?: number;
  continuous?: boolean;
}

/** Words as they are printed, with the numbers that follow from them. */
export interface Said {
  text: string;
  numbers: Structured;
}

const VULGAR: Record<string, string> = { '½': '1/2', '¼': '1/4', '¾': '3/4', '⅓': '1/3', '⅔': '2/3', '⅛': '1/8' };
const AMOUNT = /^(\d+\/\d+|\d+(?:[.,]\d+)?(?:\s+\d+\/\d+)?)\s*(.*)$/;
const DAYS_IN: Record<string, number> = { d: 1, dia: 1, semana: 7, sem: 7, quincena: 15, mes: 30, mese: 30 };
const LONGEST_DAYS = 3_650;
const MOST_HOURS = 24 * 90;
const MOST_TIMES = 24;
const COUNTS: Record<string, number> = { una: 1, un: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6 };

/** «½ tableta» with its fraction in figures that a keyboard has. */
function withoutSigns(text: string): string {
  return text.replace(/[½¼¾⅓⅔⅛]/g, (sign) => ` ${VULGAR[sign] ?? ''} `).replace(/\s+/g, ' ').trim();
}

/** The amount of a dose: «2,5», «1/2», «1 1/2»; undefined for anything else and for nothing. */
export function parseAmount(text: string): number | undefined {
  const parts = withoutSigns(text).split(' ').filter(Boolean);
  if (parts.length === 0 || parts.length > 2) return undefined;
  let sum = 0;
  for (const [index, part] of parts.entries()) {
    const [above = '', below, more] = part.split('/');
    const value = below === undefined ? Number(above.replace(',', '.')) : Number(above) / Number(below);
    const isMixed = index === 1;
    if (!Number.isFinite(value) || more !== undefined || (isMixed && below === undefined)) return undefined;
    sum += value;
  }
  return sum > 0 ? sum : undefined;
}

/** The plural of a unit's first word; symbols such as mg and mL have none. */
export function plural(unit: string): string {
  const [word = '', ...rest] = unit.split(' ');
  if (word.length < 4 || word !== word.toLowerCase() || word.endsWith('s') || word.includes('/')) return unit;
  const many = word.endsWith('ón') ? `${word.slice(0, -2)}ones` : /[aeiouáéíóú]$/.test(word) ? `${word}s` : `${word}es`;
  return [many, ...rest].join(' ');
}

/** «tabletas» as «tableta», when that is the unit of the product. */
function singular(unit: string, own: string): string {
  return own !== '' && plain(unit) === plain(plural(own)) ? own : unit;
}

/** Reads a dose as it is typed: «1» is one of the product's unit, «10 mg/kg» stays as it is. */
export function readDose(typed: string, ownUnit: string): Said {
  const text = withoutSigns(typed);
  const [, amount = '', rest = ''] = AMOUNT.exec(text) ?? [];
  const value = parseAmount(amount);
  if (value === undefined) return { text, numbers: {} };
  const unit = singular(rest === '' ? ownUnit : rest, ownUnit);
  if (unit === '') return { text: amount, numbers: { dose_amount: amount } };
  const shown = unit === ownUnit && value > 1 ? plural(unit) : rest === '' || unit === ownUnit ? unit : rest;
  return { text: `${amount} ${shown}`, numbers: { dose_amount: amount, dose_unit: unit } };
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('es-MX') + text.slice(1);
}

function sayHours(hours: number): string {
  return hours === 1 ? 'Cada hora' : `Cada ${String(hours)} horas`;
}

function sayTimes(times: number): string {
  return times === 1 ? '1 vez al día' : `${String(times)} veces al día`;
}

const NEEDED = /,?\s*\b(?:en caso necesario|si es necesario|por razon necesaria|prn|si hay [a-z ]+|en caso de [a-z ]+)$/;

/** Reads a frequency: «8», «c/8 h» and «cada 8 horas» are the same; «3 veces» is a number of times a day. */
export function readFrequency(typed: string): Said {
  const text = typed.trim().replace(/\s+/g, ' ');
  const words = plain(text).replace(/\.$/, '');
  const needed = NEEDED.exec(words)?.[0] ?? '';
  const core = words.slice(0, words.length - needed.length).trim();
  const tail = needed === '' ? '' : text.slice(text.length - needed.replace(/^[,\s]+/, '').length).toLowerCase();
  const asNeeded = needed === '' ? {} : { as_needed: true };
  const end = tail === '' ? '' : tail === 'prn' ? ', en caso necesario' : `, ${tail}`;
  if (core === '' && tail !== '') return { text: capital(tail === 'prn' ? 'en caso necesario' : tail), numbers: asNeeded };

  const hours = core === 'cada hora' ? 1 : Number(/^(?:cada |c\/ ?)?(\d{1,4}) ?(?:h|hs|hrs|hora|horas)?$/.exec(core)?.[1]);
  if (hours >= 1 && hours <= MOST_HOURS) return { text: sayHours(hours) + end, numbers: { every_hours: hours, ...asNeeded } };
  const [, count = ''] = /^(\d+|[a-z]+) ?(?:vez|veces|x)(?: (?:al|por) dia)?$/.exec(core) ?? [];
  const times = COUNTS[count] ?? Number(count);
  if (count !== '' && times >= 1 && times <= MOST_TIMES) {
    return { text: sayTimes(times) + end, numbers: { times_per_day: times, ...asNeeded } };
  }
  return { text: capital(text), numbers: asNeeded };
}

/** Reads a duration: «7» is seven days, «2 semanas» fourteen, «uc» continuous use. */
export function readDuration(typed: string): Said {
  const text = typed.trim().replace(/\s+/g, ' ');
  const words = plain(text);
  if (/^(?:uc|(?:uso )?(?:continuo|continua|permanente|indefinido))$/.test(words)) {
    return { text: 'Uso continuo', numbers: { continuous: true } };
  }
  const [, figures = '', unit = ''] = /^(\d{1,4}) ?([a-z]*)$/.exec(words) ?? [];
  const each = unit === '' ? 1 : DAYS_IN[unit.replace(/s$/, '')];
  const days = Number(figures) * (each ?? 0);
  if (figures === '' || days < 1 || days > LONGEST_DAYS) return { text, numbers: {} };
  const isDays = each === 1;
  return { text: isDays ? (days === 1 ? '1 día' : `${String(days)} días`) : text, numbers: { duration_days: days } };
}
