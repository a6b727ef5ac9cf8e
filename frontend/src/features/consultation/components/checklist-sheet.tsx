import type { ReactNode } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { t } from '../t';

/** The list of the note on phones, from the lower edge. */
export function ChecklistSheet({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    <Dialog opened onClose={onClose} title={t('checklist.label')}>
      {children}
    </Dialog>
  );
}
