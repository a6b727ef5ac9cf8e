import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/patients.json';

export const t = translator(texts);
