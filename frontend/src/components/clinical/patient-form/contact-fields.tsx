import type { UseFormReturnType } from '@mantine/form';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { field } from '@/lib/form';
import { RELATIONSHIP_OPTIONS, withCurrent } from './options';
import classes from './patient-form.module.css';
import { t } from './t';
import type { PatientValues } from './values';

interface ContactFieldsProps {
  form: UseFormReturnType<PatientValues>;
  path: 'representative' | 'emergency_contact';
  /** Whether the person herself may be left out. */
  optional: boolean;
  /** An emergency contact without a phone would be of no use. */
  needsPhone: boolean;
}

/** Somebody who is not the patient: name, relationship, phone and, for a representative, e-mail. */
export function ContactFields({ form, path, optional, needsPhone }: ContactFieldsProps) {
  return (
    <>
      <TextField
        className={classes.three}
        label={t('fields.contact_full_name')}
        optional={optional}
        autoComplete="off"
        autoCapitalize="words"
        {...field(form, `${path}.full_name`)}
      />
      <SelectField
        className={classes.three}
        label={t('fields.contact_relationship')}
        optional={optional}
        options={withCurrent(RELATIONSHIP_OPTIONS, form.values[path].relationship)}
        {...field(form, `${path}.relationship`)}
      />
      <TextField
        className={classes.three}
        label={t('fields.contact_phone')}
        optional={optional || !needsPhone}
        type="tel"
        autoComplete="off"
        {...field(form, `${path}.phone`)}
      />
      <TextField
        className={classes.three}
        label={t('fields.contact_email')}
        optional
        type="email"
        inputMode="email"
        autoCapitalize="none"
        autoComplete="off"
        {...field(form, `${path}.email`)}
      />
    </>
  );
}
