import { useQuery } from '@tanstack/react-query';
import { IconTransfer } from '@tabler/icons-react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { roleLabel } from '@/lib/roles';
import { showToast } from '@/lib/toast';
import { offerQuery, useWithdrawOffer } from '../api';
import { t } from '../t';

/** The offer of the clinic that waits for somebody's answer, with the way to take it back. */
export function OfferCard() {
  const offer = useQuery(offerQuery).data;
  const zone = useZone();
  const withdraw = useWithdrawOffer();
  const once = useOneAtATime();
  if (!offer || offer.received) return null;
  const takeBack = async () => {
    await withdraw.mutateAsync();
    showToast({ tone: 'success', message: t('offer.cancelled') });
  };
  const action = (
    <Button
      size="s"
      loading={withdraw.isPending}
      onClick={() => {
        once(takeBack);
      }}
    >
      {t('offer.cancel')}
    </Button>
  );
  const date = formatInstant(offer.expires_at, zone);
  return (
    <Banner family="blue" icon={<IconTransfer aria-hidden />} title={t('offer.title')} action={action}>
      {t('offer.text', { name: offer.to.full_name, date, role: roleLabel(offer.former_role) })}
    </Banner>
  );
}
