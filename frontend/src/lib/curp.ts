import { splitDate } from '@/lib/dates';

/**
 * The Clave Única de Registro de Población, read while it is typed. The server judges it again by
 * the same rules; that a person holds it is known only from a document.
 */
export interface Curp {
  text: string;
  /** `YYYY-MM-DD`. */
  birthDate: string;
  /** What the document says: H hombre, M mujer, X no binario. It is not the biological sex. */
  sex: 'H' | 'M' | 'X';
  /** INEGI code of the state of birth, or NE for those born abroad. */
  state: string;
}

export type CurpFault = 'length' | 'generic' | 'format' | 'date' | 'future' | 'check_digit';

export const CURP_LENGTH = 18;

/** Positions 12 and 13 as INEGI codes. */
const STATES: Record<string, string> = {
  AS: '01',
  BC: '02',
  BS: '03',
  CC: '04',
  CL: '05',
  CM: '06',
  CS: '07',
  CH: '08',
  DF: '09',
  DG: '10',
  GT: '11',
  GR: '12',
  HG: '13',
  JC: '14',
  MC: '15',
  MN: '16',
  MS: '17',
  NT: '18',
  NL: '19',
  OC: '20',
  PL: '21',
  QT: '22',
  QR: '23',
  SP: '24',
  SL: '25',
  SR: '26',
  TC: '27',
  TS: '28',
  TL: '29',
  VZ: '30',
  YN: '31',
  ZS: '32',
  NE: 'NE',
};

const SHAPE = /^[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[A-Z\d]\d$/;
const GENERIC = /^(?:XXXX|XEXX010101|XAXX010101)/;

/** Each character's weight. Ñ has a place although no CURP carries one. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';

/** As people type or paste it: without blanks and invisible marks, in capitals. */
export function normalizeCurp(typed: string): string {
  return typed.replace(/[\s\p{Cf}]/gu, '').toUpperCase();
}

function birthDateOf(text: string): string {
  // The 17th character tells the century: a digit up to 1999, a letter from 2000 on.
  const century = /\d/.test(text.charAt(16)) ? '19' : '20';
  return `${century}${text.slice(4, 6)}-${text.slice(6, 8)}-${text.slice(8, 10)}`;
}

function checkDigit(text: string): string {
  const sum = Array.from(text.slice(0, CURP_LENGTH - 1)).reduce(
    (total, character, index) => total + ALPHABET.indexOf(character) * (CURP_LENGTH - index),
    0,
  );
  return String((10 - (sum % 10)) % 10);
}

function faultOf(text: string, today: string): CurpFault | undefined {
  if (text.length !== CURP_LENGTH) return 'length';
  if (GENERIC.test(text)) return 'generic';
  if (!SHAPE.test(text) || STATES[text.slice(11, 13)] === undefined) return 'format';
  const birthDate = birthDateOf(text);
  if (!splitDate(birthDate)) return 'date';
  if (birthDate > today) return 'future';
  return checkDigit(text) === text.charAt(17) ? undefined : 'check_digit';
}

/** Reads a CURP, or says what is wrong with it. `today` is `YYYY-MM-DD`. */
export function parseCurp(typed: string, today: string): { curp: Curp } | { fault: CurpFault } {
  const text = normalizeCurp(typed);
  const fault = faultOf(text, today);
  if (fault !== undefined) return { fault };
  const sex = text.charAt(10) as Curp['sex'];
  return { curp: { text, birthDate: birthDateOf(text), sex, state: STATES[text.slice(11, 13)] ?? '' } };
}
