import { ReasonDialog } from '@/components/clinical/reason-dialog';
import { useStopMedication } from '../api';
import { t } from '../t';
import type { ChartMedication } from './medications-card';

const LONGEST_REASON = 500;

interface StopDialogProps {
  patientId: string;
  medication: ChartMedication;
  onClose: () => void;
}

/** Says that the patient no longer takes a medicine, and why. The receta stays as it was signed. */
export function StopDialog({ patientId, medication, onClose }: StopDialogProps) {
  const stop = useStopMedication(patientId);
  return (
    <ReasonDialog
      title={t('medications.stopTitle')}
      text={t('medications.stopText', { name: medication.generic_name })}
      label={t('medications.reason')}
      hint={t('medications.reasonHint')}
      submit={t('medications.stopSubmit')}
      longest={LONGEST_REASON}
      isPending={stop.isPending}
      onReason={async (reason, key) => {
        await stop.mutateAsync({ courseId: medication.id, reason, key });
        onClose();
      }}
      onClose={onClose}
    />
  );
}
