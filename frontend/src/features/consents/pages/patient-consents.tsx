import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { Patient } from '@/lib/api/types';
import { patientQuery } from '@/lib/patients';
import { useCan } from '@/lib/permissions';
import { consentsQuery, type Consents } from '../api';
import { EventChain } from '../components/event-chain';
import { PurposeStates } from '../components/purpose-states';
import { RequestCard } from '../components/request-card';
import { SeenMessage } from '../components/seen-message';
import { whoIs } from '../people';
import { t } from '../t';
import classes from './patient-consents.module.css';

const RevocationDialog = lazy(async () => ({
  default: (await import('../components/revocation-dialog')).RevocationDialog,
}));

function RevocationButton({ patientId, consents }: { patientId: string; consents: Consents }) {
  const [isOpen, setIsOpen] = useState(false);
  // What was asked and not answered can be taken back too: a later tap then changes nothing.
  const open = consents.purposes.filter(({ status }) => status === 'accepted' || status === 'requested');
  if (open.length === 0) return null;
  return (
    <div>
      <Button
        variant="danger-text"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {t('revoke.open')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <RevocationDialog
            patientId={patientId}
            purposes={open.map(({ purpose }) => purpose)}
            onClose={() => {
              setIsOpen(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

interface ContentProps {
  patient: Patient;
  consents: Consents;
}

function Acts({ patient, consents }: ContentProps) {
  const can = useCan();
  if (!can('consent:request')) return null;
  // The chart says above that the record is archived.
  if (patient.status === 'archived') return null;
  const progress = { asked: consents.events.length > 0, failed: patient.consent.status === 'failed' };
  return (
    <>
      <RequestCard patient={patient} who={whoIs(patient.sex)} progress={progress} />
      <RevocationButton patientId={patient.id} consents={consents} />
    </>
  );
}

function Content({ patient, consents }: ContentProps) {
  const who = whoIs(patient.sex);
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <PurposeStates consents={consents} who={who} />
        <Acts patient={patient} consents={consents} />
      </div>
      <EventChain events={consents.events} who={who} />
      <SeenMessage events={consents.events} who={who} />
    </div>
  );
}

/** The tab of a chart that shows what the patient consented to, with its proof, and asks for it. */
export function PatientConsentsPage() {
  const { patientId } = useParams({ strict: false });
  const id = patientId ?? '';
  const patient = useQuery(patientQuery(id));
  const consents = useQuery(consentsQuery(id));
  const failed = [patient, consents].find((query) => query.isError && query.data === undefined);
  return (
    <Page>
      <h2 className="visually-hidden">{t('title')}</h2>
      {failed && <ErrorState level={3} error={failed.error} title={t('load')} onRetry={() => void failed.refetch()} />}
      {!failed && patient.data && consents.data && <Content patient={patient.data} consents={consents.data} />}
      {!failed && !(patient.data && consents.data) && <SkeletonRows rows={5} />}
    </Page>
  );
}
