import { IconCloudCheck, IconCloudOff, IconCloudUp, IconDeviceDesktopDown } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useIsPhone } from '@/components/ui/use-media';
import type { Draft, DraftState } from '@/lib/drafts/draft';
import { useDraft } from '@/lib/drafts/use-draft';
import { t } from './t';
import classes from './save-status.module.css';

type Place = 'server' | 'saving' | 'local' | 'nowhere';

/** Where what was typed is by now. A first pause in writing is no state of its own: it is being saved. */
function placeOf<T>({ phase, isCopied, error }: DraftState<T>): Place {
  if (phase === 'saved' || phase === 'closed') return 'server';
  const isTrying = (phase === 'pending' || phase === 'saving') && error === undefined;
  if (isTrying) return 'saving';
  return isCopied ? 'local' : 'nowhere';
}

const ICONS: Record<Place, ReactNode> = {
  server: <IconCloudCheck stroke={1.7} aria-hidden />,
  saving: <IconCloudUp stroke={1.7} aria-hidden />,
  local: <IconDeviceDesktopDown stroke={1.7} aria-hidden />,
  nowhere: <IconCloudOff stroke={1.7} aria-hidden />,
};

const TONES: Record<Place, string | undefined> = { server: 'green', saving: undefined, local: 'amber', nowhere: 'red' };

const TICK_MS = 1_000;

/** The time now, kept current while something is counted from it. */
function useNow(counts: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!counts) return;
    const timer = setInterval(() => {
      setNow(Date.now());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [counts]);
  return now;
}

function saidSince(savedAt: number | undefined, now: number): string {
  if (savedAt === undefined) return t('state.saved');
  const seconds = Math.max(0, Math.round((now - savedAt) / 1_000));
  if (seconds < 60) return t('state.savedSeconds', { count: seconds });
  return t('state.savedMinutes', { count: Math.round(seconds / 60) });
}

/** «Guardado hace 3 s», «Guardando…», «Guardado en este equipo», «Sin guardar». */
export function SaveStatus<T>({ draft }: { draft: Draft<T> }) {
  const isPhone = useIsPhone();
  const place = useDraft(draft, placeOf);
  const savedAt = useDraft(draft, (state) => state.savedAt);
  const now = useNow(place === 'server' && savedAt !== undefined && !isPhone);
  const words: Record<Place, string> = {
    server: isPhone ? t('state.saved') : saidSince(savedAt, Math.max(now, savedAt ?? 0)),
    saving: t('state.saving'),
    local: t('state.local'),
    nowhere: t('state.unsaved'),
  };
  // What changes by the second is read by eye; only trouble is spoken.
  const spoken = place === 'local' || place === 'nowhere' ? words[place] : '';
  return (
    <span className={classes.status} data-tone={TONES[place]} data-place={place}>
      {ICONS[place]}
      <span>{words[place]}</span>
      <span role="status" className="visually-hidden">
        {spoken}
      </span>
    </span>
  );
}
