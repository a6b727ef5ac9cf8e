import { useQuery } from '@tanstack/react-query';
import { IconBuildingHospital, IconTransfer } from '@tabler/icons-react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { RowList } from '@/components/ui/row-list';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import { roleText } from '@/lib/role-texts';
import { roleLabel } from '@/lib/roles';
import { useMe } from '@/lib/session';
import { showToast } from '@/lib/toast';
import { offerQuery, useDeclineOwnership } from '../membership-api';
import { t } from '../t';
import { ActButton } from './act-button';
import type { Offer, Opened } from './dialogs';
import { Row } from './row';

interface CardProps {
  onOpen: (opened: Opened) => void;
}

function OfferNotice({ offer, onOpen }: CardProps & { offer: Offer }) {
  const zone = useZone();
  const decline = useDeclineOwnership();
  const refuse = async () => {
    await decline.mutateAsync();
    showToast({ tone: 'success', message: t('membership.declinedOffer') });
  };
  const action = (
    <>
      <ActButton variant="ghost" label={t('membership.decline')} loading={decline.isPending} onAct={refuse} />
      <Button
        size="s"
        onClick={() => {
          onOpen({ what: 'accept', offer });
        }}
      >
        {t('membership.accept')}
      </Button>
    </>
  );
  const title = t('membership.offerTitle', { name: offer.from.full_name });
  return (
    <Banner family="blue" icon={<IconTransfer aria-hidden />} title={title} action={action}>
      {t('membership.offerText', { date: formatInstant(offer.expires_at, zone) })}
    </Banner>
  );
}

/** What the person is in this clinic, the clinic when it is offered to her, the letter, and the way out. */
export function MembershipCard({ onOpen }: CardProps) {
  const { clinic, role, confidentiality } = useMe();
  const offer = useQuery(offerQuery).data;
  const open = (opened: Opened) => () => {
    onOpen(opened);
    return Promise.resolve();
  };
  return (
    <Card
      divided
      padding="none"
      title={t('membership.title', { clinic: clinic.name })}
      icon={<IconBuildingHospital stroke={1.7} aria-hidden />}
    >
      {offer?.received === true && <OfferNotice offer={offer} onOpen={onOpen} />}
      <RowList>
        <Row
          name={roleLabel(role)}
          acts={<ActButton variant="ghost" label={t('membership.leave')} onAct={open({ what: 'leave' })} />}
        >
          {roleText(role)}
        </Row>
        <Row
          name={t('letter.title')}
          acts={<ActButton variant="ghost" label={t('letter.read')} onAct={open({ what: 'letter' })} />}
        >
          {confidentiality.accepted
            ? t('letter.accepted', { version: confidentiality.version })
            : t('letter.notAccepted')}
        </Row>
      </RowList>
    </Card>
  );
}
