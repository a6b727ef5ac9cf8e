import { useQuery } from '@tanstack/react-query';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { ExternalButtonLink } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';
import { apiUrl } from '@/config/env';
import { clinicQuery } from '@/lib/clinic';
import { ClinicForm } from '../components/clinic-form';
import { OfficeList } from '../components/office-list';
import { t } from '../t';
import classes from './clinic-page.module.css';

function Settings() {
  const clinic = useQuery(clinicQuery);
  const [reloads, setReloads] = useState(0);
  if (clinic.isPending) return <SkeletonRows />;
  if (clinic.isError) {
    return <ErrorState error={clinic.error} title={t('clinic.load')} onRetry={() => void clinic.refetch()} />;
  }
  const reload = async () => {
    await clinic.refetch();
    setReloads((count) => count + 1);
  };
  // A key of its own after each reload on request; saving keeps the form and its focus.
  return <ClinicForm key={reloads} clinic={clinic.data} onReload={() => void reload()} />;
}

/** The clinic's own data and its offices. */
export function ClinicPage() {
  const clinic = useQuery(clinicQuery).data;
  const notice = clinic?.complete === true && (
    <ExternalButtonLink
      href={apiUrl(`/privacy-notice/${clinic.slug}`)}
      target="_blank"
      rel="noopener"
      icon={<IconExternalLink stroke={1.7} aria-hidden />}
    >
      {t('clinic.notice')}
    </ExternalButtonLink>
  );
  return (
    <Page width="narrow">
      <PageHeader title={t('clinic.title')} subtitle={t('clinic.subtitle')} actions={notice} />
      <div className={classes.stack}>
        <Settings />
        <OfficeList />
      </div>
    </Page>
  );
}
