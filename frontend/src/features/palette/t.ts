import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/palette.json';

export const t = translator(texts);
