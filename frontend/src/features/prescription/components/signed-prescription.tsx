import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconBan, IconFileOff, IconLock, IconRefresh } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { EditorHeader } from '@/components/clinical/editor/editor-header';
import { PdfLinks } from '@/components/clinical/papers';
import { Banner } from '@/components/ui/banner';
import { Button, ButtonLink } from '@/components/ui/button';
import { StatusChip } from '@/components/ui/chip';
import { useIsPhone } from '@/components/ui/use-media';
import { paths } from '@/config/paths';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { summaryQuery } from '@/lib/chart';
import { formatInstant } from '@/lib/format';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { useZone } from '@/lib/office';
import { patiently } from '@/lib/patiently';
import { useCan } from '@/lib/permissions';
import type { Prescription } from '@/lib/prescriptions';
import { useReissuePrescription } from '../api';
import { FORMATS, pdfHref, type PaperFormat } from '../formats';
import { t } from '../t';
import editor from './editor.module.css';
import { Paper, PaperFormats } from './paper';
import classes from './signed-prescription.module.css';

const VoidDialog = lazy(async () => ({ default: (await patiently(() => import('./void-dialog'))).VoidDialog }));

function Status({ status }: Pick<Prescription, 'status'>) {
  if (status === 'signed') {
    return (
      <StatusChip family="green" icon={<IconLock aria-hidden />}>
        {t('signed.signed')}
      </StatusChip>
    );
  }
  const isVoided = status === 'voided';
  return (
    <StatusChip family={isVoided ? 'red' : 'grey'} icon={isVoided ? <IconBan aria-hidden /> : <IconFileOff aria-hidden />}>
      {t(isVoided ? 'signed.voided' : 'signed.discarded')}
    </StatusChip>
  );
}

/** Who signed, when, and how that can be checked. */
function Signature({ prescription }: { prescription: Prescription }) {
  const zone = useZone();
  const { head, author, signed_at: at, folio, verification_code: code, hash } = prescription;
  if (at === undefined) return null;
  return (
    <div className={classes.sign}>
      <p>
        <strong>{t('signed.by', { name: head?.professional.full_name ?? author.name })}</strong>{' '}
        {t('signed.at', { date: formatInstant(at, zone) })}
      </p>
      <p className="identifier">{folio}</p>
      <p>
        {t('signed.code')}: <span className="identifier">{code}</span>
      </p>
      <p>
        {t('signed.hash')}: <span className={classes.hash}>{hash}</span>
      </p>
    </div>
  );
}

function Reasons({ prescription }: { prescription: Prescription }) {
  const answered = prescription.alerts.filter(({ acknowledged }) => acknowledged);
  if (answered.length === 0) return null;
  return (
    <section aria-labelledby="alertas-resueltas" className={classes.reasons}>
      <h2 id="alertas-resueltas">{t('signed.alerts')}</h2>
      <ul>
        {answered.map(({ id, message, acknowledged }) => (
          <li key={id}>
            {message} <strong>{t('alerts.reason', { reason: acknowledged?.reason ?? '' })}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Why it is annulled, and where what took its place is. */
function VoidedNotice({ prescription }: { prescription: Prescription }) {
  const zone = useZone();
  const { voided, reissued_as: successor, patient_id: patientId } = prescription;
  if (!voided) return null;
  return (
    <Banner
      family="red"
      icon={<IconBan stroke={1.7} aria-hidden />}
      title={t('signed.voidedTitle', { date: formatInstant(voided.at, zone), name: voided.by.name })}
      action={
        successor !== undefined && (
          <ButtonLink size="s" to={paths.prescription} params={{ patientId, prescriptionId: successor }}>
            {t('signed.reissuedAs')}
          </ButtonLink>
        )
      }
    >
      {t('signed.voidedReason', { reason: voided.reason })}
    </Banner>
  );
}

function ReissuesNotice({ prescription }: { prescription: Prescription }) {
  const { reissues, patient_id: patientId } = prescription;
  if (reissues === undefined) return null;
  return (
    <Banner
      family="blue"
      icon={<IconRefresh stroke={1.7} aria-hidden />}
      title={t('signed.reissues')}
      action={
        <ButtonLink size="s" to={paths.prescription} params={{ patientId, prescriptionId: reissues }}>
          {t('signed.reissuesLink')}
        </ButtonLink>
      }
    />
  );
}

function Reissue({ prescription }: { prescription: Prescription }) {
  const navigate = useNavigate();
  const reissue = useReissuePrescription(prescription);
  const oneAtATime = useOneAtATime();
  const { key, renew } = useIdempotencyKey();
  const act = async () => {
    try {
      const { id } = await reissue.mutateAsync(key);
      await navigate({
        to: paths.prescription,
        params: { patientId: prescription.patient_id, prescriptionId: id },
      });
    } finally {
      renew();
    }
  };
  return (
    <Button
      variant="primary"
      loading={reissue.isPending}
      icon={<IconRefresh stroke={1.7} aria-hidden />}
      onClick={() => {
        oneAtATime(act);
      }}
    >
      {t('signed.reissue')}
    </Button>
  );
}

interface ActsProps {
  prescription: Prescription;
  mayWrite: boolean;
  onVoid: () => void;
}

/** The way to the note, and what can still be done with a signed receta. */
function Acts({ prescription, mayWrite, onVoid }: ActsProps) {
  const { patient_id: patientId, consultation_id: consultationId, status, reissued_as: successor } = prescription;
  return (
    <>
      <ButtonLink to={paths.consultation} params={{ patientId, consultationId }}>
        {t('signed.note')}
      </ButtonLink>
      {mayWrite && status === 'signed' && (
        <Button variant="danger-text" icon={<IconBan stroke={1.7} aria-hidden />} onClick={onVoid}>
          {t('signed.void')}
        </Button>
      )}
      {mayWrite && status === 'voided' && successor === undefined && <Reissue prescription={prescription} />}
    </>
  );
}

/** A receta that is only read: signed, annulled, put away, or of an archived record. */
export function SignedPrescription({ prescription, why }: { prescription: Prescription; why?: string | undefined }) {
  const { id, patient_id: patientId, status, signed_at: at } = prescription;
  const can = useCan();
  const isPhone = useIsPhone();
  const summary = useQuery(summaryQuery(patientId)).data;
  const [format, setFormat] = useState<PaperFormat>('half_letter');
  const [voids, setVoids] = useState(false);
  const mayWrite = can('prescription:write') && summary?.banner.status === 'active';
  const acts = (
    <Acts
      prescription={prescription}
      mayWrite={mayWrite}
      onVoid={() => {
        setVoids(true);
      }}
    />
  );
  return (
    <div className={editor.editor}>
      <EditorHeader
        patientId={patientId}
        title={t('title')}
        heading={(name) => t('headingFor', { name })}
        backTo={paths.patientPrescriptions}
        banner={summary?.banner}
        allergies={summary?.allergies}
        problems={[]}
      >
        {!isPhone && acts}
      </EditorHeader>
      {/* Scrolls by itself, so the keyboard must reach it. */}
      <div role="region" aria-label={t('signed.document')} tabIndex={0} className={classes.page}>
        <div className={classes.column}>
          <VoidedNotice prescription={prescription} />
          <ReissuesNotice prescription={prescription} />
          {why !== undefined && <Banner family="amber" icon={<IconFileOff stroke={1.7} aria-hidden />}>{why}</Banner>}
          <div className={classes.head}>
            <Status status={status} />
            <PaperFormats value={format} onChange={setFormat} />
          </div>
          {at !== undefined && <PdfLinks papers={FORMATS} href={(paper) => pdfHref(id, paper)} />}
          {/* Its allergies are those of that day: the document has them, the chart those of today. */}
          <Paper prescription={prescription} format={format} banner={summary?.banner} allergies={undefined} />
          <Signature prescription={prescription} />
          <Reasons prescription={prescription} />
        </div>
      </div>
      {isPhone && (
        <div className={editor.bar} data-print="hide">
          {acts}
        </div>
      )}
      {voids && (
        <Suspense fallback={null}>
          <VoidDialog
            prescription={prescription}
            onClose={() => {
              setVoids(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
