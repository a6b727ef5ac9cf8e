import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/patient-form.json';

/** The texts of the patient's form. */
export const t = translator(texts);
