import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from '@tanstack/react-router';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { SkeletonRows } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { patientQuery } from '@/lib/patients';
import { useCan } from '@/lib/permissions';
import { EditPatient } from '../components/edit-patient';
import { t } from '../t';

function Content({ patientId }: { patientId: string }) {
  const patient = useQuery(patientQuery(patientId));
  const mayWrite = useCan()('patient:write');
  if (patient.data) {
    const isReadOnly = !mayWrite || patient.data.status === 'archived';
    if (isReadOnly) return <Navigate to={paths.patientData} params={{ patientId }} replace ignoreBlocker />;
    return <EditPatient key={patientId} patient={patient.data} />;
  }
  if (patient.isError) {
    return <ErrorState error={patient.error} title={t('load')} onRetry={() => void patient.refetch()} />;
  }
  return <SkeletonRows />;
}

/** Changes who a patient is said to be. */
export function EditPage() {
  const { patientId = '' } = useParams({ strict: false });
  return (
    <Page>
      <Content patientId={patientId} />
    </Page>
  );
}
