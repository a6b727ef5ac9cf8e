const UNITS = [
  'cero', 'un', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce', 'trece',
  'catorce', 'quince', 'dieciséis', 'diecisiete', 'dieciocho', 'diecinueve', 'veinte', 'veintiún', 'veintidós',
  'veintitrés', 'veinticuatro', 'veinticinco', 'veintiséis', 'veintisiete', 'veintiocho', 'veintinueve',
];
const TENS = ['', '', '', 'treinta', 'cuarenta', 'cincuenta', 'sesenta', 'setenta', 'ochenta', 'noventa'];
const HUNDREDS = [
  '', 'ciento', 'doscientos', 'trescientos', 'cuatrocientos', 'quinientos', 'seiscientos', 'setecientos',
  'ochocientos', 'novecientos',
];

/** The greatest quantity that a receta may hold, and that is said in words. */
export const MOST_PACKAGES = 9_999;

function agree(word: string, isFeminine: boolean): string {
  if (!isFeminine) return word;
  return word === 'un' ? 'una' : word === 'veintiún' ? 'veintiuna' : word;
}

function belowHundred(n: number, isFeminine: boolean): string {
  const unit = UNITS[n];
  if (unit !== undefined) return agree(unit, isFeminine);
  const ten = TENS[Math.floor(n / 10)] ?? '';
  return n % 10 === 0 ? ten : `${ten} y ${agree(UNITS[n % 10] ?? '', isFeminine)}`;
}

function belowThousand(n: number, isFeminine: boolean): string {
  if (n < 100) return belowHundred(n, isFeminine);
  if (n === 100) return 'cien';
  const hundred = HUNDREDS[Math.floor(n / 100)] ?? '';
  const words = isFeminine && n >= 200 ? hundred.replace(/os$/, 'as') : hundred;
  return n % 100 === 0 ? words : `${words} ${belowHundred(n % 100, isFeminine)}`;
}

/** A whole number as it stands before a noun: «veintiún» frascos, «veintiuna» cajas; empty out of bounds. */
export function inWords(n: number, isFeminine: boolean): string {
  if (!Number.isInteger(n) || n < 0 || n > MOST_PACKAGES) return '';
  if (n < 1000) return belowThousand(n, isFeminine);
  const thousands = n < 2000 ? 'mil' : `${belowHundred(Math.floor(n / 1000), false)} mil`;
  return n % 1000 === 0 ? thousands : `${thousands} ${belowThousand(n % 1000, isFeminine)}`;
}
