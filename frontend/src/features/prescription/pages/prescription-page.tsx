import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageTitle } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api/error';
import { useBanner } from '@/lib/chart';
import { patiently } from '@/lib/patiently';
import { useCan } from '@/lib/permissions';
import type { Prescription } from '@/lib/prescriptions';
import { t as common } from '@/lib/t';
import { prescriptionQuery } from '../api';
import { Editor } from '../components/editor';
import { t } from '../t';

// What is only read travels apart from what is written.
const SignedPrescription = lazy(async () => ({
  default: (await patiently(() => import('../components/signed-prescription'))).SignedPrescription,
}));

/** The address of one patient never shows another's receta. */
function belongsTo(prescription: Prescription, patientId: string): Prescription {
  if (prescription.patient_id === patientId) return prescription;
  throw new ApiError({ status: 404, code: 'prescription.not_found', detail: common('pages.notFoundTitle') });
}

function Receta({ prescription }: { prescription: Prescription }) {
  const { banner } = useBanner(prescription.patient_id);
  const can = useCan();
  const { status } = prescription;
  if (status === 'draft' && banner?.status !== 'archived' && can('prescription:write')) {
    return <Editor prescription={prescription} />;
  }
  const why = status === 'draft' ? t('signed.archivedText') : status === 'discarded' ? t('signed.discardedText') : undefined;
  return <SignedPrescription prescription={prescription} why={why} />;
}

/** Absent, foreign and forbidden take the place of the whole page; other failures offer to retry. */
function takesThePage(error: Error): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 403);
}

/** One receta: its editor while it is a draft, its document afterwards. */
export function PrescriptionPage() {
  const { patientId = '', prescriptionId = '' } = useParams({ strict: false });
  const query = useQuery({ ...prescriptionQuery(prescriptionId), throwOnError: takesThePage });
  if (query.isError && query.data === undefined) {
    return (
      <Page>
        <PageTitle title={t('title')} className="visually-hidden" />
        <ErrorState error={query.error} title={t('load')} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  if (!query.data) return <SkeletonRows />;
  const prescription = belongsTo(query.data, patientId);
  // Each receta has an editor of its own: nothing typed in one can stand in another.
  return (
    <Suspense fallback={<SkeletonRows />}>
      <Receta key={prescription.id} prescription={prescription} />
    </Suspense>
  );
}
