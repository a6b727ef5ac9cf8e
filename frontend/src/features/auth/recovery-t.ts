import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/recovery.json';

/** The texts of the pages that links in mails open. */
export const t = translator(texts);
