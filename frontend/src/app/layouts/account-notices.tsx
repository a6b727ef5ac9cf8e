import { useLocation } from '@tanstack/react-router';
import { IconFileText, IconMail, IconShieldLock } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Button, ExternalButtonLink } from '@/components/ui/button';
import { paths } from '@/config/paths';
import { api } from '@/lib/api/client';
import { readDevice, writeDevice } from '@/lib/device';
import { accountHref } from '@/lib/factor';
import { dateOf, formatDate } from '@/lib/format';
import { useZone } from '@/lib/office';
import { patiently } from '@/lib/patiently';
import { useMe } from '@/lib/session';
import { translator } from '@/lib/t';
import { showToast } from '@/lib/toast';
import texts from '@/locales/es-MX/account-notices.json';
import { useLacksClinicData } from './lacks-clinic-data';
import { Notice } from './notice';

const t = translator(texts);
const KEY = 'historias-factor-later';

const LetterDialog = lazy(async () => ({
  default: (await patiently(() => import('@/features/auth/components/letter-dialog'))).LetterDialog,
}));

/** That verification in two steps will be needed, or that it is needed now, which cannot be put off. */
function FactorNotice({ onLater }: { onLater: () => void }) {
  const zone = useZone();
  const { due_at, overdue: isOverdue } = useMe().factor;
  const date = due_at === undefined ? '' : formatDate(dateOf(due_at, zone));
  return (
    <Notice
      family={isOverdue ? 'red' : 'amber'}
      icon={<IconShieldLock aria-hidden />}
      title={isOverdue ? t('factor.blockedTitle') : t('factor.dueTitle', { date })}
      short={t(isOverdue ? 'factor.blockedShort' : 'factor.dueShort')}
      text={t(isOverdue ? 'factor.blocked' : 'factor.due')}
      later={isOverdue ? undefined : { label: t('factor.later'), onLater }}
      action={
        <ExternalButtonLink href={accountHref} size="s">
          {t('factor.action')}
        </ExternalButtonLink>
      }
    />
  );
}

/** That there is an edition of the letter of confidentiality which the person has not accepted. */
function LetterNotice({ isOpen, onOpen }: { isOpen: boolean; onOpen: (isOpen: boolean) => void }) {
  const action = (
    <Button
      size="s"
      onClick={() => {
        onOpen(true);
      }}
    >
      {t('letter.action')}
    </Button>
  );
  return (
    <>
      <Notice
        family="amber"
        icon={<IconFileText aria-hidden />}
        title={t('letter.title')}
        short={t('letter.short')}
        text={t('letter.text')}
        action={action}
      />
      {isOpen && (
        <Suspense fallback={null}>
          <LetterDialog
            onClose={() => {
              onOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/** That the address has not been proved yet. */
function EmailNotice({ onHide }: { onHide: () => void }) {
  const { email } = useMe().user;
  const resend = useMutation({
    mutationFn: () => api.POST('/api/auth/email/verification'),
    onSuccess: () => {
      showToast({ tone: 'success', message: t('email.sent') });
      onHide();
    },
  });
  const action = (
    <Button
      size="s"
      loading={resend.isPending}
      onClick={() => {
        resend.mutate();
      }}
    >
      {t('email.action')}
    </Button>
  );
  return (
    <Notice
      family="blue"
      icon={<IconMail aria-hidden />}
      title={t('email.title')}
      short={t('email.title')}
      text={t('email.text', { email })}
      later={{ label: t('email.later'), onLater: onHide }}
      action={action}
    />
  );
}

const today = () => new Date().toDateString();

/** Whether the person wants to hear of the second step tomorrow. */
function useTomorrow() {
  const [isLater, setIsLater] = useState(() => readDevice(KEY) === today());
  const putOff = () => {
    writeDevice(KEY, today());
    setIsLater(true);
  };
  return [isLater, putOff] as const;
}

/**
 * What the person's own account asks for: one thing at a time, the gravest first. Nothing during the
 * guided start, which asks for enough, nor while the clinic lacks its data, unless nothing can be done without it.
 */
export function AccountNotices() {
  const { factor, confidentiality, user } = useMe();
  const { pathname } = useLocation();
  const [isLater, putOff] = useTomorrow();
  const [isReading, setIsReading] = useState(false);
  const [isEmailHidden, setIsEmailHidden] = useState(false);
  const lacksClinicData = useLacksClinicData();
  if (pathname === paths.start || lacksClinicData) return null;
  const needsFactor = factor.required && !factor.enrolled && (factor.overdue || !isLater);
  // The letter that is being read stays until its dialog closes, whatever is known meanwhile.
  if (needsFactor && !isReading) return <FactorNotice onLater={putOff} />;
  if (!confidentiality.accepted || isReading) return <LetterNotice isOpen={isReading} onOpen={setIsReading} />;
  if (user.email_verified || isEmailHidden) return null;
  return (
    <EmailNotice
      onHide={() => {
        setIsEmailHidden(true);
      }}
    />
  );
}
