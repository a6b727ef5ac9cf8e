import { useQuery } from '@tanstack/react-query';
import { IconDeviceLaptop } from '@tabler/icons-react';
import { Card } from '@/components/ui/card';
import { StatusChip } from '@/components/ui/chip';
import { RowList } from '@/components/ui/row-list';
import { dateOf, formatDate } from '@/lib/format';
import { useZone } from '@/lib/office';
import { showToast } from '@/lib/toast';
import { guardsQuery, useForgetDevices, type TrustedDevice } from '../api';
import { t } from '../t';
import classes from './account.module.css';
import { ActButton } from './act-button';
import { Row } from './row';

function DeviceRow({ device }: { device: TrustedDevice }) {
  const zone = useZone();
  const forget = useForgetDevices();
  const act = async () => {
    await forget.mutateAsync(device.id);
    showToast({ tone: 'success', message: t('devices.forgotten') });
  };
  const until = t('devices.until', { date: formatDate(dateOf(device.expires_at, zone)) });
  return (
    <Row
      name={device.device}
      chip={device.current ? <StatusChip family="teal">{t('devices.current')}</StatusChip> : undefined}
      acts={
        <ActButton
          variant="ghost"
          label={t('devices.forget')}
          of={t('devices.of', { device: device.device })}
          loading={forget.isPending}
          onAct={act}
        />
      }
    >
      {[device.address, until].filter(Boolean).join(' · ')}
    </Row>
  );
}

/** Browsers that are not asked for the second factor. */
export function DevicesCard() {
  const devices = useQuery(guardsQuery).data?.trusted_devices ?? [];
  const forget = useForgetDevices();
  if (devices.length === 0) return null;
  const all = async () => {
    await forget.mutateAsync(undefined);
    showToast({ tone: 'success', message: t('devices.forgottenAll') });
  };
  return (
    <Card
      divided
      padding="none"
      title={t('devices.title')}
      icon={<IconDeviceLaptop stroke={1.7} aria-hidden />}
      action={<ActButton label={t('devices.all')} loading={forget.isPending} onAct={all} />}
    >
      <p className={classes.lead}>{t('devices.text')}</p>
      <RowList>
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} />
        ))}
      </RowList>
    </Card>
  );
}
