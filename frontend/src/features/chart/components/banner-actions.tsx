import { useNavigate } from '@tanstack/react-router';
import { IconArchive, IconArchiveOff, IconDots, IconPencil } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { ButtonLink, IconButton } from '@/components/ui/button';
import { Menu, type MenuEntry } from '@/components/ui/menu';
import { useIsPhone } from '@/components/ui/use-media';
import { paths } from '@/config/paths';
import { useCan } from '@/lib/permissions';
import type { Banner } from '../api';
import { t } from '../t';
import { BeginActs } from './begin-acts';
import classes from './patient-banner.module.css';
import { useArchiving } from './use-archiving';

const ArchiveDialog = lazy(async () => ({ default: (await import('./archive-dialog')).ArchiveDialog }));

/** What can be done with the record as a whole. */
export function BannerActions({ banner }: { banner: Banner }) {
  const can = useCan();
  const isPhone = useIsPhone();
  const navigate = useNavigate();
  const { restore } = useArchiving(banner.id);
  const [asksToArchive, setAsksToArchive] = useState(false);
  if (!can('patient:write')) return null;

  const canAsk =
    can('consent:request') && banner.status === 'active' && ['none', 'expired'].includes(banner.consent.status);
  const edit: MenuEntry = {
    key: 'edit',
    label: t('banner.edit'),
    icon: <IconPencil stroke={1.7} aria-hidden />,
    onSelect: () => void navigate({ to: paths.editPatient, params: { patientId: banner.id } }),
  };
  const archive: MenuEntry = {
    key: 'archive',
    label: t('banner.archive'),
    icon: <IconArchive stroke={1.7} aria-hidden />,
    onSelect: () => {
      setAsksToArchive(true);
    },
  };
  const unarchive: MenuEntry = {
    key: 'unarchive',
    label: t('banner.unarchive'),
    icon: <IconArchiveOff stroke={1.7} aria-hidden />,
    onSelect: () => void restore(banner.archive?.reason),
  };
  const entries = banner.status === 'archived' ? [unarchive] : [edit, archive];
  return (
    <div className={classes.actions}>
      <Menu
        trigger={<IconButton label={t('banner.more')} icon={<IconDots aria-hidden />} />}
        groups={[{ key: 'record', entries }]}
      />
      <div className={classes.begin}>
        {canAsk && (
          <ButtonLink to={paths.patientConsents} params={{ patientId: banner.id }}>
            {t('banner.askConsent')}
          </ButtonLink>
        )}
        {!isPhone && <BeginActs banner={banner} />}
      </div>
      {asksToArchive && (
        <Suspense fallback={null}>
          <ArchiveDialog
            banner={banner}
            onClose={() => {
              setAsksToArchive(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
