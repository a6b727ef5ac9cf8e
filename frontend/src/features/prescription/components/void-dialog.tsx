import { ReasonDialog } from '@/components/clinical/reason-dialog';
import type { Prescription } from '@/lib/prescriptions';
import { useVoidPrescription } from '../api';
import { judgeReason, LONGEST_REASON } from '../reason';
import { t } from '../t';

/** Annuls a signed receta with its reason. */
export function VoidDialog({ prescription, onClose }: { prescription: Prescription; onClose: () => void }) {
  const voiding = useVoidPrescription(prescription);
  return (
    <ReasonDialog
      title={t('voiding.title', { folio: prescription.folio ?? '' })}
      text={t('voiding.text')}
      label={t('voiding.reason')}
      submit={t('voiding.submit')}
      variant="danger"
      longest={LONGEST_REASON}
      judge={judgeReason}
      isPending={voiding.isPending}
      onReason={async (reason, key) => {
        await voiding.mutateAsync({ reason, key });
        onClose();
      }}
      onClose={onClose}
    />
  );
}
