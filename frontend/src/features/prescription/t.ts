import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/prescription.json';

export const t = translator(texts);
