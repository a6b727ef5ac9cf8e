import { IconFileText, IconMail, IconShieldLock } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Banner } from '@/components/ui/banner';
import { Button, ExternalButtonLink } from '@/components/ui/button';
import { api } from '@/lib/api/client';
import { readDevice, writeDevice } from '@/lib/device';
import { accountHref } from '@/lib/factor';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import { patiently } from '@/lib/patiently';
import { useMe } from '@/lib/session';
import { translator } from '@/lib/t';
import { showToast } from '@/lib/toast';
import texts from '@/locales/es-MX/account-notices.json';
import classes from './notices.module.css';

const t = translator(texts);
const KEY = 'historias-factor-later';

const LetterDialog = lazy(async () => ({
  default: (await patiently(() => import('@/features/auth/components/letter-dialog'))).LetterDialog,
}));

const today = () => new Date().toDateString();

/** That a second factor will be needed, once a day; that it is needed now, always. */
function FactorNotice() {
  const zone = useZone();
  const [isLater, setIsLater] = useState(() => readDevice(KEY) === today());
  const { enrolled, required, due_at, overdue: isOverdue } = useMe().factor;
  if (!required || enrolled || (isLater && !isOverdue)) return null;
  const putOff = () => {
    writeDevice(KEY, today());
    setIsLater(true);
  };
  const action = (
    <>
      {!isOverdue && (
        <Button size="s" variant="ghost" onClick={putOff}>
          {t('factor.later')}
        </Button>
      )}
      <ExternalButtonLink href={accountHref} size="s">
        {t('factor.action')}
      </ExternalButtonLink>
    </>
  );
  const date = due_at === undefined ? '' : formatInstant(due_at, zone);
  return (
    <div className={classes.notice}>
      <Banner
        family={isOverdue ? 'red' : 'amber'}
        icon={<IconShieldLock aria-hidden />}
        title={isOverdue ? t('factor.blockedTitle') : t('factor.dueTitle', { date })}
        action={action}
      >
        {t(isOverdue ? 'factor.blocked' : 'factor.due')}
      </Banner>
    </div>
  );
}

/** That the address has not been proved yet, until it is hidden or proved. */
function EmailNotice() {
  const { user } = useMe();
  const [isHidden, setIsHidden] = useState(false);
  const resend = useMutation({
    mutationFn: () => api.POST('/api/auth/email/verification'),
    onSuccess: () => {
      showToast({ tone: 'success', message: t('email.sent') });
      setIsHidden(true);
    },
  });
  if (user.email_verified || isHidden) return null;
  const action = (
    <>
      <Button
        size="s"
        variant="ghost"
        onClick={() => {
          setIsHidden(true);
        }}
      >
        {t('email.later')}
      </Button>
      <Button
        size="s"
        loading={resend.isPending}
        onClick={() => {
          resend.mutate();
        }}
      >
        {t('email.action')}
      </Button>
    </>
  );
  return (
    <div className={classes.notice}>
      <Banner family="blue" icon={<IconMail aria-hidden />} title={t('email.title')} action={action}>
        {t('email.text', { email: user.email })}
      </Banner>
    </div>
  );
}

/** That there is an edition of the letter of confidentiality which the person has not accepted. */
function LetterNotice() {
  const { confidentiality } = useMe();
  const [isOpen, setIsOpen] = useState(false);
  if (confidentiality.accepted && !isOpen) return null;
  const action = (
    <Button
      size="s"
      onClick={() => {
        setIsOpen(true);
      }}
    >
      {t('letter.action')}
    </Button>
  );
  return (
    <div className={classes.notice}>
      <Banner family="amber" icon={<IconFileText aria-hidden />} title={t('letter.title')} action={action}>
        {t('letter.text')}
      </Banner>
      {isOpen && (
        <Suspense fallback={null}>
          <LetterDialog
            onClose={() => {
              setIsOpen(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

/** What the person's own account asks for; the most pressing first. */
export function AccountNotices() {
  return (
    <>
      <FactorNotice />
      <LetterNotice />
      <EmailNotice />
    </>
  );
}
