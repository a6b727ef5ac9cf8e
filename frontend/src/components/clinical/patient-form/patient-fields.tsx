import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { ContactCard } from './contact-card';
import { IdentityCard } from './identity-card';
import { MoreCard } from './more-card';
import classes from './patient-form.module.css';
import { RepresentativeCard } from './representative-card';
import { useCurp } from './use-curp';
import type { PatientValues } from './values';

interface PatientFieldsProps {
  form: UseFormReturnType<PatientValues>;
  /** `YYYY-MM-DD` where the office is. */
  today: string;
  phoneWarning?: ReactNode;
}

/** All the fields of a patient, in cards. The same to register and to edit. */
export function PatientFields({ form, today, phoneWarning }: PatientFieldsProps) {
  const curp = useCurp(form, today);
  return (
    <div className={classes.stack}>
      <IdentityCard form={form} curp={curp} today={today} />
      <RepresentativeCard form={form} today={today} />
      <ContactCard form={form} phoneWarning={phoneWarning} />
      <MoreCard form={form} />
    </div>
  );
}
