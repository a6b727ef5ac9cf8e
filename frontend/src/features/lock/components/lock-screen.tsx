import { IconUsers } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Logo } from '@/components/ui/logo';
import { sessionGate } from '@/lib/api/session-gate';
import { initials } from '@/lib/format';
import { useMe } from '@/lib/session';
import { startAnew } from '@/lib/start-anew';
import { t as common } from '@/lib/t';
import { t } from '../t';
import { Desk } from './desk';
import classes from './lock-screen.module.css';
import { UnlockForm } from './unlock-form';

// One part of the program: both are fetched with every page, while all is well.
export { Presence } from './presence';

/** The title of the tab while nothing of the page may be told; the page's own comes back with it. */
function useLockedTitle(): void {
  useEffect(() => {
    const { title } = document;
    document.title = `${t('title')} · ${common('app.name')}`;
    return () => {
      document.title = title;
    };
  }, []);
}

function Person() {
  const { user, clinic } = useMe();
  return (
    <div className={classes.user}>
      <Avatar initials={initials(user.full_name)} seed={user.id} />
      <div className={classes.who}>
        <span className={classes.name}>{user.full_name}</span>
        <span className={classes.caption}>{clinic.name}</span>
      </div>
    </div>
  );
}

function Locked({ onSwitch }: { onSwitch: () => void }) {
  return (
    <>
      <h1 className={classes.title}>{t('title')}</h1>
      <p className={classes.text}>{t('kept')}</p>
      <Person />
      <UnlockForm />
      <div className={classes.foot}>
        <Button variant="ghost" size="s" icon={<IconUsers stroke={1.7} aria-hidden />} onClick={onSwitch}>
          {t('switch')}
        </Button>
      </div>
    </>
  );
}

/** The session is over, or another person's by now; the page stays covered all the same. */
function Ended({ signIn }: { signIn: ReactNode }) {
  return (
    <>
      <h1 className={classes.title}>{t('ended')}</h1>
      {signIn}
      <div className={classes.foot}>
        <Button
          variant="ghost"
          size="s"
          onClick={() => {
            startAnew();
          }}
        >
          {t('openTheirs')}
        </Button>
      </div>
    </>
  );
}

interface LockScreenProps {
  /** The form in which the same person signs in again, once the session has ended. */
  signIn: ReactNode;
}

/** All that can be seen of a locked program: who is away, and the ways back in. */
export function LockScreen({ signIn }: LockScreenProps) {
  const gate = useSyncExternalStore(sessionGate.subscribe, sessionGate.getState);
  const [isSwitching, setIsSwitching] = useState(false);
  useLockedTitle();
  return (
    <main className={classes.screen}>
      <div className={classes.brand}>
        <Logo size={28} />
        {common('app.name')}
      </div>
      <div className={classes.card}>
        {isSwitching ? (
          <Desk
            onBack={() => {
              setIsSwitching(false);
            }}
          />
        ) : gate === 'closed' ? (
          <Ended signIn={signIn} />
        ) : (
          <Locked
            onSwitch={() => {
              setIsSwitching(true);
            }}
          />
        )}
      </div>
    </main>
  );
}
