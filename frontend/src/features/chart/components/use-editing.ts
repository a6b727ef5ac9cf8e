import { useEffect, useRef, useState } from 'react';
import { patientSchema } from '@/components/clinical/patient-form/schema';
import { toPatientInput, toPatientValues, type PatientValues } from '@/components/clinical/patient-form/values';
import { isStatus } from '@/lib/api/error';
import type { Patient } from '@/lib/api/types';
import { useAppForm } from '@/lib/form';
import { dismissToast, showToast } from '@/lib/toast';
import { useFreshPatient, useSavePatient } from '../api';
import { differences } from '../merge';
import { t } from '../t';

interface EditingOptions {
  /** The record as it is known now; live news bring newer versions of it. */
  patient: Patient;
  today: string;
  onSaved: () => void;
}

/**
 * The form over one version of a record. Who saved in between is met by a 412, or before it by the
 * news; then writing stops until the person has chosen between both versions.
 */
export function useEditing({ patient, today, onSaved }: EditingOptions) {
  const save = useSavePatient(patient.id);
  const fetchFresh = useFreshPatient(patient.id);
  /** The version this form began with. */
  const [base, setBase] = useState(patient);
  /** The newer version, while one has to be chosen. */
  const [other, setOther] = useState<Patient>();
  const form = useAppForm<PatientValues>({ schema: patientSchema(today), initialValues: toPatientValues(patient) });
  const found = other ? differences(toPatientValues(base), form.values, toPatientValues(other)) : [];

  /** The offer to bring one's own version back, which makes sense only while the form is open. */
  const offer = useRef<number>(undefined);
  useEffect(
    () => () => {
      if (offer.current !== undefined) dismissToast(offer.current);
    },
    [],
  );

  const finish = (message: string) => {
    showToast({ tone: 'success', message });
    onSaved();
  };

  const compare = async () => {
    const fresh = await fetchFresh();
    const open = differences(toPatientValues(base), form.getValues(), toPatientValues(fresh));
    if (open.length === 0) finish(t('data.same'));
    else setOther(fresh);
  };

  /** Goes on over the newer version with these values in the form. */
  const goOn = (newer: Patient, values: PatientValues) => {
    setBase(newer);
    form.setInitialValues(toPatientValues(newer));
    form.setValues(values);
    form.clearErrors();
    setOther(undefined);
  };

  return {
    form,
    found,
    other,
    isSaving: save.isPending,
    /** Somebody saved since this form was opened. */
    isOvertaken: patient.version > base.version && !save.isPending && !save.isSuccess,
    compare,
    submit: async (values: PatientValues) => {
      try {
        await save.mutateAsync({ version: base.version, body: toPatientInput(values) });
      } catch (error) {
        if (!isStatus(error, 412)) throw error;
        await compare();
        return;
      }
      finish(t('data.saved'));
    },
    /** Takes these values over the newer version; they still have to be saved. */
    choose: (values: PatientValues) => {
      if (other) goOn(other, values);
    },
    /** Leaves one's own version; a toast brings it back. */
    chooseOther: () => {
      if (!other) return;
      const mine = form.getValues();
      goOn(other, toPatientValues(other));
      const run = () => {
        form.setValues(mine);
      };
      const action = { label: t('merge.recover'), run };
      offer.current = showToast({ tone: 'info', message: t('merge.usedTheirs'), action });
    },
  };
}
