import { Outlet, useMatchRoute, useParams } from '@tanstack/react-router';
import { ButtonLink } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageTitle } from '@/components/ui/page-header';
import { useIsPhone } from '@/components/ui/use-media';
import { paths } from '@/config/paths';
import { useBanner, type Banner } from '../api';
import classes from './chart-layout.module.css';
import { ArchivedNotice } from '../components/archived-notice';
import { BeginActs } from '../components/begin-acts';
import { ChartTabs } from '../components/chart-tabs';
import { PatientBanner, SlimBanner } from '../components/patient-banner';
import { BannerSkeleton } from '../components/banner-skeleton';
import { t } from '../t';

/** On phones what begins a visit stays at hand at the foot; a page that is being edited has a foot of its own. */
function PhoneFoot({ banner }: { banner: Banner }) {
  const isPhone = useIsPhone();
  const isEditing = useMatchRoute()({ to: paths.editPatient, params: { patientId: banner.id } }) !== false;
  if (!isPhone || isEditing) return null;
  return (
    <div className={classes.foot} data-print="hide">
      <BeginActs banner={banner} />
    </div>
  );
}

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
    <div className={classes.chart}>
      {banner && <SlimBanner banner={banner} />}
      <div className={classes.top}>
        {banner ? <PatientBanner banner={banner} /> : <BannerSkeleton />}
        <ChartTabs patientId={patientId} />
      </div>
      {banner?.status === 'archived' && <ArchivedNotice banner={banner} />}
      <div className={classes.page}>
        <Outlet />
      </div>
      {banner && <PhoneFoot banner={banner} />}
    </div>
  );
}
