import { useBlocker, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { patiently } from '@/lib/patiently';
import { t } from '@/lib/t';
import { Button } from './button';

const Dialog = lazy(async () => ({ default: (await patiently(() => import('./dialog'))).Dialog }));

interface LeaveGuardProps {
  /** Whether something typed is not on the server yet. */
  isDirty: boolean;
  /** Saves and then goes on to an address of the SPA; left out while saving is not possible. */
  onSave?: (next: string) => void;
}

/**
 * Asks before a form with unsaved changes is left: «Guardar», «Descartar», «Seguir aquí». Closing
 * the tab is asked by the browser in its own words. A page that has just saved navigates with
 * `ignoreBlocker`.
 */
export function LeaveGuard({ isDirty, onSave }: LeaveGuardProps) {
  const here = useLocation({ select: ({ pathname }) => pathname });
  const [own] = useState(here);
  const blocker = useBlocker({
    // Once the address is another one, as while the next page loads, there is nothing left to guard.
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname === own && next.pathname !== own,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  const stay = () => {
    blocker.reset();
  };
  const save = () => {
    const { pathname } = blocker.next;
    blocker.reset();
    onSave?.(pathname);
  };
  const footer = (
    <>
      <Button variant="ghost" onClick={stay}>
        {t('leave.stay')}
      </Button>
      <Button
        variant="danger-text"
        onClick={() => {
          blocker.proceed();
        }}
      >
        {t('leave.discard')}
      </Button>
      {onSave && (
        <Button variant="primary" data-autofocus onClick={save}>
          {t('leave.save')}
        </Button>
      )}
    </>
  );
  return (
    <Suspense fallback={null}>
      <Dialog opened onClose={stay} title={t('leave.title')} size="s" footer={footer}>
        <p>{t('leave.text')}</p>
      </Dialog>
    </Suspense>
  );
}
