import { messageKindLabel } from '@/components/clinical/message-status';
import { dateOf, formatDate, formatInstant, formatRecent } from '@/lib/format';
import type { MessageItem } from './api';
import { t } from './t';

/** What a message is: «Solicitud de consentimiento», «Tocó «Acepto»». */
export function kindText({ kind, button, text }: MessageItem): string {
  const tapped = kind === 'tap' ? (button ?? text) : undefined;
  return tapped ? t('kinds.tap', { button: tapped }) : messageKindLabel(kind);
}

/** Whose message it is. */
export function personName({ patient }: MessageItem): string {
  return patient?.name ?? t('list.nobody');
}

/** «Hoy, 10:26», «22 nov 2026, 18:04» */
export function whenText(instant: string, zone: string, today: string): string {
  return dateOf(instant, zone) === today ? formatRecent(instant, zone, today) : formatInstant(instant, zone);
}

/** How a message that did not arrive was settled; undefined while it is not. */
export function resolutionText({ resolution }: MessageItem, zone: string): string | undefined {
  if (!resolution) return undefined;
  const date = formatDate(dateOf(resolution.at, zone));
  if (resolution.kind === 'retried') return t('resolution.retried', { date });
  return resolution.note
    ? t('resolution.handledNote', { date, note: resolution.note })
    : t('resolution.handled', { date });
}

/** Whether it did not arrive, or nobody knows, and nobody has settled it. */
export function isUnsettled({ direction, status, needs_call: call, resolution }: MessageItem): boolean {
  return direction === 'out' && resolution === undefined && (status === 'failed' || call);
}

/** Whether it may be sent again; thanks and hints are not worth a second try. */
export function canRetry(message: MessageItem): boolean {
  return message.kind === 'consent_request' && isUnsettled(message);
}
