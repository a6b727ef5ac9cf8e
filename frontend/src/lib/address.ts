import * as z from 'zod/mini';
import type { Address } from '@/lib/api/types';
import { stateName } from '@/lib/states';
import { absent, optionalText, postalCode, requiredText } from '@/lib/validation';

/** An address as a form holds it: every text present, perhaps empty. */
export interface AddressValues extends Record<string, string> {
  street: string;
  exterior_number: string;
  interior_number: string;
  neighborhood: string;
  municipality: string;
  state: string;
  postal_code: string;
}

export const emptyAddress: AddressValues = {
  street: '',
  exterior_number: '',
  interior_number: '',
  neighborhood: '',
  municipality: '',
  state: '',
  postal_code: '',
};

/** All of an address in Mexico that must be there. */
export function addressSchema() {
  return z.object({
    street: requiredText(120),
    exterior_number: requiredText(120),
    interior_number: optionalText(120),
    neighborhood: requiredText(120),
    municipality: requiredText(120),
    state: requiredText(),
    postal_code: postalCode(),
  });
}

export function toAddressValues(address: Address | undefined): AddressValues {
  if (!address) return emptyAddress;
  return {
    street: address.street,
    exterior_number: address.exterior_number,
    interior_number: address.interior_number ?? '',
    neighborhood: address.neighborhood,
    municipality: address.municipality,
    state: address.state,
    postal_code: address.postal_code,
  };
}

export function toAddress(values: AddressValues): Address {
  return {
    street: values.street.trim(),
    exterior_number: values.exterior_number.trim(),
    interior_number: absent(values.interior_number),
    neighborhood: values.neighborhood.trim(),
    municipality: values.municipality.trim(),
    state: values.state,
    postal_code: values.postal_code.trim(),
    country: 'MEX',
  };
}

/** An address in one line: «Calle Ficticia 12, Centro, 72000 Puebla, Puebla». */
export function addressLine(address: Address): string {
  const number = [address.exterior_number, address.interior_number].filter(Boolean).join(' int. ');
  const town = `${address.postal_code} ${address.municipality}`.trim();
  const parts = [`${address.street} ${number}`.trim(), address.neighborhood, town, stateName(address.state)];
  return parts.filter(Boolean).join(', ');
}
