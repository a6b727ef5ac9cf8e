import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/staff.json';

export const t = translator(texts);
