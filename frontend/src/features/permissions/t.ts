import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/permissions.json';

export const t = translator(texts);
