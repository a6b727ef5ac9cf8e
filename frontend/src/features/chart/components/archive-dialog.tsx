import { ReasonDialog } from '@/components/clinical/reason-dialog';
import { patientName } from '@/lib/format';
import type { Banner } from '../api';
import { t } from '../t';
import { useArchiving } from './use-archiving';

const LONGEST_REASON = 500;

/** Puts a record away for a reason; it can be undone. */
export function ArchiveDialog({ banner, onClose }: { banner: Banner; onClose: () => void }) {
  const { archive, isArchiving } = useArchiving(banner.id);
  return (
    <ReasonDialog
      title={t('archive.title')}
      text={t('archive.text', { name: patientName(banner) })}
      label={t('archive.reason')}
      hint={t('archive.reasonHint')}
      submit={t('archive.submit')}
      longest={LONGEST_REASON}
      isPending={isArchiving}
      onReason={async (reason, key) => {
        await archive(reason, key);
        onClose();
      }}
      onClose={onClose}
    />
  );
}
