import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/clinic.json';

export const t = translator(texts);
