import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/register.json';

/** The texts of a new account; apart, so that sign-in does not carry them. */
export const t = translator(texts);
