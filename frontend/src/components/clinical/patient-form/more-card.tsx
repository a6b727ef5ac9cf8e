import type { UseFormReturnType } from '@mantine/form';
import { IconUserPlus } from '@tabler/icons-react';
import { Card } from '@/components/ui/card';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { field } from '@/lib/form';
import { ContactFields } from './contact-fields';
import { IDENTITY_OPTIONS, maritalOptions, withCurrent } from './options';
import classes from './patient-form.module.css';
import { t } from './t';
import { useShows } from './use-shows';
import { isWritten, type PatientValues } from './values';

function identityHint(status: string): string | undefined {
  const known = ['verified', 'declared', 'provisional'] as const;
  const found = known.find((entry) => entry === status);
  return found && t(`identityHint.${found}`);
}

/** How the person lives, for those who look after her. */
function Circumstances({ form }: { form: UseFormReturnType<PatientValues> }) {
  const { sex, marital_status: marital } = form.values;
  return (
    <>
      <SelectField
        className={classes.three}
        label={t('fields.marital_status')}
        optional
        options={withCurrent(maritalOptions(sex), marital)}
        placeholder={t('notSaid')}
        {...field(form, 'marital_status')}
      />
      <TextField
        className={classes.three}
        label={t('fields.occupation')}
        optional
        autoComplete="off"
        {...field(form, 'occupation')}
      />
      <TextField
        className={classes.three}
        label={t('fields.gender')}
        optional
        autoComplete="off"
        {...field(form, 'gender')}
      />
    </>
  );
}

/** What helps to know and may wait, with whom to call. */
export function MoreCard({ form }: { form: UseFormReturnType<PatientValues> }) {
  const { values } = form;
  const shows = useShows();
  return (
    <Card title={t('cards.more')} icon={<IconUserPlus stroke={1.7} aria-hidden />}>
      <div className={classes.grid}>
        <SelectField
          className={classes.three}
          label={t('fields.identity_status')}
          options={IDENTITY_OPTIONS}
          placeholder={null}
          hint={identityHint(values.identity_status)}
          {...field(form, 'identity_status')}
        />
        {shows('gender') && <Circumstances form={form} />}
        <h3 className={classes.sub}>{t('cards.emergency')}</h3>
        <ContactFields form={form} path="emergency_contact" optional={!isWritten(values.emergency_contact)} needsPhone />
      </div>
    </Card>
  );
}
