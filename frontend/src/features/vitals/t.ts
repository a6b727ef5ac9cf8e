import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/vitals.json';

export const t = translator(texts);
