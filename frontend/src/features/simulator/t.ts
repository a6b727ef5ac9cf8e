import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/simulator.json';

/** The texts of this feature; they travel in its own chunk. */
export const t = translator(texts);
