import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useBanner, type Banner } from '@/lib/chart';
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
  patient: Banner;
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
  const { patientId = '' } = useParams({ strict: false });
  // The chart has asked for it already.
  const { banner } = useBanner(patientId);
  const consents = useQuery(consentsQuery(patientId));
  return (
    <Page>
      <h2 className="visually-hidden">{t('title')}</h2>
      {consents.isError && (
        <ErrorState level={3} error={consents.error} title={t('load')} onRetry={() => void consents.refetch()} />
      )}
      {consents.isSuccess && banner && <Content patient={banner} consents={consents.data} />}
      {!consents.isError && !(consents.data && banner) && <SkeletonRows rows={5} />}
    </Page>
  );
}
