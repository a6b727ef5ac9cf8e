import { IconBuildingHospital, IconWifiOff } from '@tabler/icons-react';
import { Banner } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { paths } from '@/config/paths';
import { formatTime } from '@/lib/format';
import { useOfflineSince } from '@/lib/live';
import { useZone } from '@/lib/office';
import { t } from '../t';
import { useLacksClinicData } from './lacks-clinic-data';
import { Notice } from './notice';
import classes from './notices.module.css';

function OfflineNotice() {
  const since = useOfflineSince();
  const zone = useZone();
  if (since === undefined) return null;
  return (
    <div className={classes.notice}>
      <Banner
        live
        family="amber"
        icon={<IconWifiOff aria-hidden />}
        title={t('offline.title', { time: formatTime(since, zone) })}
      >
        {t('offline.text')}
      </Banner>
    </div>
  );
}

/** Leads back to the guided start while the clinic lacks what the law asks for. */
function IncompleteNotice() {
  if (!useLacksClinicData()) return null;
  return (
    <Notice
      family="amber"
      icon={<IconBuildingHospital aria-hidden />}
      title={t('incomplete.title')}
      short={t('incomplete.title')}
      text={t('incomplete.text')}
      action={
        <ButtonLink to={paths.start} size="s">
          {t('incomplete.action')}
        </ButtonLink>
      }
    />
  );
}

/** What concerns every page: no connection, and a clinic that is not complete. */
export function ShellNotices() {
  return (
    <>
      <OfflineNotice />
      <IncompleteNotice />
    </>
  );
}
