import type { UseFormReturnType } from '@mantine/form';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { field } from '@/lib/form';
import { STATES } from '@/lib/states';
import { t } from '@/lib/t';
import classes from './address-fields.module.css';

interface AddressFieldsProps<T extends Record<string, unknown>> {
  form: UseFormReturnType<T>;
  /** Where the address stands in the form's values. */
  path?: string;
  /** For browsers that know addresses; leave out for other people's. */
  autoComplete?: boolean;
}

/** The fields of an address in Mexico, in the order of the pictures: postal code, street, colonia. */
export function AddressFields<T extends Record<string, unknown>>(props: AddressFieldsProps<T>) {
  const { form, path = 'address', autoComplete = false } = props;
  const bind = (name: string) => field(form, `${path}.${name}`);
  const known = (name: string) => (autoComplete ? name : 'off');
  return (
    <div className={classes.grid}>
      <TextField
        className={classes.two}
        label={t('address.postalCode')}
        inputMode="numeric"
        maxLength={5}
        autoComplete={known('postal-code')}
        {...bind('postal_code')}
      />
      <TextField
        className={classes.four}
        label={t('address.street')}
        autoComplete={known('address-line1')}
        {...bind('street')}
      />
      <TextField className={classes.two} label={t('address.exteriorNumber')} {...bind('exterior_number')} />
      <TextField className={classes.two} label={t('address.interiorNumber')} optional {...bind('interior_number')} />
      <TextField className={classes.two} label={t('address.neighborhood')} {...bind('neighborhood')} />
      <TextField className={classes.three} label={t('address.municipality')} {...bind('municipality')} />
      <SelectField className={classes.three} label={t('address.state')} options={STATES} {...bind('state')} />
    </div>
  );
}
