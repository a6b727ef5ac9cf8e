import {
  IconAlertTriangle,
  IconChecks,
  IconClipboardText,
  IconClockOff,
  IconCornerUpLeft,
  IconMailOpened,
  IconSend,
  IconShieldCheck,
  IconShieldQuestion,
  IconShieldX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusChip, type Family } from '@/components/ui/chip';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/consent-status.json';
import classes from './consent-status.module.css';

const t = translator(texts);

interface Look {
  family: Family;
  icon: ReactNode;
}

/** Where a consent can stand, on the way from not asked to answered. */
const LOOKS = {
  none: { family: 'amber', icon: <IconShieldQuestion aria-hidden /> },
  requested: { family: 'grey', icon: <IconClipboardText aria-hidden /> },
  queued: { family: 'grey', icon: <IconClipboardText aria-hidden /> },
  sent: { family: 'blue', icon: <IconSend aria-hidden /> },
  delivered: { family: 'blue', icon: <IconChecks aria-hidden /> },
  read: { family: 'blue', icon: <IconMailOpened aria-hidden /> },
  failed: { family: 'red', icon: <IconAlertTriangle aria-hidden /> },
  accepted: { family: 'green', icon: <IconShieldCheck aria-hidden /> },
  refused: { family: 'red', icon: <IconShieldX aria-hidden /> },
  revoked: { family: 'red', icon: <IconCornerUpLeft aria-hidden /> },
  expired: { family: 'grey', icon: <IconClockOff aria-hidden /> },
} satisfies Record<string, Look>;

export type ConsentStatus = keyof typeof LOOKS;

function known(status: string): ConsentStatus {
  return status in LOOKS ? (status as ConsentStatus) : 'requested';
}

/** The state in one word: «Aceptado». */
export function consentWord(status: string): string {
  return t(`words.${known(status)}`);
}

/** Icon and colour of a state, for places that draw their own shape (timelines). */
export function consentLook(status: string): Look {
  return LOOKS[known(status)];
}

interface ConsentChipProps {
  status: string;
  /** «Consentimiento aceptado» instead of «Aceptado», where nothing around says what it is about. */
  whole?: boolean;
}

/** Where the privacy consent stands, in icon and word. */
export function ConsentChip({ status, whole }: ConsentChipProps) {
  const { family, icon } = consentLook(status);
  return (
    <StatusChip family={family} icon={icon}>
      {whole === true ? t(`sentences.${known(status)}`) : consentWord(status)}
    </StatusChip>
  );
}

/** The state of one purpose: a voluntary one that nobody asked for is «No otorgado», and no warning. */
export function PurposeChip({ purpose, status }: { purpose: string; status: string }) {
  if (status !== 'none' || purpose === 'care') return <ConsentChip status={status} />;
  return (
    <StatusChip family="grey" dashed>
      {t('words.notGranted')}
    </StatusChip>
  );
}

/** The same without edge or icon, for rows that stand close together. */
export function PurposeWord({ purpose, status }: { purpose: string; status: string }) {
  const notGranted = status === 'none' && purpose !== 'care';
  return (
    <span className={classes.word} data-family={notGranted ? 'grey' : consentLook(status).family}>
      {notGranted ? t('words.notGranted') : consentWord(status)}
    </span>
  );
}

const PURPOSES = ['care', 'reminders', 'sharing', 'research', 'marketing', 'ai'] as const;

/** What a purpose is called; its code when it is none of ours. */
export function purposeLabel(purpose: string): string {
  const found = PURPOSES.find((entry) => entry === purpose);
  return found ? t(`purposes.${found}`) : purpose;
}
