import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/consultation-more.json';

/** Texts of what comes after the editor: its dialogs, the signed note, the list of notes. */
export const more = translator(texts);
