import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/invitation.json';

/** The texts of an invitation. */
export const t = translator(texts);
