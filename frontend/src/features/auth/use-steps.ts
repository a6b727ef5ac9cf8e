import { useState } from 'react';
import { isCode } from '@/lib/api/error';
import type { SignedIn } from '@/lib/api/types';
import { usePasskeySignIn, useSignIn } from './api';
import type { SecondFactor } from './second-factor';
import type { SignInValues } from './sign-in';

interface StepsOptions {
  /** The person the page already knows, and the clinic it stands in. */
  userId?: string;
  clinicId?: string;
  onDone: (signedIn: SignedIn) => Promise<void> | void;
}

/**
 * The steps of a sign-in: the password, and where the account has one, the second factor. The
 * password stays in memory between both, since the server asks for them together.
 */
export function useSteps({ userId, clinicId, onDone }: StepsOptions) {
  const signIn = useSignIn(userId);
  const passkey = usePasskeySignIn(userId, clinicId);
  const [second, setSecond] = useState<{ values: SignInValues; methods: readonly string[] }>();
  const clinic = clinicId === undefined ? {} : { clinic_id: clinicId };

  const withPassword = async ({ email, password }: SignInValues) => {
    const values = { email: email.trim(), password };
    try {
      await onDone(await signIn.mutateAsync({ ...values, ...clinic }));
    } catch (error) {
      if (!isCode(error, 'auth.totp_required')) throw error;
      setSecond({ values, methods: error.methods });
    }
  };
  const withCode = async (factor: SecondFactor) => {
    if (second) await onDone(await signIn.mutateAsync({ ...second.values, ...clinic, ...factor }));
  };
  const withPasskey = async () => {
    await onDone(await passkey.mutateAsync());
  };
  return {
    /** What the second step takes; undefined before it. */
    methods: second?.methods,
    withPassword,
    withCode,
    withPasskey,
    back: () => {
      setSecond(undefined);
    },
    isPending: signIn.isPending || passkey.isPending,
  };
}
