import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { field } from '@/lib/form';
import { stateOfPostalCode } from '@/lib/postal-codes';
import { STATES } from '@/lib/states';
import { t } from '@/lib/t';
import classes from './address-fields.module.css';

interface AddressFieldsProps<T extends Record<string, unknown>> {
  form: UseFormReturnType<T>;
  /** Where the address stands in the form's values. */
  path?: string;
  /** For browsers that know addresses; leave out for other people's. */
  autoComplete?: boolean;
  /** Two fields of a third each that open the first row. */
  before?: (className: string | undefined) => ReactNode;
  /** The whole address may be left out. */
  optional?: boolean;
}

/**
 * The fields of an address in Mexico, in the order of the pictures: postal code, street, colonia.
 * The postal code gives the state when none was chosen.
 */
export function AddressFields<T extends Record<string, unknown>>(props: AddressFieldsProps<T>) {
  const { form, path = 'address', autoComplete = false, before, optional } = props;
  const bind = (name: string) => field(form, `${path}.${name}`);
  const known = (name: string) => (autoComplete ? name : 'off');
  const postalCode = bind('postal_code');
  const state = bind('state');
  const setPostalCode = (text: string) => {
    postalCode.onChange(text);
    const found = stateOfPostalCode(text.trim());
    if (found !== undefined && state.value === '') state.onChange(found);
  };
  return (
    <div className={classes.grid} data-before={before ? true : undefined}>
      {before?.(classes.third)}
      <TextField
        className={classes.code}
        label={t('address.postalCode')}
        optional={optional}
        inputMode="numeric"
        maxLength={5}
        autoComplete={known('postal-code')}
        {...postalCode}
        onChange={setPostalCode}
      />
      <TextField
        className={classes.street}
        label={t('address.street')}
        optional={optional}
        autoComplete={known('address-line1')}
        {...bind('street')}
      />
      <TextField
        className={classes.exterior}
        label={t('address.exteriorNumber')}
        optional={optional}
        {...bind('exterior_number')}
      />
      <TextField
        className={classes.interior}
        label={t('address.interiorNumber')}
        optional
        {...bind('interior_number')}
      />
      <TextField
        className={classes.neighborhood}
        label={t('address.neighborhood')}
        optional={optional}
        {...bind('neighborhood')}
      />
      <TextField
        className={classes.town}
        label={t('address.municipality')}
        optional={optional}
        {...bind('municipality')}
      />
      <SelectField className={classes.town} label={t('address.state')} optional={optional} options={STATES} {...state} />
    </div>
  );
}
