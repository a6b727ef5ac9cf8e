import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/security.json';

export const t = translator(texts);
