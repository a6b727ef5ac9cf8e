import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/prescription-alternatives.json';

/** The texts of the alternatives, which travel with their dialog. */
export const alternatives = translator(texts);
