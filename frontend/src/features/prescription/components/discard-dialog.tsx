import { useNavigate } from '@tanstack/react-router';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { paths } from '@/config/paths';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { useOneAtATime } from '@/lib/one-at-a-time';
import type { Prescription } from '@/lib/prescriptions';
import { t as common } from '@/lib/t';
import { showToast } from '@/lib/toast';
import { useDiscardPrescription } from '../api';
import type { OpenPrescription } from '../open-prescription';
import { t } from '../t';

interface DiscardDialogProps {
  prescription: Prescription;
  open: OpenPrescription;
  onClose: () => void;
}

/** Puts a draft away after asking. */
export function DiscardDialog({ prescription, open, onClose }: DiscardDialogProps) {
  const navigate = useNavigate();
  const discard = useDiscardPrescription(prescription);
  const oneAtATime = useOneAtATime();
  const { key, renew } = useIdempotencyKey();
  const submit = async () => {
    try {
      await open.draft.flush();
      await discard.mutateAsync(key);
    } catch (error) {
      renew();
      showToast({ tone: 'error', message: common('errors.unexpected') });
      throw error;
    }
    await open.draft.end();
    await navigate({
      to: paths.patientPrescriptions,
      params: { patientId: prescription.patient_id },
      ignoreBlocker: true,
    });
    showToast({ tone: 'success', message: t('discarding.done') });
  };
  const footer = (
    <>
      <Button variant="ghost" onClick={onClose}>
        {common('actions.cancel')}
      </Button>
      <Button
        variant="danger"
        loading={discard.isPending}
        onClick={() => {
          oneAtATime(submit);
        }}
      >
        {t('discarding.submit')}
      </Button>
    </>
  );
  return (
    <Dialog opened onClose={onClose} title={t('discarding.title')} size="s" footer={footer}>
      <p>{t('discarding.text')}</p>
    </Dialog>
  );
}
