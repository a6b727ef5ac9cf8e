import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/auth-steps.json';

/** The texts of what follows the password; apart, so that the sign-in page does not carry them. */
export const t = translator(texts);
