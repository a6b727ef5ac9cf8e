import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/settings.json';

/** The texts of the settings' frame; they travel with it. */
export const t = translator(texts);
