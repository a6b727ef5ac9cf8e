import { useQuery } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import type { Clinic, Office } from '@/lib/api/types';
import { clinicQuery } from '@/lib/clinic';
import { officesQuery } from '@/lib/office';
import { LegalStep, OfficeStep, PrivacyStep } from '../components/start-steps';
import { Stepper, STEPS, type StepKey } from '../components/stepper';
import { t } from '../t';
import classes from './start-page.module.css';

function doneSteps(clinic: Clinic, offices: readonly Office[]): Set<StepKey> {
  const done = new Set<StepKey>();
  const misses = (part: string) => clinic.missing.some((field) => field.startsWith(part));
  if (!misses('address') && !misses('legal_name')) done.add('legal');
  if (offices.length > 0) done.add('office');
  if (!misses('privacy_contact')) done.add('privacy');
  return done;
}

function Finished() {
  return (
    <Card>
      <EmptyState
        icon={<IconCircleCheck stroke={1.7} aria-hidden />}
        title={t('start.finishedTitle')}
        actions={
          <ButtonLink to={paths.patients} variant="primary">
            {t('start.finishedAction')}
          </ButtonLink>
        }
      >
        {t('start.finishedText')}
      </EmptyState>
    </Card>
  );
}

interface StepsProps {
  clinic: Clinic;
  offices: readonly Office[];
}

/** Moves the focus to the step that takes the place of the one just saved. */
function useStepFocus(current: StepKey | undefined) {
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef(current);
  useEffect(() => {
    if (shown.current === current) return;
    shown.current = current;
    box.current?.focus();
  }, [current]);
  return box;
}

function Steps({ clinic, offices }: StepsProps) {
  const done = doneSteps(clinic, offices);
  const firstMissing = STEPS.find((step) => !done.has(step));
  const [picked, setPicked] = useState<StepKey>();
  const current = picked ?? firstMissing;
  const box = useStepFocus(current);
  const goOn = () => {
    setPicked(undefined);
  };
  return (
    <>
      {current && <Stepper current={current} done={done} onPick={setPicked} />}
      <div ref={box} tabIndex={-1} className={classes.step}>
        {current === 'legal' && <LegalStep clinic={clinic} onDone={goOn} />}
        {current === 'office' && <OfficeStep clinic={clinic} office={offices[0]} onDone={goOn} />}
        {current === 'privacy' && <PrivacyStep clinic={clinic} onDone={goOn} />}
        {current === undefined && <Finished />}
      </div>
    </>
  );
}

function Content() {
  const clinic = useQuery(clinicQuery);
  const offices = useQuery(officesQuery);
  const failed = [clinic, offices].find((query) => query.isError);
  if (failed) {
    return <ErrorState error={failed.error} title={t('clinic.load')} onRetry={() => void failed.refetch()} />;
  }
  if (!clinic.data || !offices.data) return <SkeletonRows />;
  return <Steps clinic={clinic.data} offices={offices.data.items} />;
}

/** What a new clinic needs before it can ask for consent; it opens where it was left. */
export function StartPage() {
  return (
    <Page width="narrow">
      <PageHeader title={t('start.title')} subtitle={t('start.subtitle')} />
      <Content />
    </Page>
  );
}
