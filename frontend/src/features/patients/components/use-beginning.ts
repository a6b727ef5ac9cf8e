import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { PatientValues } from '@/components/clinical/patient-form/values';
import { requestHeadingFocus } from '@/lib/focus';
import { forgetRegistration, offeredRegistration, watchRegistrations } from '@/lib/register-as';
import { useMe } from '@/lib/session';
import { showToast } from '@/lib/toast';
import { forgetDraft, keepDraft, keptDraft } from '../kept-draft';
import { t } from '../t';
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

/**
 * When the search offers a name while the form is open: an empty form begins again with it; one that
 * holds something keeps it, and that is said.
 */
export function useOffers(isDirty: () => boolean, beginAgain: () => void): void {
  const onOffer = useEffectEvent((name: string) => {
    if (name === '') return;
    if (!isDirty()) {
      requestHeadingFocus();
      beginAgain();
      return;
    }
    forgetRegistration();
    showToast({ tone: 'info', message: t('new.busy', { name }) });
  });
  useEffect(() => watchRegistrations(onOffer), []);
}
