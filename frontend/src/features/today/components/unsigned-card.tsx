import { useQuery } from '@tanstack/react-query';
import { IconPencil } from '@tabler/icons-react';
import { ButtonLink } from '@/components/ui/button';
import { Count } from '@/components/ui/chip';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { formatRecent } from '@/lib/format';
import { useZone } from '@/lib/office';
import { t as common } from '@/lib/t';
import { useToday } from '@/lib/today';
import { draftsQuery, missingPartsQuery, type Draft } from '../api';
import { t } from '../t';
import { joinWords } from '../words';
import { ListCard } from './list-card';
import classes from './rows.module.css';

/** Of so many rows the missing parts are named; of the others only counted. */
const NAMED_ROWS = 5;
/** More parts than these are counted and not named. */
const NAMED_PARTS = 2;

/** What a note still lacks: by name when it is little, else how many parts. */
function useMissing(draft: Draft, isNamed: boolean): string {
  const { missing } = draft;
  const mayName = isNamed && missing > 0 && missing <= NAMED_PARTS;
  const parts = useQuery({ ...missingPartsQuery(draft), enabled: mayName }).data ?? [];
  if (missing === 0) return t('unsigned.ready');
  if (!mayName || parts.length === 0) return t('unsigned.missing', { count: missing });
  const names = parts.map(({ title, numeral }) =>
    numeral === undefined ? title.toLowerCase() : t('unsigned.part', { title: title.toLowerCase(), numeral }),
  );
  return t(names.length === 1 ? 'unsigned.missingNamed' : 'unsigned.missingNamedMany', { names: joinWords(names) });
}

function DraftRow({ draft, isNamed }: { draft: Draft; isNamed: boolean }) {
  const zone = useZone();
  const today = useToday();
  const missing = useMissing(draft, isNamed);
  const { id, patient, type_label: type, opened_at: openedAt } = draft;
  const name = patient.full_name ?? common('format.unnamed');
  const when = formatRecent(openedAt, zone, today).toLocaleLowerCase('es-MX');
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.name}>
          <TextLink to={paths.patient} params={{ patientId: patient.id }}>
            {name}
          </TextLink>
        </div>
        <div className={classes.detail}>{`${t('unsigned.opened', { type, when })} · ${missing}`}</div>
      </div>
      <ButtonLink to={paths.consultation} params={{ patientId: patient.id, consultationId: id }}>
        {t(draft.missing === 0 ? 'unsigned.review' : 'unsigned.continue')}{' '}
        <span className="visually-hidden">{t('unsigned.of', { name })}</span>
      </ButtonLink>
    </li>
  );
}

/** The notes that one left without a signature, with what each still lacks. */
export function UnsignedCard() {
  const query = useQuery(draftsQuery);
  const items = query.data?.items;
  const count = items?.length ?? 0;
  const most = query.data?.next_cursor ? '+' : '';
  return (
    <ListCard
      title={t('unsigned.title')}
      icon={<IconPencil stroke={1.7} aria-hidden />}
      action={count > 0 ? <Count family="amber">{`${String(count)}${most}`}</Count> : undefined}
      query={query}
      items={items}
      none={t('unsigned.none')}
      failed={t('unsigned.load')}
    >
      {(draft, index) => <DraftRow key={draft.id} draft={draft} isNamed={index < NAMED_ROWS} />}
    </ListCard>
  );
}
