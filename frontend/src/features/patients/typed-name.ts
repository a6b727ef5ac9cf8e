import { emptyPatient, type PatientValues } from '@/components/clinical/patient-form/values';
import { CURP_LENGTH, normalizeCurp } from '@/lib/curp';
import { isPhone } from '@/lib/validation';

const PARTICLES = new Set(['de', 'del', 'la', 'las', 'los', 'y']);

/** «juan de la cruz» as «Juan de la Cruz»; what was typed with capitals stays as it is. */
function capitalised(word: string): string {
  if (PARTICLES.has(word) || word !== word.toLowerCase()) return word;
  return word.charAt(0).toLocaleUpperCase('es-MX') + word.slice(1);
}

/** Joins the particles of a surname to the word they belong to: «de la Cruz» is one. */
function nameParts(words: readonly string[]): string[] {
  const parts: string[] = [];
  let waiting: string[] = [];
  for (const word of words) {
    waiting.push(word);
    if (PARTICLES.has(word.toLowerCase())) continue;
    parts.push(waiting.join(' '));
    waiting = [];
  }
  return waiting.length > 0 ? [...parts, waiting.join(' ')] : parts;
}

function namesFrom(text: string): Partial<PatientValues> {
  const parts = nameParts(text.split(/\s+/).map(capitalised));
  if (parts.length < 2) return { given_names: parts.join(' ') };
  const surnames = parts.length === 2 ? 1 : 2;
  const [first = '', second = ''] = parts.slice(-surnames);
  return { given_names: parts.slice(0, -surnames).join(' '), first_surname: first, second_surname: second };
}

/** A form that begins with what somebody searched for in vain: a name, a CURP or a phone. */
export function patientFromSearch(typed: string | undefined): PatientValues {
  const text = typed?.trim() ?? '';
  if (text === '') return emptyPatient;
  if (isPhone(text)) return { ...emptyPatient, phone: text };
  const curp = normalizeCurp(text);
  if (curp.length === CURP_LENGTH && /\d/.test(curp)) return { ...emptyPatient, curp };
  if (/\d/.test(text)) return emptyPatient;
  return { ...emptyPatient, ...namesFrom(text) };
}
