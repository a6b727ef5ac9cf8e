import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/consultation.json';

export const t = translator(texts);
