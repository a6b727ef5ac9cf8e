import { IconPhone } from '@tabler/icons-react';
import { Card } from '@/components/ui/card';
import { dateOf, formatDate, formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import type { Connection, Report } from '../api';
import { t } from '../t';
import classes from './whatsapp.module.css';

type Fact = readonly [term: string, value: string | undefined];

function qualityWord(quality: string | undefined): string | undefined {
  if (quality === undefined) return undefined;
  return quality === 'GREEN' || quality === 'YELLOW' || quality === 'RED' ? t(`quality.${quality}`) : t('quality.other');
}

function tokenWords(report: Report, zone: string): string | undefined {
  const day = (at: string) => formatDate(dateOf(at, zone));
  const words = [
    report.token_issued_at !== undefined && t('facts.tokenIssued', { date: day(report.token_issued_at) }),
    report.token_expires_at !== undefined && t('facts.tokenExpires', { date: day(report.token_expires_at) }),
  ].filter((word) => word !== false);
  return words.length === 0 ? undefined : words.join(', ');
}

function ending(value: string | undefined): string | undefined {
  return value === undefined ? undefined : t('facts.ending', { ending: value });
}

function reported(report: Report | undefined, zone: string): readonly Fact[] {
  if (report === undefined) return [];
  return [
    [t('facts.number'), report.number],
    [t('facts.name'), report.name],
    [t('facts.quality'), qualityWord(report.quality)],
    [t('facts.limit'), report.limit],
    [t('facts.account'), report.account],
    [t('facts.numberId'), ending(report.number_id_ending)],
    [t('facts.accountId'), ending(report.account_id_ending)],
    [t('facts.token'), tokenWords(report, zone)],
  ];
}

/** What Meta says of the number and its account. No key is shown, and of ids the last four digits. */
export function FactsCard({ connection }: { connection: Connection }) {
  const zone = useZone();
  const { last_webhook_at: last, callback_url: callback, report } = connection;
  const facts: readonly Fact[] = [
    ...reported(report, zone),
    [t('facts.webhook'), last === undefined ? t('facts.never') : formatInstant(last, zone)],
    [t('facts.callback'), callback],
  ];
  return (
    <Card title={t('facts.title')} icon={<IconPhone stroke={1.7} aria-hidden />}>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== undefined && value !== '')
          .map(([term, value]) => (
            <div key={term} className={classes.fact}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}
