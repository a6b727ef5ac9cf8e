import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/editor.json';

export const t = translator(texts);
