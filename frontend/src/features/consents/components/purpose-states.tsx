import { IconShieldCheck } from '@tabler/icons-react';
import { PurposeChip, purposeLabel } from '@/components/clinical/consent-status';
import { Card } from '@/components/ui/card';
import { RowList } from '@/components/ui/row-list';
import { dateOf, formatDate } from '@/lib/format';
import { useZone } from '@/lib/office';
import type { Consents, Purpose } from '../api';
import { progressOf, signerOf } from '../describe';
import type { Who } from '../people';
import { t } from '../t';
import classes from './purpose-states.module.css';

type PurposeState = Consents['purposes'][number];

/** Who asked for the revocation that is in force. */
function revokedBy(consents: Consents, purpose: Purpose, who: Who): string | undefined {
  const event = consents.events.findLast(({ type, purposes }) => type === 'revoked' && purposes.includes(purpose));
  return event ? signerOf(event, who) : undefined;
}

function sinceText(state: PurposeState, date: string, by: string | undefined): string {
  switch (state.status) {
    case 'accepted':
    case 'requested':
    case 'refused':
    case 'expired':
      return t(`state.${state.status}`, { date });
    case 'revoked':
      return by ? t('state.revoked', { date, who: by }) : t('state.revokedBare', { date });
    default:
      return state.necessary ? t('state.none') : t('state.never');
  }
}

interface PurposeStatesProps {
  consents: Consents;
  who: Who;
}

/** What the person consents to, purpose by purpose, and since when. */
export function PurposeStates({ consents, who }: PurposeStatesProps) {
  const zone = useZone();
  return (
    <Card divided padding="none" title={t('state.title')} icon={<IconShieldCheck stroke={1.7} aria-hidden />}>
      <RowList>
        {consents.purposes.map((state) => {
          const date = state.since ? formatDate(dateOf(state.since, zone)) : '';
          const kind = state.necessary ? t('state.necessary') : t('state.voluntary');
          const since = sinceText(state, date, revokedBy(consents, state.purpose, who));
          return (
            <li key={state.purpose} className={classes.row}>
              <div className={classes.words}>
                <div className={classes.name}>{purposeLabel(state.purpose)}</div>
                <div className={classes.detail}>{t('state.line', { kind, since })}</div>
              </div>
              <PurposeChip
                purpose={state.purpose}
                status={state.status === 'requested' ? progressOf(consents.events, state.purpose) : state.status}
              />
            </li>
          );
        })}
      </RowList>
    </Card>
  );
}
