import { IconDots, IconListCheck, IconPrescription, IconPrinter, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { SaveStatus } from '@/components/clinical/editor/save-status';
import { Button, IconButton } from '@/components/ui/button';
import { Menu, type MenuEntry } from '@/components/ui/menu';
import { useIsPhone } from '@/components/ui/use-media';
import { apiUrl } from '@/config/env';
import { patiently } from '@/lib/patiently';
import type { Consultation } from '../api';
import { isEmpty } from '../note';
import type { OpenNote } from '../open-note';
import { t } from '../t';

const DiscardDialog = lazy(async () => ({ default: (await patiently(() => import('./discard-dialog'))).DiscardDialog }));

/** Opens the draft's paper in a tab of its own, with the last words in it. */
async function openPreview(id: string, { draft }: OpenNote): Promise<void> {
  // Opened at once, because of the press; a browser would hold back one that opens later.
  const tab = window.open('', '_blank');
  await draft.flush();
  if (tab) tab.location.href = new URL(apiUrl(`/api/consultations/${id}/preview.pdf`), window.location.href).href;
}

interface EditorActsProps {
  note: OpenNote;
  consultation: Consultation;
  onList: () => void;
  /** Begins the receta of this visit; undefined where the role may not. */
  onPrescribe: (() => void) | undefined;
}

/** Where the text is, and what else can be done with the draft. */
export function EditorActs({ note, consultation, onList, onPrescribe }: EditorActsProps) {
  const isPhone = useIsPhone();
  const [asksToDiscard, setAsksToDiscard] = useState(false);
  const { id } = consultation;
  const preview = () => void openPreview(id, note);
  const phoneEntries: MenuEntry[] = [
    { key: 'list', label: t('checklist.open'), icon: <IconListCheck stroke={1.7} aria-hidden />, onSelect: onList },
    { key: 'preview', label: t('preview'), icon: <IconPrinter stroke={1.7} aria-hidden />, onSelect: preview },
  ];
  const prescribe: MenuEntry[] = onPrescribe
    ? [
        {
          key: 'prescribe',
          label: t('prescribe'),
          icon: <IconPrescription stroke={1.7} aria-hidden />,
          onSelect: onPrescribe,
        },
      ]
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
      <SaveStatus draft={note.draft} />
      {!isPhone && onPrescribe && (
        <Button variant="ghost" icon={<IconPrescription stroke={1.7} aria-hidden />} onClick={onPrescribe}>
          {t('prescribe')}
        </Button>
      )}
      {!isPhone && (
        <Button variant="ghost" icon={<IconPrinter stroke={1.7} aria-hidden />} onClick={preview}>
          {t('preview')}
        </Button>
      )}
      <Menu
        trigger={<IconButton label={t('more')} icon={<IconDots aria-hidden />} />}
        groups={[
          { key: 'see', entries: isPhone ? [...phoneEntries, ...prescribe] : [] },
          { key: 'discard', entries: [discard] },
        ]}
      />
      {asksToDiscard && (
        <Suspense fallback={null}>
          <DiscardDialog
            note={note}
            consultation={consultation}
            needsReason={!isEmpty(note.draft.getState().content)}
            onClose={() => {
              setAsksToDiscard(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
