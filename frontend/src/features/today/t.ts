import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/today.json';

export const t = translator(texts);
