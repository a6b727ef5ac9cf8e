import { IconAlertTriangle, IconBrandWhatsapp, IconBuildingHospital, IconPhoneOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Banner } from '@/components/ui/banner';
import { Button, ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { paths } from '@/config/paths';
import { ApiError } from '@/lib/api/error';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import type { Banner as Patient } from '@/lib/chart';
import { describeError } from '@/lib/errors';
import { formatPhone } from '@/lib/format';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { useCan } from '@/lib/permissions';
import { useRequestConsent } from '../api';
import { missingNames } from '../missing';
import { recipientOf, type Recipient, type Who } from '../people';
import { t } from '../t';
import classes from './request-card.module.css';

function NoPhone({ patient, recipient }: { patient: Patient; recipient: Recipient }) {
  const can = useCan();
  const kind = recipient.isRepresentative ? 'noRepresentativePhone' : 'noPhone';
  return (
    <Banner
      family="amber"
      icon={<IconPhoneOff aria-hidden />}
      title={t(`request.${kind}`)}
      action={
        can('patient:write') && (
          <ButtonLink to={paths.patientData} params={{ patientId: patient.id }} size="s">
            {t('request.toData')}
          </ButtonLink>
        )
      }
    >
      {t(`request.${kind}Text`)}
    </Banner>
  );
}

/** What the clinic lacks before the law lets it ask, by name, and the way there. */
function Incomplete({ error }: { error: ApiError }) {
  const can = useCan();
  const names = missingNames(error.fields.map(({ field }) => field));
  return (
    <Banner
      live
      family="amber"
      icon={<IconBuildingHospital aria-hidden />}
      title={t('request.incomplete')}
      action={
        can('clinic:write') && (
          <ButtonLink to={paths.start} size="s">
            {t('request.incompleteAction')}
          </ButtonLink>
        )
      }
    >
      {names} {!can('clinic:write') && t('request.incompleteAsk')}
    </Banner>
  );
}

function Refusal({ error }: { error: unknown }) {
  if (error instanceof ApiError && error.code === 'clinic.incomplete') return <Incomplete error={error} />;
  return (
    <Banner live family="red" icon={<IconAlertTriangle aria-hidden />}>
      {describeError(error).message}
    </Banner>
  );
}

function Destination({ recipient }: { recipient: Recipient }) {
  const { isRepresentative, name, relationship } = recipient;
  const phone = recipient.phone ? formatPhone(recipient.phone) : '';
  if (!isRepresentative) return <>{t('request.to', { phone })}</>;
  if (!relationship) return <>{t('request.toRepresentativeBare', { name, phone })}</>;
  return <>{t('request.toRepresentative', { name, relationship, phone })}</>;
}

interface RequestCardProps {
  patient: Patient;
  who: Who;
  /** Where the last request stands: it decides the words. */
  progress: { asked: boolean; failed: boolean };
}

interface SendProps extends RequestCardProps {
  recipient: Recipient;
}

/** The telephone to call when the message did not arrive. */
function NotDelivered({ phone, children }: { phone: string; children: ReactNode }) {
  const shown = formatPhone(phone);
  const [before = '', after = ''] = t('request.call', { phone: '\n' }).split('\n');
  return (
    <Banner family="red" icon={<IconAlertTriangle aria-hidden />} title={t('request.failed')} action={children}>
      {before}
      <a href={`tel:${phone}`} className={classes.phone}>
        {shown}
      </a>
      {after}
    </Banner>
  );
}

function Send({ patient, recipient, progress }: SendProps) {
  const request = useRequestConsent(patient.id);
  const { key, renew } = useIdempotencyKey();
  const once = useOneAtATime();
  const send = () => {
    once(() => request.mutateAsync(key).finally(renew));
  };
  const failed = progress.failed && recipient.phone !== undefined;
  const again = progress.asked && !failed;
  return (
    <>
      <p className={classes.note}>
        <Destination recipient={recipient} />
      </p>
      {failed && (
        <NotDelivered phone={recipient.phone ?? ''}>
          <Button size="s" loading={request.isPending} onClick={send}>
            {t('request.retry')}
          </Button>
        </NotDelivered>
      )}
      {request.isError && <Refusal error={request.error} />}
      {!failed && (
        <Button
          fullWidth
          variant={again ? 'default' : 'primary'}
          icon={<IconBrandWhatsapp stroke={1.7} aria-hidden />}
          loading={request.isPending}
          onClick={send}
        >
          {again ? t('request.sendAgain') : t('request.send')}
        </Button>
      )}
    </>
  );
}

/** Asks for consent. Nobody of the clinic can accept in the person's place. */
export function RequestCard(props: RequestCardProps) {
  const { patient, who, progress } = props;
  const recipient = recipientOf(patient);
  return (
    <Card
      title={progress.asked ? t('request.titleAgain') : t('request.title')}
      icon={<IconBrandWhatsapp stroke={1.7} aria-hidden />}
    >
      <div className={classes.content}>
        <p className={classes.text}>
          {t('request.text', { who: who.name, pronoun: who.pronoun })} {t('request.purpose')}
        </p>
        {recipient.phone ? (
          <Send {...props} recipient={recipient} />
        ) : (
          <NoPhone patient={patient} recipient={recipient} />
        )}
      </div>
    </Card>
  );
}
