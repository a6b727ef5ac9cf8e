import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/chart.json';

export const t = translator(texts);
