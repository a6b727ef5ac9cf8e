import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/shortcuts.json';

export const t = translator(texts);
