import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageTitle } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api/error';
import { t as common } from '@/lib/t';
import { useBanner } from '@/lib/chart';
import { patiently } from '@/lib/patiently';
import { consultationQuery, noteTypesQuery, type Consultation, type NoteType } from '../api';
import { Editor } from '../components/editor';
import { t } from '../t';

// What is only read travels apart from what is written.
const SignedNote = lazy(async () => ({ default: (await patiently(() => import('../components/signed-note'))).SignedNote }));
const ClosedDraft = lazy(async () => ({ default: (await patiently(() => import('../components/closed-draft'))).ClosedDraft }));

/** The address of one patient never shows another's note. */
function belongsTo(consultation: Consultation, patientId: string): Consultation {
  if (consultation.patient_id === patientId) return consultation;
  throw new ApiError({ status: 404, code: 'consultation.not_found', detail: common('pages.notFoundTitle') });
}

function Note({ consultation, type }: { consultation: Consultation; type: NoteType }) {
  const { banner } = useBanner(consultation.patient_id);
  if (consultation.status === 'signed') return <SignedNote consultation={consultation} type={type} />;
  if (consultation.status === 'discarded' || banner?.status === 'archived') {
    return <ClosedDraft consultation={consultation} type={type} />;
  }
  return <Editor consultation={consultation} type={type} />;
}

/** Absent, foreign and forbidden take the place of the whole page; other failures offer to retry. */
function takesThePage(error: Error): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 403);
}

/** One consultation: its editor while it is a draft, its document afterwards. */
export function ConsultationPage() {
  const { patientId = '', consultationId = '' } = useParams({ strict: false });
  const consultation = useQuery({ ...consultationQuery(consultationId), throwOnError: takesThePage });
  const types = useQuery(noteTypesQuery);
  const failed = [consultation, types].find(({ isError, data }) => isError && data === undefined);
  if (failed) {
    return (
      <Page>
        <PageTitle title={t('title')} className="visually-hidden" />
        <ErrorState error={failed.error} title={t('load')} onRetry={() => void failed.refetch()} />
      </Page>
    );
  }
  const note = consultation.data && belongsTo(consultation.data, patientId);
  const type = types.data?.find(({ key }) => key === note?.type);
  if (!note || !type) return <SkeletonRows />;
  // Each note has an editor of its own: nothing typed in one can stand in another.
  return (
    <Suspense fallback={<SkeletonRows />}>
      <Note key={`${note.id}-${note.type}`} consultation={note} type={type} />
    </Suspense>
  );
}
