import type { ComponentProps } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { t } from '../t';
import { Preview } from './preview';

/** The paper over the page, where there is no room beside the medicines. */
export function PreviewDialog({ onClose, ...preview }: ComponentProps<typeof Preview> & { onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title={t('paper.label')} size="l">
      <Preview {...preview} />
    </Dialog>
  );
}
