import type { Curp } from '@/lib/curp';

/** How a person is called, in the three fields of the birth certificate. */
interface Names {
  given_names: string;
  first_surname: string;
  second_surname: string;
}

export type NameField = keyof Names;

/** Words that do not count when choosing the one that represents a name. */
const PARTICLES = new Set('DA DAS DE DEL DER DI DIE DD EL LA LAS LE LES LOS MAC MC VAN VON Y'.split(' '));

/** Of two or more given names, these give way to the one that follows. */
const COMMON = new Set('MARIA MA MA. M M. JOSE J J.'.split(' '));

/** The words that may not stand at the beginning of a CURP: its second letter becomes an X. */
const INCONVENIENT = new Set(
  (
    'BACA BAKA BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COGI COJA COJE COJI COJO COLA CULO FALO FETO GETA GUEI ' +
    'GUEY JETA JOTO KACA KACO KAGA KAGO KAKA KAKO KOGE KOGI KOJA KOJE KOJI KOJO KOLA KULO LILO LOCA LOCO LOKA LOKO ' +
    'MAME MAMO MEAR MEAS MEON MIAR MION MOCO MOKO MULA MULO NACA NACO PEDA PEDO PENE PIPI PITO POPO PUTA PUTO QULO ' +
    'RATA ROBA ROBE ROBO RUIN SENO TETA VACA VAGA VAGO VAKA VUEI VUEY WUEI WUEY'
  ).split(' '),
);

/** Capitals, vowels without accents, Ñ kept. */
function words(name: string): string[] {
  const plain = Array.from(name.normalize('NFC').toUpperCase())
    .map((letter) => (letter === 'Ñ' ? letter : (letter.normalize('NFD')[0] ?? '')))
    .join('');
  return plain.split(/\s+/).filter(Boolean);
}

function withoutParticles(all: string[]): string[] {
  const kept = all.filter((word) => !PARTICLES.has(word));
  return kept.length > 0 ? kept : all;
}

function surnameWord(surname: string): string {
  return withoutParticles(words(surname))[0] ?? '';
}

function givenWord(given: string): string {
  const all = withoutParticles(words(given));
  const first = all[0] ?? '';
  return (all.length > 1 && COMMON.has(first) ? all[1] : first) ?? '';
}

/** A sign inside a word (apostrophe, hyphen, foreign letter). */
const SIGN = '#';

/** Each sign is found in CURPs as an X or left out. Ñ is the consonant X in both. */
function readings(word: string): string[] {
  const marked = word.replaceAll('Ñ', 'X').replace(/[^A-Z]/gu, SIGN);
  return [marked, marked.replaceAll(SIGN, '')];
}

function initial(reading: string): string {
  return reading === '' || reading.startsWith(SIGN) ? 'X' : reading.charAt(0);
}

/** The first letter of a kind after the initial; X when a sign comes first or there is none. */
function inner(reading: string, kind: RegExp): string {
  for (const letter of reading.slice(1)) {
    if (letter === SIGN) return 'X';
    if (kind.test(letter)) return letter;
  }
  return 'X';
}

const VOWEL = /[AEIOU]/;
const CONSONANT = /[B-DF-HJ-NP-TV-Z]/;

function fits(text: string, initialAt: number, consonantAt: number, word: string): boolean {
  const ways = readings(word);
  return (
    ways.some((way) => initial(way) === text[initialAt]) &&
    ways.some((way) => inner(way, CONSONANT) === text[consonantAt])
  );
}

function firstSurnameFits(text: string, surname: string): boolean {
  const word = surnameWord(surname);
  return (
    fits(text, 0, 13, word) &&
    readings(word).some((way) => {
      const vowel = inner(way, VOWEL);
      const hidden = text[1] === 'X' && INCONVENIENT.has(`${text.charAt(0)}${vowel}${text.slice(2, 4)}`);
      return text[1] === vowel || hidden;
    })
  );
}

/**
 * The names that do not agree with a CURP. Something to confirm with the document, never an error:
 * the registry keeps exceptions to its own rules. Names still empty are not compared.
 */
export function disagreeingNames({ text }: Curp, names: Names): NameField[] {
  const found: NameField[] = [];
  const hasSurname = names.first_surname.trim() !== '';
  if (names.given_names.trim() !== '' && !fits(text, 3, 15, givenWord(names.given_names))) found.push('given_names');
  if (hasSurname && !firstSurnameFits(text, names.first_surname)) found.push('first_surname');
  // Whoever has one surname only has an X in the place of the second.
  const hasSecond = names.second_surname.trim() !== '';
  if (hasSecond && !fits(text, 2, 14, surnameWord(names.second_surname))) found.push('second_surname');
  return found;
}
