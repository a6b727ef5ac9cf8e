import type { Profession } from '@/lib/api/types';

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
