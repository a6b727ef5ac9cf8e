import { ReasonDialog } from '@/components/clinical/reason-dialog';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import type { Reading } from '@/lib/readings';
import { useVoidReading } from '../api';
import { t } from '../t';

const LONGEST_REASON = 500;

interface VoidDialogProps {
  patientId: string;
  reading: Reading;
  onClose: () => void;
}

/** Takes a measurement out of the count, with a reason. */
export function VoidDialog({ patientId, reading, onClose }: VoidDialogProps) {
  const zone = useZone();
  const voiding = useVoidReading(patientId);
  return (
    <ReasonDialog
      title={t('voiding.title')}
      text={t('voiding.text', { when: formatInstant(reading.measured_at, zone) })}
      label={t('voiding.reason')}
      hint={t('voiding.reasonHint')}
      submit={t('voiding.submit')}
      variant="danger"
      longest={LONGEST_REASON}
      isPending={voiding.isPending}
      onReason={async (reason, key) => {
        await voiding.mutateAsync({ readingId: reading.id, reason, key });
        onClose();
      }}
      onClose={onClose}
    />
  );
}
