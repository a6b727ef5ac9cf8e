import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { toPatientInput, type PatientValues } from '@/components/clinical/patient-form/values';
import { paths } from '@/config/paths';
import { ApiError } from '@/lib/api/error';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import type { Patient } from '@/lib/api/types';
import { describeError } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { useRegisterPatient, useSendNotice } from '../api';
import { t } from '../t';

/** What follows the saving: the chart, the notice and its tab, or the place one was leaving for. */
type Intent = { kind: 'open' } | { kind: 'notice' } | { kind: 'leave'; next: string };

/** A refused body needs a new key; without an answer the same key makes the repetition safe. */
function isAnswered(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500;
}

function duplicateWarning(patient: Patient, seenIds: readonly string[]): string | undefined {
  const unseen = patient.warnings?.find(
    (warning) => warning.patient_id !== undefined && !seenIds.includes(warning.patient_id),
  );
  return unseen?.message;
}

/** Saves what was typed, once, and goes where the person wanted to go. */
export function useRegistration(seenIds: readonly string[]) {
  const navigate = useNavigate();
  const register = useRegisterPatient();
  const send = useSendNotice();
  const { key, renew } = useIdempotencyKey();
  const { key: noticeKey } = useIdempotencyKey();
  const intent = useRef<Intent>({ kind: 'open' });

  const create = async (values: PatientValues) => {
    try {
      return await register.mutateAsync({ body: toPatientInput(values), key });
    } catch (error) {
      if (isAnswered(error)) renew();
      throw error;
    }
  };

  /** The patient is registered already: what fails here is told, and the chart opens all the same. */
  const sendNotice = async (patientId: string) => {
    try {
      await send.mutateAsync({ patientId, key: noticeKey });
    } catch (error) {
      showToast({ tone: 'error', message: t('new.notSent', { reason: describeError(error).message }) });
    }
  };

  const goOn = (patientId: string) => {
    const { current } = intent;
    if (current.kind === 'leave') return navigate({ href: current.next, ignoreBlocker: true });
    const to = current.kind === 'notice' ? paths.patientConsents : paths.patient;
    return navigate({ to, params: { patientId }, replace: true, ignoreBlocker: true });
  };

  return {
    isSaving: register.isPending || send.isPending,
    /** Says what the next submit is for. */
    intend: (next: Intent) => {
      intent.current = next;
    },
    submit: async (values: PatientValues) => {
      const patient = await create(values);
      const warning = duplicateWarning(patient, seenIds);
      if (warning !== undefined) showToast({ tone: 'info', message: warning });
      if (intent.current.kind === 'notice') await sendNotice(patient.id);
      await goOn(patient.id);
    },
  };
}
