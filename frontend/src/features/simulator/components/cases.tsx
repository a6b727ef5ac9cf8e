import { IconBan, IconClock, IconCloudOff, IconCornerUpLeft, IconRepeat } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { showToast } from '@/lib/toast';
import { useSimulate, type SimPhone } from '../api';
import { t } from '../t';
import classes from './cases.module.css';

interface CaseProps {
  icon: ReactNode;
  /** Makes it a switch. */
  isOn?: boolean;
  isBlocked?: boolean;
  onPress: () => void;
  children: ReactNode;
}

function Case({ icon, isOn, isBlocked, onPress, children }: CaseProps) {
  return (
    <button
      type="button"
      className={classes.act}
      aria-pressed={isOn}
      aria-disabled={isBlocked === true ? true : undefined}
      onClick={() => {
        if (isBlocked !== true) onPress();
      }}
    >
      {icon}
      {children}
    </button>
  );
}

interface CasesProps {
  phone: SimPhone | undefined;
  delayed: boolean;
  /** There is a webhook to repeat. */
  hasWebhooks: boolean;
  onWrite: () => void;
}

/** What seldom happens and must not go wrong: repeated, late and refused deliveries, Meta down. */
export function Cases({ phone, delayed, hasWebhooks, onWrite }: CasesProps) {
  const simulate = useSimulate();
  return (
    <div className={classes.cases}>
      <h3 className={classes.title}>{t('cases.title')}</h3>
      <Case
        icon={<IconRepeat aria-hidden />}
        isBlocked={!hasWebhooks}
        onPress={() => {
          simulate.mutate(
            { act: 'repeat' },
            { onSuccess: () => void showToast({ tone: 'info', message: t('cases.repeated') }) },
          );
        }}
      >
        {t('cases.repeat')}
      </Case>
      <Case
        icon={<IconClock aria-hidden />}
        isOn={delayed}
        onPress={() => {
          simulate.mutate({ act: 'delay', on: !delayed });
        }}
      >
        {t('cases.delay')}
      </Case>
      <Case
        icon={<IconBan aria-hidden />}
        isOn={phone?.refused === true}
        isBlocked={!phone}
        onPress={() => {
          if (phone) simulate.mutate({ act: 'refuse', number: phone.number, on: !phone.refused });
        }}
      >
        {t('cases.refuse')}
      </Case>
      <Case
        icon={<IconCloudOff aria-hidden />}
        onPress={() => {
          simulate.mutate(
            { act: 'fail' },
            { onSuccess: () => void showToast({ tone: 'info', message: t('cases.willFail') }) },
          );
        }}
      >
        {t('cases.fail')}
      </Case>
      <Case icon={<IconCornerUpLeft aria-hidden />} isBlocked={!phone} onPress={onWrite}>
        {t('cases.write')}
      </Case>
    </div>
  );
}
