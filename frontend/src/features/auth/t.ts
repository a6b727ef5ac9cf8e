import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/auth.json';

export const t = translator(texts);
