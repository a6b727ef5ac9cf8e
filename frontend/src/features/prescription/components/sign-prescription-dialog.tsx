import { SignDialog } from '@/components/clinical/signing/sign-dialog';
import type { Proof } from '@/components/clinical/signing/proof';
import type { Prescription } from '@/lib/prescriptions';
import { t } from '../t';

interface SignPrescriptionDialogProps {
  patient: string;
  prescription: Prescription;
  onSign: (proof: Proof, key: string) => Promise<void>;
  isSigning: boolean;
  onClose: () => void;
}

/** What of a receta is about to be signed. */
function factsOf({ items, alerts }: Prescription) {
  const medicines = items.map(({ generic_name: name, dose, frequency }) =>
    [name, dose, frequency.toLocaleLowerCase('es-MX')].join(', '),
  );
  const reasons = alerts.flatMap(({ acknowledged, kind }) =>
    acknowledged ? [`${t(`chips.${kind}`)}: ${acknowledged.reason}`] : [],
  );
  return [
    { label: t('signing.medicines'), value: medicines },
    ...(reasons.length === 0 ? [] : [{ label: t('signing.reasons'), value: reasons }]),
  ];
}

/** Signs a receta. */
export function SignPrescriptionDialog({ prescription, ...act }: SignPrescriptionDialogProps) {
  return (
    <SignDialog title={t('signing.title')} text={t('signing.text')} facts={factsOf(prescription)} {...act} />
  );
}
