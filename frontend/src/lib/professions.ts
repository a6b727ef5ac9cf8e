import type { Profession } from '@/lib/api/types';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/professions.json';

const t = translator(texts);

/** The professions that a person may have, as the server names them, in the order they are offered. */
export const PROFESSIONS: readonly Profession[] = [
  'medico_cirujano',
  'medico_homeopata',
  'cirujano_dentista',
  'enfermeria',
  'psicologia',
  'nutricion',
  'fisioterapia',
  'otra',
];

/** The professions as a list to choose from. */
export const professionOptions = PROFESSIONS.map((value) => ({ value, label: t(value) }));
