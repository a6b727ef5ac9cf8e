import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/lock.json';

export const t = translator(texts);
