import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { t } from '@/lib/t';
import classes from './copy-button.module.css';

const SHOWN_MS = 2_000;

interface CopyButtonProps {
  value: string;
  /** What is copied, for the button's name: «CURP». */
  what: string;
}

/** Copies a value and says so, in the icon and aloud. */
export function CopyButton({ value, what }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => {
      setCopied(false);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <>
      <button
        type="button"
        className={classes.button}
        aria-label={t('actions.copy', { what })}
        title={t('actions.copy', { what })}
        onClick={() => void copy()}
      >
        {copied ? <IconCheck size={15} stroke={2} aria-hidden /> : <IconCopy size={15} stroke={2} aria-hidden />}
      </button>
      <span role="status" className="visually-hidden">
        {copied ? t('actions.copied') : ''}
      </span>
    </>
  );
}
