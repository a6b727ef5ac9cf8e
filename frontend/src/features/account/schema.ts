import * as z from 'zod/mini';
import type { Profession } from '@/lib/api/types';
import { formatPhone } from '@/lib/format';
import { absent, optionalPhone, optionalText, requiredText } from '@/lib/validation';
import type { Profile, ProfileInput } from './api';
import { t } from './t';

const LICENSE = /^\d{5,8}$/;

function license() {
  return z.string().check(
    z.trim(),
    z.refine((text) => text === '' || LICENSE.test(text), t('profile.licenseFormat')),
  );
}

export const profileSchema = z.object({
  full_name: requiredText(120),
  phone: optionalPhone(),
  profession: requiredText(),
  license_number: license(),
  title_institution: optionalText(),
  specialty: optionalText(),
  specialty_license_number: license(),
});

export type ProfileValues = z.infer<typeof profileSchema>;

export function toProfileValues(profile: Profile): ProfileValues {
  return {
    full_name: profile.full_name,
    phone: profile.phone ? formatPhone(profile.phone) : '',
    profession: profile.profession,
    license_number: profile.license_number ?? '',
    title_institution: profile.title_institution ?? '',
    specialty: profile.specialty ?? '',
    specialty_license_number: profile.specialty_license_number ?? '',
  };
}

/** What the API wants: PUT replaces the whole, and what is empty is left out. */
export function toProfileInput(values: ProfileValues): ProfileInput {
  return {
    full_name: values.full_name.trim(),
    phone: absent(values.phone),
    profession: values.profession as Profession,
    license_number: absent(values.license_number),
    title_institution: absent(values.title_institution),
    specialty: absent(values.specialty),
    specialty_license_number: absent(values.specialty_license_number),
  };
}
