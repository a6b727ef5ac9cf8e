import { IconKey } from '@tabler/icons-react';
import { Card } from '@/components/ui/card';
import { StatusChip } from '@/components/ui/chip';
import { RowList } from '@/components/ui/row-list';
import { useMe } from '@/lib/session';
import { showToast } from '@/lib/toast';
import { useRemovePin, useResendVerification } from '../api';
import { t } from '../t';
import { ActButton } from './act-button';
import type { Opened } from './dialogs';
import { Row } from './row';

function EmailRow() {
  const { user } = useMe();
  const resend = useResendVerification();
  const send = async () => {
    await resend.mutateAsync();
    showToast({ tone: 'success', message: t('access.sent') });
  };
  const chip = user.email_verified ? (
    <StatusChip family="green">{t('access.verified')}</StatusChip>
  ) : (
    <StatusChip family="amber">{t('access.notVerified')}</StatusChip>
  );
  const acts = user.email_verified ? undefined : (
    <ActButton label={t('access.resend')} of={t('access.resendOf')} loading={resend.isPending} onAct={send} />
  );
  return (
    <Row name={t('access.email')} chip={chip} acts={acts}>
      {user.email}
    </Row>
  );
}

function PinRow({ onOpen }: { onOpen: (opened: Opened) => void }) {
  const { has_pin: hasPin } = useMe();
  const remove = useRemovePin();
  const takeAway = async () => {
    await remove.mutateAsync();
    showToast({ tone: 'success', message: t('access.pinRemoved') });
  };
  const choose = () => {
    onOpen({ what: 'pin' });
    return Promise.resolve();
  };
  const acts = hasPin ? (
    <>
      <ActButton variant="ghost" label={t('access.removePin')} of={t('access.ofPin')} onAct={takeAway} />
      <ActButton label={t('access.change')} of={t('access.ofPin')} onAct={choose} />
    </>
  ) : (
    <ActButton label={t('access.setPin')} onAct={choose} />
  );
  return (
    <Row name={t('access.pin')} acts={acts}>
      {t(hasPin ? 'access.pinYes' : 'access.pinNo')}
    </Row>
  );
}

/** Address, password and PIN. */
export function AccessCard({ onOpen }: { onOpen: (opened: Opened) => void }) {
  const changePassword = () => {
    onOpen({ what: 'password' });
    return Promise.resolve();
  };
  return (
    <Card divided padding="none" title={t('access.title')} icon={<IconKey stroke={1.7} aria-hidden />}>
      <RowList>
        <EmailRow />
        <Row
          name={t('access.password')}
          acts={<ActButton label={t('access.change')} of={t('access.ofPassword')} onAct={changePassword} />}
        >
          {t('access.passwordText')}
        </Row>
        <PinRow onOpen={onOpen} />
      </RowList>
    </Card>
  );
}
