import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { AddressFields } from '@/components/clinical/address-fields';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { field } from '@/lib/form';
import type { ClinicValues, OfficeValues } from '../schema';
import { t } from '../t';
import { ZONES } from '../zones';
import classes from './fields.module.css';

type ClinicForm = UseFormReturnType<ClinicValues>;

/** Names and RFC of who answers for the data. */
export function IdentityFields({ form }: { form: ClinicForm }) {
  return (
    <div className={classes.grid}>
      <TextField
        className={classes.wide}
        label={t('fields.legalName')}
        hint={t('fields.legalNameHint')}
        {...field(form, 'legal_name')}
      />
      <TextField
        label={t('fields.tradeName')}
        optional
        hint={t('fields.tradeNameHint')}
        {...field(form, 'trade_name')}
      />
      <TextField label={t('fields.rfc')} optional identifier autoCapitalize="characters" {...field(form, 'rfc')} />
    </div>
  );
}

/** Who answers patients about their data. */
export function ContactFields({ form }: { form: ClinicForm }) {
  return (
    <div className={classes.grid}>
      <TextField
        className={classes.wide}
        label={t('fields.contactName')}
        {...field(form, 'privacy_contact.name')}
      />
      <TextField
        label={t('fields.contactEmail')}
        type="email"
        inputMode="email"
        autoCapitalize="none"
        {...field(form, 'privacy_contact.email')}
      />
      <TextField label={t('fields.contactPhone')} type="tel" {...field(form, 'privacy_contact.phone')} />
    </div>
  );
}

interface OfficeFieldsProps {
  form: UseFormReturnType<OfficeValues>;
  /** Stands between the office's own fields and its address. */
  beforeAddress?: ReactNode;
}

/** The fields of one office. */
export function OfficeFields({ form, beforeAddress }: OfficeFieldsProps) {
  return (
    <div className={classes.stack}>
      <div className={classes.grid}>
        <TextField className={classes.wide} label={t('fields.officeName')} data-autofocus {...field(form, 'name')} />
        <SelectField
          label={t('fields.timeZone')}
          options={ZONES}
          placeholder={null}
          {...field(form, 'time_zone')}
        />
        <TextField label={t('fields.officePhone')} optional type="tel" {...field(form, 'phone')} />
      </div>
      {beforeAddress}
      <AddressFields form={form} />
    </div>
  );
}
