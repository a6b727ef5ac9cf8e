import * as z from 'zod/mini';
import { addressSchema, emptyAddress, toAddress, toAddressValues, type AddressValues } from '@/lib/address';
import type { Clinic, ClinicInput, Office, OfficeInput } from '@/lib/api/types';
import { formatPhone } from '@/lib/format';
import { absent, email, optionalPhone, optionalText, phone, requiredText } from '@/lib/validation';
import { t } from './t';
import { likelyZone } from './zones';

const RFC = /^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/;

const identityShape = {
  legal_name: requiredText(),
  trade_name: optionalText(),
  rfc: z.string().check(
    z.trim(),
    z.refine((text) => text === '' || RFC.test(text.toUpperCase()), t('fields.rfcFormat')),
  ),
  address: addressSchema(),
};

const contactShape = {
  privacy_contact: z.object({ name: requiredText(), email: email(), phone: phone() }),
};

/** The first step of the guided start. */
export const legalSchema = z.object(identityShape);

/** Its third step. */
export const contactSchema = z.object(contactShape);

/** All of it, as the settings page has it. */
export const clinicSchema = z.object({ ...identityShape, ...contactShape, custodian: optionalText() });

export interface ClinicValues extends Record<string, unknown> {
  legal_name: string;
  trade_name: string;
  rfc: string;
  address: AddressValues;
  privacy_contact: { name: string; email: string; phone: string };
  custodian: string;
}

export function toClinicValues(clinic: Clinic): ClinicValues {
  const contact = clinic.privacy_contact;
  return {
    legal_name: clinic.legal_name,
    trade_name: clinic.trade_name ?? '',
    rfc: clinic.rfc ?? '',
    address: toAddressValues(clinic.address),
    privacy_contact: {
      name: contact.name,
      email: contact.email ?? '',
      phone: contact.phone ? formatPhone(contact.phone) : '',
    },
    custodian: clinic.custodian ?? '',
  };
}

function hasText(values: Record<string, string>): boolean {
  return Object.values(values).some((text) => text.trim() !== '');
}

/** What the API wants. A part that the guided start has not reached yet goes with empty texts. */
export function toClinicInput(values: ClinicValues): ClinicInput {
  const { address, privacy_contact: contact } = values;
  return {
    legal_name: values.legal_name.trim(),
    trade_name: absent(values.trade_name),
    rfc: absent(values.rfc.toUpperCase()),
    address: hasText(address) ? toAddress(address) : { ...emptyAddress, country: '' },
    privacy_contact: { name: contact.name.trim(), email: absent(contact.email), phone: absent(contact.phone) },
    custodian: absent(values.custodian),
  };
}

export const officeSchema = z.object({
  name: requiredText(),
  address: addressSchema(),
  time_zone: requiredText(),
  phone: optionalPhone(),
});

export interface OfficeValues extends Record<string, unknown> {
  name: string;
  address: AddressValues;
  time_zone: string;
  phone: string;
}

export function toOfficeValues(office?: Office): OfficeValues {
  if (!office) return { name: '', address: emptyAddress, time_zone: likelyZone(), phone: '' };
  return {
    name: office.name,
    address: toAddressValues(office.address),
    time_zone: office.time_zone,
    phone: office.phone ? formatPhone(office.phone) : '',
  };
}

export function toOfficeInput(values: OfficeValues): OfficeInput {
  return {
    name: values.name.trim(),
    address: toAddress(values.address),
    time_zone: values.time_zone,
    phone: absent(values.phone),
  };
}
