import { Outlet, useParams } from '@tanstack/react-router';
import { ButtonLink } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageTitle } from '@/components/ui/page-header';
import { paths } from '@/config/paths';
import { useBanner } from '../api';
import classes from './chart-layout.module.css';
import { ArchivedNotice } from '../components/archived-notice';
import { ChartTabs } from '../components/chart-tabs';
import { PatientBanner, SlimBanner } from '../components/patient-banner';
import { BannerSkeleton } from '../components/banner-skeleton';
import { t } from '../t';

/** A patient's record: who it is stays in sight, and each tab is a page of its own. */
export function ChartLayout() {
  const { patientId = '' } = useParams({ strict: false });
  const { query, banner } = useBanner(patientId);
  if (query.isError && !banner) {
    return (
      <Page>
        <PageTitle title={t('title')} className="visually-hidden" />
        <ErrorState
          error={query.error}
          title={t('load')}
          onRetry={() => void query.refetch()}
          actions={<ButtonLink to={paths.patients}>{t('back')}</ButtonLink>}
        />
      </Page>
    );
  }
  return (
    <>
      {banner && <SlimBanner banner={banner} />}
      <div className={classes.top}>
        {banner ? <PatientBanner banner={banner} /> : <BannerSkeleton />}
        <ChartTabs patientId={patientId} />
      </div>
      {banner?.status === 'archived' && <ArchivedNotice banner={banner} />}
      <Outlet />
    </>
  );
}
