import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/signing.json';

export const t = translator(texts);
