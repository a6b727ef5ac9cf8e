import { IconCopy, IconDots, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { SaveStatus } from '@/components/clinical/editor/save-status';
import { Button, IconButton } from '@/components/ui/button';
import { Menu, type MenuEntry } from '@/components/ui/menu';
import { useIsPhone } from '@/components/ui/use-media';
import { patiently } from '@/lib/patiently';
import type { Prescription } from '@/lib/prescriptions';
import type { OpenPrescription } from '../open-prescription';
import { t } from '../t';

const DiscardDialog = lazy(async () => ({ default: (await patiently(() => import('./discard-dialog'))).DiscardDialog }));

interface EditorActsProps {
  prescription: Prescription;
  open: OpenPrescription;
  /** Takes the last receta's medicines over; undefined while there is none. */
  onRepeat: (() => void) | undefined;
}

/** Where the text is, and what else can be done with the draft. */
export function EditorActs({ prescription, open, onRepeat }: EditorActsProps) {
  const isPhone = useIsPhone();
  const [asksToDiscard, setAsksToDiscard] = useState(false);
  const repeat: MenuEntry[] =
    isPhone && onRepeat
      ? [{ key: 'repeat', label: t('repeat'), icon: <IconCopy stroke={1.7} aria-hidden />, onSelect: onRepeat }]
      : [];
  const discard: MenuEntry = {
    key: 'discard',
    label: t('discard'),
    icon: <IconTrash stroke={1.7} aria-hidden />,
    danger: true,
    onSelect: () => {
      setAsksToDiscard(true);
    },
  };
  return (
    <>
      <SaveStatus draft={open.draft} />
      {!isPhone && onRepeat && (
        <Button icon={<IconCopy stroke={1.7} aria-hidden />} onClick={onRepeat}>
          {t('repeat')}
        </Button>
      )}
      <Menu
        trigger={<IconButton label={t('more')} icon={<IconDots aria-hidden />} />}
        groups={[
          { key: 'repeat', entries: repeat },
          { key: 'discard', entries: [discard] },
        ]}
      />
      {asksToDiscard && (
        <Suspense fallback={null}>
          <DiscardDialog
            prescription={prescription}
            open={open}
            onClose={() => {
              setAsksToDiscard(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
