import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useId, useRef } from 'react';
import { MissingCard } from '@/components/clinical/patient-form/missing-card';
import { PatientFields } from '@/components/clinical/patient-form/patient-fields';
import { patientFaults } from '@/components/clinical/patient-form/schema';
import type { PatientValues } from '@/components/clinical/patient-form/values';
import { ActionBar } from '@/components/ui/action-bar';
import { Button, ButtonLink } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { LeaveGuard } from '@/components/ui/leave-guard';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useIsPhone } from '@/components/ui/use-media';
import { paths } from '@/config/paths';
import type { Patient } from '@/lib/api/types';
import { formatInstant } from '@/lib/format';
import { submitForm } from '@/lib/form-element';
import { useZone } from '@/lib/office';
import { patiently } from '@/lib/patiently';
import { useToday } from '@/lib/today';
import { t } from '../t';
import classes from './edit-patient.module.css';
import { OvertakenNotice } from './overtaken-notice';
import { useEditing } from './use-editing';

// Seldom needed: it comes when two versions are to be chosen between.
const MergeView = lazy(async () => ({ default: (await patiently(() => import('./merge-view'))).MergeView }));

/** The form of a record's editable part. */
export function EditPatient({ patient }: { patient: Patient }) {
  const today = useToday();
  const zone = useZone();
  const formId = useId();
  const isPhone = useIsPhone();
  const navigate = useNavigate();
  /** Where to go once saved; the page of the data, unless one was leaving for another. */
  const next = useRef<string>(undefined);
  /** A version was chosen and is to be saved as soon as the form is back. */
  const savesOnReturn = useRef(false);

  const leave = () => {
    const href = next.current;
    if (href !== undefined) void navigate({ href, ignoreBlocker: true });
    else void navigate({ to: paths.patientData, params: { patientId: patient.id }, replace: true, ignoreBlocker: true });
  };
  const editing = useEditing({ patient, today, onSaved: leave });
  const { form, other } = editing;

  useEffect(() => {
    if (other || !savesOnReturn.current) return;
    savesOnReturn.current = false;
    submitForm(formId);
  }, [other, formId]);

  if (other) {
    const choose = (values: PatientValues) => {
      savesOnReturn.current = true;
      editing.choose(values);
    };
    return (
      <>
        <Suspense fallback={<SkeletonRows />}>
          <MergeView
            mine={form.values}
            found={editing.found}
            savedAt={formatInstant(other.updated_at, zone)}
            isSaving={editing.isSaving}
            onSave={choose}
            onUseTheirs={editing.chooseOther}
          />
        </Suspense>
        <LeaveGuard isDirty />
      </>
    );
  }

  const actions = (
    <>
      <ButtonLink to={paths.patientData} params={{ patientId: patient.id }} variant="ghost">
        {t('data.cancel')}
      </ButtonLink>
      <Button
        type="submit"
        form={formId}
        variant="primary"
        loading={editing.isSaving}
        onClick={() => {
          next.current = undefined;
        }}
      >
        {t('data.save')}
      </Button>
    </>
  );
  // Where the eye is while writing: beside the form, or above the acts on a phone.
  const notice = (
    <OvertakenNotice
      patientId={patient.id}
      isOvertaken={editing.isOvertaken}
      onCompare={() => void editing.compare()}
    />
  );
  return (
    <>
      <div className={classes.columns}>
        <Form id={formId} form={form} onSubmit={editing.submit}>
          <PatientFields form={form} today={today} />
        </Form>
        <aside aria-label={t('data.side')} className={classes.side}>
          {!isPhone && notice}
          <MissingCard formId={formId} faults={patientFaults(form.values, today)} />
          {!isPhone && <div className={classes.actions}>{actions}</div>}
        </aside>
      </div>
      {isPhone && <ActionBar notice={notice}>{actions}</ActionBar>}
      <LeaveGuard
        isDirty={form.isDirty() && !editing.isSaving}
        onSave={(href) => {
          next.current = href;
          submitForm(formId);
        }}
      />
    </>
  );
}
