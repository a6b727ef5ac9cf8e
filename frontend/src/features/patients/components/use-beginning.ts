import { useCallback, useEffect, useRef, useState } from 'react';
import type { PatientValues } from '@/components/clinical/patient-form/values';
import { forgetRegistration, offeredRegistration } from '@/lib/register-as';
import { useMe } from '@/lib/session';
import { forgetDraft, keepDraft, keptDraft } from '../kept-draft';
import { patientFromSearch } from '../typed-name';

/**
 * What the form begins with: a draft left for a possible duplicate, or what was searched for in
 * vain. A draft outlives the form only when somebody left it for a duplicate.
 */
export function useBeginning() {
  const { user } = useMe();
  const [beginning] = useState(() => {
    const draft = keptDraft(user.id);
    return { values: draft ?? patientFromSearch(offeredRegistration()), wasTyped: draft !== undefined };
  });
  const isKept = useRef(false);
  useEffect(
    () => () => {
      forgetRegistration();
      if (!isKept.current) forgetDraft();
    },
    [],
  );
  const drop = useCallback(() => {
    isKept.current = false;
  }, []);
  return {
    ...beginning,
    keep: (values: PatientValues) => {
      isKept.current = true;
      keepDraft(user.id, values);
    },
    /** Called when somebody writes on or saves: what was kept is not for later any more. */
    drop,
  };
}
