import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';
import { clinicSecurityQuery } from '../api';
import { SecurityForm } from '../components/security-form';
import { t } from '../t';

function Settings() {
  const security = useQuery(clinicSecurityQuery);
  const [reloads, setReloads] = useState(0);
  if (security.isPending) return <SkeletonRows />;
  if (security.isError) {
    return <ErrorState error={security.error} title={t('load')} onRetry={() => void security.refetch()} />;
  }
  const reload = async () => {
    await security.refetch();
    setReloads((count) => count + 1);
  };
  // A key of its own after each reload on request; saving keeps the form and its focus.
  return <SecurityForm key={reloads} security={security.data} onReload={() => void reload()} />;
}

/** What the clinic decides about the sessions of its people. */
export function SecurityPage() {
  return (
    <Page width="narrow">
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <Settings />
    </Page>
  );
}
