import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/prescription-list.json';

/** The texts of the lists, which travel apart from the editor's. */
export const list = translator(texts);
