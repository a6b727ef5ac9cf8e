import { useQueryClient } from '@tanstack/react-query';
import { IconClock } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { proofGate } from '@/lib/api/proof-gate';
import { sessionGate } from '@/lib/api/session-gate';
import { patiently } from '@/lib/patiently';
import { meQuery, useMe, watchOtherTabs } from '@/lib/session';
import { useSessionEnd, type SessionEnd } from '@/lib/session-end';
import { t } from '../t';
import { useIsLocked } from './lock-guard';
import classes from './notices.module.css';

const loadDialog = async () => ({
  default: (await import('@/features/auth/components/session-dialog')).SessionDialog,
});
const SessionDialog = lazy(loadDialog);

const ProofDialog = lazy(async () => ({
  default: (await patiently(() => import('@/features/auth/components/proof-dialog'))).ProofDialog,
}));

const IDLE_MS = 4_000;

/** Fetches the dialog while all is well, so that it is there when the server may not be. */
function useDialogAtHand(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // Without a network it is simply fetched later, when it is needed.
      loadDialog().catch(() => undefined);
    }, IDLE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
}

/** When the session ends. Then the server is asked, and its refusal closes the gate. */
function useEnd(): SessionEnd {
  const client = useQueryClient();
  const ask = useCallback(() => void client.invalidateQueries({ queryKey: meQuery.queryKey }), [client]);
  return useSessionEnd(ask);
}

function EndingNotice({ onStay }: { onStay: () => void }) {
  return (
    <div className={classes.ending} data-print="hide">
      <Banner
        live
        family="amber"
        icon={<IconClock aria-hidden />}
        title={t('sessionEnding.title')}
        action={
          <Button size="s" onClick={onStay}>
            {t('sessionEnding.stay')}
          </Button>
        }
      >
        {t('sessionEnding.text')}
      </Banner>
    </div>
  );
}

/**
 * Says that the session is about to end, and opens the sign-in dialog over the page when the person
 * wants to go on or when the session is gone. One dialog for both: an end while somebody writes the
 * password changes its words and keeps what was written. Asks for a fresh proof where an act needs one.
 */
export function SessionGuard() {
  const gate = useSyncExternalStore(sessionGate.subscribe, sessionGate.getState);
  const { user, clinic } = useMe();
  const end = useEnd();
  // The end the person answered: a sign-in, here or in another tab, moves it, and the answer is used up.
  const [answered, setAnswered] = useState<string>();
  useEffect(() => watchOtherTabs(user.id, clinic.id), [user.id, clinic.id]);
  useDialogAtHand();
  const isAsked = useSyncExternalStore(proofGate.subscribe, proofGate.isAsking);
  // While the page is locked, the lock itself asks who is there.
  const isLocked = useIsLocked();
  const hasEnded = gate === 'closed' && !isLocked;
  const isStaying = answered !== undefined && answered === end.at;
  return (
    <>
      {end.isNear && !hasEnded && (
        <EndingNotice
          onStay={() => {
            setAnswered(end.at);
          }}
        />
      )}
      {(hasEnded || isStaying) && (
        <Suspense fallback={null}>
          <SessionDialog
            ended={hasEnded}
            onClose={() => {
              setAnswered(undefined);
            }}
          />
        </Suspense>
      )}
      {isAsked && (
        <Suspense fallback={null}>
          <ProofDialog />
        </Suspense>
      )}
    </>
  );
}
