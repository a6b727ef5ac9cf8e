import * as z from 'zod/mini';
import type { Profession, RegisterInput } from '@/lib/api/types';
import { t as common } from '@/lib/t';
import { absent, email, optionalText, phone, requiredText } from '@/lib/validation';
import { t } from './register-t';

const MIN_PASSWORD = 15;
const LICENSE = /^\d{5,8}$/;

export const registerSchema = z.object({
  full_name: requiredText(120),
  email: email(),
  password: z.string().check(z.minLength(MIN_PASSWORD, t('register.passwordShort'))),
  phone: phone(),
  profession: requiredText(),
  license_number: z.string().check(
    z.trim(),
    z.minLength(1, common('form.required')),
    z.regex(LICENSE, t('register.licenseFormat')),
  ),
  title_institution: requiredText(),
  specialty: optionalText(),
  specialty_license_number: z.string().check(
    z.trim(),
    z.refine((text) => text === '' || LICENSE.test(text), t('register.licenseFormat')),
  ),
  clinic_name: optionalText(),
  accept_terms: z.boolean().check(z.refine((accepted) => accepted, t('register.acceptMissing'))),
});

export type RegisterValues = z.infer<typeof registerSchema>;

export const emptyRegistration: RegisterValues = {
  full_name: '',
  email: '',
  password: '',
  phone: '',
  profession: '',
  license_number: '',
  title_institution: '',
  specialty: '',
  specialty_license_number: '',
  clinic_name: '',
  accept_terms: false,
};

/** What the API wants: trimmed texts, and no key for what was left empty. */
export function toRegisterInput(values: RegisterValues): RegisterInput {
  return {
    full_name: values.full_name.trim(),
    email: values.email.trim(),
    password: values.password,
    phone: values.phone.trim(),
    profession: values.profession as Profession,
    license_number: values.license_number.trim(),
    title_institution: values.title_institution.trim(),
    specialty: absent(values.specialty),
    specialty_license_number: absent(values.specialty_license_number),
    clinic_name: absent(values.clinic_name),
    accept_terms: values.accept_terms,
  };
}
