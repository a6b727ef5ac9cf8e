import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/shell.json';

/** The texts of the shell. */
export const t = translator(texts);
