import { useState, lazy, Suspense } from 'react';
import { MeasureStateWord } from '@/components/clinical/measure-state';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Table, type Column } from '@/components/ui/table';
import { dateOf, formatDate, formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import { SHOWN, shownLabel, shownShort, shownUnit, shownValue, type Reading, type ShownKey } from '@/lib/readings';
import { t } from '../t';
import classes from './readings-table.module.css';

const VoidDialog = lazy(async () => ({ default: (await import('./void-dialog')).VoidDialog }));

/** A value, and when it is out of range an icon with the word. */
function Value({ reading, measure }: { reading: Reading; measure: ShownKey }) {
  const value = shownValue(reading, measure);
  if (value === undefined) return null;
  const state = reading.voided ? undefined : reading.states[measure];
  return (
    <span className={cx(classes.value, reading.voided !== undefined && classes.struck)}>
      {value}
      {state && state.state !== 'normal' && <MeasureStateWord iconOnly state={state} />}
    </span>
  );
}

/** Who wrote it down; of a voided one, who took it out and why. */
function By({ reading }: { reading: Reading }) {
  const zone = useZone();
  const { voided, taken_by: by, consultation_id: note } = reading;
  if (voided) {
    const date = formatDate(dateOf(voided.at, zone));
    return <div className={classes.reason}>{t('voided', { date, name: voided.by.name, reason: voided.reason })}</div>;
  }
  return <span className={classes.by}>{[by.name, note !== undefined && t('note')].filter(Boolean).join(' · ')}</span>;
}

interface RowActsProps {
  reading: Reading;
  onVoid: ((reading: Reading) => void) | undefined;
}

/** What was measured in a consultation is changed there, and a signed one not at all. */
function RowActs({ reading, onVoid }: RowActsProps) {
  const zone = useZone();
  if (!onVoid || reading.voided || reading.consultation_id !== undefined) return null;
  return (
    <Button
      size="s"
      variant="ghost"
      data-print="hide"
      onClick={() => {
        onVoid(reading);
      }}
    >
      {t('void')}{' '}
      <span className="visually-hidden">{t('voidOf', { when: formatInstant(reading.measured_at, zone) })}</span>
    </Button>
  );
}

function PhoneItem({ reading, onVoid }: RowActsProps) {
  const zone = useZone();
  return (
    <div className={classes.phone}>
      <div className={classes.phoneHead}>
        <time dateTime={reading.measured_at}>{formatInstant(reading.measured_at, zone)}</time>
        <RowActs reading={reading} onVoid={onVoid} />
      </div>
      <dl className={classes.facts}>
        {SHOWN.filter((key) => shownValue(reading, key) !== undefined).map((key) => (
          <div key={key}>
            <dt>{shownShort(key)}</dt>
            <dd>
              <Value reading={reading} measure={key} />
            </dd>
          </div>
        ))}
      </dl>
      <By reading={reading} />
    </div>
  );
}

function useColumns(readings: readonly Reading[], onVoid: RowActsProps['onVoid']): Column<Reading>[] {
  const zone = useZone();
  const taken = SHOWN.filter((key) => readings.some((reading) => shownValue(reading, key) !== undefined));
  const hasActs = onVoid !== undefined && readings.some(({ voided, consultation_id: note }) => !voided && note === undefined);
  return [
    {
      key: 'when',
      header: t('columns.when'),
      cell: ({ measured_at: at }) => <time dateTime={at}>{formatInstant(at, zone)}</time>,
    },
    ...taken.map(
      (key): Column<Reading> => ({
        key,
        header: <abbr title={`${shownLabel(key)}, ${shownUnit(key)}`}>{shownShort(key)}</abbr>,
        align: 'end',
        cell: (reading) => <Value reading={reading} measure={key} />,
      }),
    ),
    { key: 'by', header: t('columns.by'), cell: (reading) => <By reading={reading} /> },
    ...(hasActs
      ? [
          {
            key: 'acts',
            header: t('columns.acts'),
            quietHeader: true,
            align: 'end',
            cell: (reading: Reading) => <RowActs reading={reading} onVoid={onVoid} />,
          } as const,
        ]
      : []),
  ];
}

interface ReadingsTableProps {
  patientId: string;
  readings: readonly Reading[];
  /** Whether measurements may be taken out of the count. */
  mayVoid: boolean;
}

/** The measurements, the newest first; what is out of range has its icon. */
export function ReadingsTable({ patientId, readings, mayVoid }: ReadingsTableProps) {
  const [voiding, setVoiding] = useState<Reading>();
  const onVoid = mayVoid ? setVoiding : undefined;
  const columns = useColumns(readings, onVoid);
  return (
    <>
      {/* Many measures are wider than a small window: the table scrolls, by keyboard too. */}
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('table')}>
        <Table
          dense
          caption={t('table')}
          columns={columns}
          rows={readings}
          rowKey={({ id }) => id}
          listItem={(reading) => <PhoneItem reading={reading} onVoid={onVoid} />}
        />
      </div>
      {voiding && (
        <Suspense fallback={null}>
          <VoidDialog
            patientId={patientId}
            reading={voiding}
            onClose={() => {
              setVoiding(undefined);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
