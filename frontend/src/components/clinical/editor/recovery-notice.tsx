import { IconHistory } from '@tabler/icons-react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { dateOf, formatInstant, formatTime } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useToday } from '@/lib/today';
import { t } from './t';

interface RecoveryNoticeProps {
  /** When what was not sent was written, in milliseconds. */
  at: number;
  onRecover: () => void;
  onDiscard: () => void;
  /** Left out where both texts cannot be shown side by side. */
  onCompare?: (() => void) | undefined;
}

/** Offers what an earlier window wrote and could not send. */
export function RecoveryNotice({ at, onRecover, onDiscard, onCompare }: RecoveryNoticeProps) {
  const zone = useZone();
  const today = useToday();
  const instant = new Date(at).toISOString();
  const isToday = dateOf(instant, zone) === today;
  const title = isToday
    ? t('recovery.title', { time: formatTime(instant, zone) })
    : t('recovery.titleDate', { date: formatInstant(instant, zone) });
  return (
    <Banner
      live
      family="blue"
      icon={<IconHistory stroke={1.7} aria-hidden />}
      title={title}
      action={
        <>
          <Button size="s" onClick={onRecover}>
            {t('recovery.recover')}
          </Button>
          <Button size="s" variant="ghost" onClick={onDiscard}>
            {t('recovery.discard')}
          </Button>
          {onCompare && (
            <Button size="s" variant="ghost" onClick={onCompare}>
              {t('recovery.compare')}
            </Button>
          )}
        </>
      }
    >
      {t('recovery.text')}
    </Banner>
  );
}
