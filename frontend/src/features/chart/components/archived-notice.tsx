import { IconArchive } from '@tabler/icons-react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { dateOf, formatDate } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useCan } from '@/lib/permissions';
import type { Banner as BannerData } from '../api';
import { t } from '../t';
import classes from './archived-notice.module.css';
import { useArchiving } from './use-archiving';

/** Says that the record is put away, since when and why; it can only be read. */
export function ArchivedNotice({ banner }: { banner: BannerData }) {
  const can = useCan();
  const zone = useZone();
  const { restore, isRestoring } = useArchiving(banner.id);
  const { archive } = banner;
  if (!archive) return null;
  const action = can('patient:write') && (
    <Button size="s" loading={isRestoring} onClick={() => void restore(archive.reason)}>
      {t('archived.action')}
    </Button>
  );
  return (
    <div className={classes.notice}>
      <Banner
        family="amber"
        icon={<IconArchive stroke={1.7} aria-hidden />}
        title={t('archived.title', { date: formatDate(dateOf(archive.at, zone)) })}
        action={action || undefined}
      >
        {t('archived.text', { reason: archive.reason })}
      </Banner>
    </div>
  );
}
