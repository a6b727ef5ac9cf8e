import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/whatsapp.json';

export const t = translator(texts);
