import { useQueryClient } from '@tanstack/react-query';
import { useSigning } from '@/components/clinical/signing/use-signing';
import { readPrescription, refreshPrescriptions, type Prescription } from '@/lib/prescriptions';
import { prescriptionQuery, useSignPrescription } from '../api';
import { isOpen, type Alert } from '../content';
import { t } from '../t';
import { focusItem } from './focus-item';
import type { EditorState } from './use-editor';

/** Leads to what an alert asks: its banner, or the field that is empty. */
export function goToAlert(alert: Alert): void {
  if (alert.kind === 'incomplete' && alert.item !== undefined) {
    focusItem(alert.item, alert.kind);
    return;
  }
  const banner = document.getElementById(`alerta-${alert.id}`);
  banner?.scrollIntoView({ block: 'center' });
  (banner?.querySelector('button') ?? banner)?.focus();
}

/** Signing of a receta: the alerts that are open come first. */
export function usePrescriptionSigning(prescription: Prescription, editor: EditorState) {
  const { id, patient_id: patientId } = prescription;
  const client = useQueryClient();
  const sign = useSignPrescription(id);
  const { draft } = editor.open;

  const check = async () => {
    if (draft.getState().content.items.length === 0) return { obstacle: t('signing.empty') };
    if (!(await draft.flush())) return { obstacle: t('signing.unsaved') };
    // The answer that came with the last save is newer than what this page was drawn with.
    const judged = client.getQueryData(prescriptionQuery(id).queryKey) ?? editor.latest;
    const first = judged.alerts.find(isOpen);
    if (!first) return 'ready';
    goToAlert(first);
    return { obstacle: t('signing.open') };
  };

  const signing = useSigning({
    draft,
    check,
    sign: sign.mutateAsync,
    signedBefore: 'prescription.already_signed',
    read: () => readPrescription(id),
    show: async (signed) => {
      client.setQueryData(prescriptionQuery(id).queryKey, signed);
      await refreshPrescriptions(client, patientId);
    },
  });
  return { ...signing, isSigning: sign.isPending };
}
