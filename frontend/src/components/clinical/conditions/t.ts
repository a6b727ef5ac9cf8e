import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/conditions.json';

export const t = translator(texts);
