import { useNavigate } from '@tanstack/react-router';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { MissingCard } from '@/components/clinical/patient-form/missing-card';
import { PatientFields } from '@/components/clinical/patient-form/patient-fields';
import { isMinor, patientFaults, patientSchema } from '@/components/clinical/patient-form/schema';
import { t as formText } from '@/components/clinical/patient-form/t';
import type { PatientValues } from '@/components/clinical/patient-form/values';
import { ActionBar } from '@/components/ui/action-bar';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { LeaveGuard } from '@/components/ui/leave-guard';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';
import { useIsPhone } from '@/components/ui/use-media';
import { paths } from '@/config/paths';
import type { Duplicate } from '@/lib/api/types';
import { useAppForm } from '@/lib/form';
import { focusField, submitForm } from '@/lib/form-element';
import { fullName } from '@/lib/format';
import { useToday } from '@/lib/today';
import { isPhone as isPhoneNumber } from '@/lib/validation';
import { DuplicatesCard } from '../components/duplicates-card';
import { RegistrationActions } from '../components/registration-actions';
import { useBeginning, useOffers } from '../components/use-beginning';
import { useDuplicates } from '../components/use-duplicates';
import { useRegistration } from '../components/use-registration';
import { t } from '../t';
import classes from './new-patient-page.module.css';

function sharedPhone(duplicates: readonly Duplicate[]): string | undefined {
  const names = duplicates.filter((item) => item.reasons.includes('same_phone')).map((item) => fullName(item));
  return names.length === 0 ? undefined : t('duplicates.phoneAlso', { names: names.slice(0, 2).join(t('duplicates.and')) });
}

function SendNote({ values, today }: { values: PatientValues; today: string }) {
  const who = values.representative.full_name.trim();
  const toRepresentative = isMinor(values.birth_date, today) && who !== '';
  return (
    <>
      {values.curp === '' && `${formText('missing.withoutCurp')} `}
      {toRepresentative ? t('new.sendTo', { who }) : t('new.sendToPatient')}
    </>
  );
}

/** On a phone the card stands below the form: this leads to it before anything is saved. */
function SeeDuplicates({ id, count }: { id: string; count: number }) {
  return (
    <Button
      fullWidth
      icon={<IconAlertTriangle stroke={1.7} aria-hidden />}
      onClick={() => document.getElementById(id)?.focus()}
    >
      {t('new.duplicatesFound', { count })}
    </Button>
  );
}

function Registration({ onBeginAgain }: { onBeginAgain: () => void }) {
  const today = useToday();
  const formId = useId();
  const duplicatesId = useId();
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const { keep, drop, ...beginning } = useBeginning();
  const schema = useMemo(() => patientSchema(today), [today]);
  const form = useAppForm<PatientValues>({ schema, initialValues: beginning.values });
  const { values } = form;
  const isDirty = () => beginning.wasTyped || form.isDirty();
  useOffers(isDirty, onBeginAgain);
  const duplicates = useDuplicates(values, today);
  const registration = useRegistration(duplicates.all.map((item) => item.id));

  useEffect(drop, [drop, values]);
  const submit = (saved: PatientValues) => {
    drop();
    return registration.submit(saved);
  };
  const openDuplicate = (patientId: string) => {
    keep(values);
    void navigate({ to: paths.patient, params: { patientId }, ignoreBlocker: true });
  };
  const actions = (
    <RegistrationActions
      formId={formId}
      isSaving={registration.isSaving}
      canSend={isPhoneNumber(values.phone) || isPhoneNumber(values.representative.phone)}
      onSave={() => {
        registration.intend({ kind: 'open' });
      }}
      onSaveAndSend={() => {
        registration.intend({ kind: 'notice' });
        submitForm(formId);
      }}
      onMissingPhone={() => {
        focusField(formId, 'phone');
      }}
    />
  );

  return (
    <Page>
      <PageHeader
        title={t('new.title')}
        titleInTopBar
        subtitle={t('new.subtitle')}
        actions={isPhone ? <TextLink to={paths.patients}>{t('new.cancel')}</TextLink> : actions}
      />
      <div className={classes.columns}>
        <Form id={formId} form={form} onSubmit={submit}>
          <PatientFields form={form} today={today} phoneWarning={sharedPhone(duplicates.all)} />
        </Form>
        <aside aria-label={t('new.side')} className={classes.side}>
          <DuplicatesCard
            id={duplicatesId}
            duplicates={duplicates.shown}
            onOpen={openDuplicate}
            onDismiss={duplicates.dismiss}
          />
          <MissingCard formId={formId} faults={patientFaults(values, today)}>
            <SendNote values={values} today={today} />
          </MissingCard>
        </aside>
      </div>
      {isPhone && (
        <ActionBar notice={duplicates.shown.length > 0 && <SeeDuplicates id={duplicatesId} count={duplicates.shown.length} />}>
          {actions}
        </ActionBar>
      )}
      <LeaveGuard
        isDirty={isDirty() && !registration.isSaving}
        onSave={(next) => {
          registration.intend({ kind: 'leave', next });
          submitForm(formId);
        }}
      />
    </Page>
  );
}

/** A new patient: the CURP first, since it fills the rest. */
export function NewPatientPage() {
  // Another round is another form, with all that it remembers.
  const [round, setRound] = useState(0);
  return (
    <Registration
      key={round}
      onBeginAgain={() => {
        setRound(round + 1);
      }}
    />
  );
}
