import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import { paths } from '@/config/paths';
import { hasSingleKeys } from '@/lib/shortcuts';
import type { NavigationEntry } from '../navigation';

/** How long the letter of a screen is waited for after `g`. */
const SEQUENCE_MS = 1_500;

const FIELDS = 'input, textarea, select, [contenteditable="true"]';
const OWN_KEYS = '[role="menu"], [role="listbox"]';

function isSearchKey(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k';
}

/**
 * By its place on the keyboard, since Alt changes the letter on some. Ctrl Alt L, the usual one, is
 * taken by desktops; B is for «bloquear».
 */
function isLockKey(event: KeyboardEvent): boolean {
  return event.ctrlKey && event.altKey && !event.shiftKey && !event.metaKey && event.code === 'KeyB';
}

/** A key alone, where nobody writes and nothing else takes it. */
function isSingleKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return false;
  const { target } = event;
  const isTaken = target instanceof HTMLElement && target.closest(`${FIELDS}, ${OWN_KEYS}`) !== null;
  return !isTaken && hasSingleKeys();
}

interface Shortcuts {
  places: readonly NavigationEntry[];
  onSearch: () => void;
  onHelp: () => void;
  onLock: () => void;
}

/**
 * The keys of every page: Ctrl or ⌘ K anywhere; outside fields `/`, `?`, and `g` with the letter of
 * a screen. While a dialog is open, only the lock has its key.
 */
export function useShortcuts({ places, onSearch, onHelp, onLock }: Shortcuts): void {
  const navigate = useNavigate();
  const begunAt = useRef(-Infinity);

  /** The screen whose letter follows a `g`. */
  const placeOf = (event: KeyboardEvent): string | undefined => {
    const isSecond = event.timeStamp - begunAt.current < SEQUENCE_MS;
    begunAt.current = event.key === 'g' ? event.timeStamp : -Infinity;
    if (!isSecond) return undefined;
    return event.key === 'h' ? paths.home : places.find(({ shortcut }) => shortcut === event.key)?.to;
  };

  const actOf = (event: KeyboardEvent): (() => void) | undefined => {
    if (isSearchKey(event)) return onSearch;
    if (!isSingleKey(event)) return undefined;
    const to = placeOf(event);
    if (to !== undefined) return () => void navigate({ to });
    return { '/': onSearch, '?': onHelp }[event.key];
  };

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const hasDialog = document.querySelector('[role="dialog"]') !== null;
    const act = isLockKey(event) ? onLock : hasDialog ? undefined : actOf(event);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });

  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
