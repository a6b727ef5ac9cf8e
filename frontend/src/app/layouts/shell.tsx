import { Outlet, useMatches } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { UiProvider } from '@/components/ui/provider';
import { useIsPhone } from '@/components/ui/use-media';
import { asksSomething } from '@/lib/factor';
import { startLive } from '@/lib/live';
import { patiently } from '@/lib/patiently';
import { useMe } from '@/lib/session';
import { entriesFor } from '../navigation';
import { t } from '../t';
import { lock, LockGuard, useIsLocked } from './lock-guard';
import { loadAccountNotices } from './load-account-notices';
import { ShellNotices } from './notices';
import { SessionGuard } from './session-guard';
import classes from './shell.module.css';
import { useShortcuts } from './shortcuts';
import { Sidebar } from './sidebar';
import { useEnding, usePreparedSignOut, useSignOutQuestion } from './sign-out';
import { TabBar, TopBar } from './phone-bars';

const Palette = lazy(async () => ({ default: (await patiently(() => import('@/features/palette/palette'))).Palette }));
const ShortcutsSheet = lazy(async () => ({
  default: (await patiently(() => import('@/features/shortcuts/shortcuts-sheet'))).ShortcutsSheet,
}));

const AccountNotices = lazy(async () => ({ default: (await patiently(loadAccountNotices)).AccountNotices }));

const SignOutQuestion = lazy(async () => ({ default: (await patiently(() => import('./sign-out-question'))).SignOutQuestion }));

/** What the page on show asks of the shell; the deepest route that says something wins. */
function usePageWishes() {
  const matches = useMatches();
  return Object.assign({}, ...matches.map((match) => match.staticData)) as {
    phoneTitle?: string | false;
    hidesTabBar?: true;
    folded?: true;
  };
}

function SkipLink() {
  return (
    <a
      href="#main"
      className={classes.skip}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}
    >
      {t('skip')}
    </a>
  );
}

/** The frame around every page that needs a session. Only `<main>` scrolls. */
export function Shell() {
  return (
    <UiProvider>
      <Frame />
    </UiProvider>
  );
}

function Frame() {
  const queryClient = useQueryClient();
  const isPhone = useIsPhone();
  const question = useSignOutQuestion();
  const end = useEnding();
  usePreparedSignOut();
  const wishes = usePageWishes();
  const me = useMe();
  const places = entriesFor(me);
  const [overlay, setOverlay] = useState<'palette' | 'shortcuts'>();
  const openPalette = () => {
    setOverlay('palette');
  };
  const openShortcuts = () => {
    setOverlay('shortcuts');
  };
  const close = () => {
    setOverlay(undefined);
  };
  useShortcuts({ places, onSearch: openPalette, onHelp: openShortcuts, onLock: lock });
  const isLocked = useIsLocked();
  // A locked session hears nothing; what it missed is asked for when it is unlocked.
  useEffect(() => (isLocked ? undefined : startLive(queryClient)), [queryClient, isLocked]);

  return (
    <div className={classes.shell} data-folded={wishes.folded}>
      <SkipLink />
      {!isPhone && <Sidebar folded={wishes.folded === true} onSearch={openPalette} onShortcuts={openShortcuts} />}
      <div className={classes.column}>
        {isPhone && wishes.phoneTitle !== false && <TopBar title={wishes.phoneTitle} onSearch={openPalette} />}
        <SessionGuard />
        <LockGuard />
      {question.count > 0 && (
        <Suspense fallback={null}>
          <SignOutQuestion onEnd={end} />
        </Suspense>
      )}
        <main id="main" tabIndex={-1} className={classes.main}>
          <ShellNotices />
          {/* Whoever writes is not asked for anything else. */}
          {wishes.folded !== true && asksSomething(me) && (
            <Suspense fallback={null}>
              <AccountNotices />
            </Suspense>
          )}
          <Outlet />
        </main>
        {isPhone && wishes.hidesTabBar !== true && <TabBar />}
      </div>
      {overlay !== undefined && (
        <Suspense fallback={null}>
          {overlay === 'palette' ? (
            <Palette places={places} onClose={close} />
          ) : (
            <ShortcutsSheet places={places} onClose={close} />
          )}
        </Suspense>
      )}
    </div>
  );
}
