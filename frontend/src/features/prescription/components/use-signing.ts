import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '@/lib/api/error';
import { requestHeadingFocus } from '@/lib/focus';
import { useOneAtATime } from '@/lib/one-at-a-time';
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

/** From «Firmar» to the signed receta: what is open first, then the proof, then the document. */
export function useSigning(prescription: Prescription, editor: EditorState) {
  const { id, patient_id: patientId } = prescription;
  const client = useQueryClient();
  const oneAtATime = useOneAtATime();
  const sign = useSignPrescription(id);
  const [isAsking, setIsAsking] = useState(false);
  /** Why it cannot be signed yet. */
  const [obstacle, setObstacle] = useState<string>();
  const { draft } = editor.open;

  const check = async () => {
    setObstacle(undefined);
    if (draft.getState().content.items.length === 0) {
      setObstacle(t('signing.empty'));
      return;
    }
    if (!(await draft.flush())) {
      setObstacle(t('signing.unsaved'));
      return;
    }
    // The answer that came with the last save is newer than what this page was drawn with.
    const judged = client.getQueryData(prescriptionQuery(id).queryKey) ?? editor.latest;
    const first = judged.alerts.find(isOpen);
    if (!first) {
      setIsAsking(true);
      return;
    }
    setObstacle(t('signing.open'));
    goToAlert(first);
  };

  const show = async (signed: Prescription) => {
    setIsAsking(false);
    await draft.end();
    requestHeadingFocus();
    client.setQueryData(prescriptionQuery(id).queryKey, signed);
    await refreshPrescriptions(client, patientId);
  };

  const submit = async (password: string, key: string) => {
    try {
      await show(await sign.mutateAsync({ version: draft.getState().version, password, key }));
    } catch (error) {
      // Another press, or another window, signed it first: that is the receta.
      if (!(error instanceof ApiError && error.code === 'prescription.already_signed')) throw error;
      await show(await readPrescription(id));
    }
  };

  return {
    isAsking,
    isSigning: sign.isPending,
    obstacle,
    ask: () => {
      oneAtATime(check);
    },
    submit,
    close: () => {
      setIsAsking(false);
    },
  };
}
