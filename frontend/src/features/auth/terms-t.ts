import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/terms.json';

/** The terms of use; apart, since only their page carries them. */
export const t = translator(texts);
