import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/account.json';

export const t = translator(texts);
