import { useEffect, useEffectEvent } from 'react';

interface EditorKeys {
  onSave: () => void;
  onSign: () => void;
  /** To the next pending part, or the one before. */
  onPending: (step: 1 | -1) => void;
}

/** Ctrl S saves, Ctrl Intro signs, F2 and Shift F2 walk over what is pending. Silent while a dialog is open. */
export function useEditorKeys({ onSave, onSign, onPending }: EditorKeys): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.altKey || event.isComposing || document.querySelector('[role="dialog"]') !== null) return;
    const withControl = event.ctrlKey || event.metaKey;
    const act =
      withControl && event.key.toLowerCase() === 's'
        ? onSave
        : withControl && event.key === 'Enter'
          ? onSign
          : !withControl && event.key === 'F2'
            ? () => {
                onPending(event.shiftKey ? -1 : 1);
              }
            : undefined;
    if (!act) return;
    event.preventDefault();
    if (!event.repeat) act();
  });
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
