import { IconHeartRateMonitor } from '@tabler/icons-react';
import { MeasureStateWord } from '@/components/clinical/measure-state';
import { PressureBars } from '@/components/charts/pressure-bars';
import { Sparkline } from '@/components/charts/sparkline';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import type { ChartSummary } from '@/lib/api/types';
import { dateOf, formatDate, formatTime } from '@/lib/format';
import { useZone } from '@/lib/office';
import { sayDelta, sayValue, shownLabel, shownSeries, shownUnit, type Reading, type ShownSeries } from '@/lib/readings';
import { useToday } from '@/lib/today';
import { t } from '../t';
import classes from './vital-tiles.module.css';

/** The picture of a chart holds so many. */
const MOST_TILES = 6;

/** A date without the year when it is this year's: «4 sep». */
function useShortDay(): (at: string) => string {
  const zone = useZone();
  const year = useToday().slice(0, 4);
  return (at) => {
    const words = formatDate(dateOf(at, zone));
    return words.endsWith(` ${year}`) ? words.slice(0, -5) : words;
  };
}

function Drawing({ series: { key, points, low, high } }: { series: ShownSeries }) {
  if (key !== 'blood_pressure') return <Sparkline values={points.map(({ value }) => value)} band={{ low, high }} />;
  const values = points.map(({ value, lower = value }) => ({ systolic: value, diastolic: lower }));
  return <PressureBars values={values} limit={high} />;
}

function Tile({ series, latest }: { series: ShownSeries; latest: Reading | undefined }) {
  const day = useShortDay();
  const { key, points } = series;
  const last = points.at(-1);
  const before = points.at(-2);
  if (!last) return null;
  const isLatest = latest?.id === last.readingId;
  const state = isLatest ? latest.states[key] : undefined;
  const delta = before && sayDelta(last.value, before.value);
  return (
    <div className={classes.tile}>
      <dt className={classes.label}>{shownLabel(key)}</dt>
      <dd className={classes.figure}>
        {sayValue(last)} <span className={classes.unit}>{shownUnit(key)}</span>
      </dd>
      <dd className={classes.words}>
        {state && <MeasureStateWord state={state} />}
        {!isLatest && <span>{t('vitals.on', { date: day(last.at) })}</span>}
        {isLatest && before && (
          <span>
            {delta === '0' ? t('vitals.noChange') : t('vitals.delta', { delta: delta ?? '', date: day(before.at) })}
          </span>
        )}
      </dd>
      <dd aria-hidden>
        <Drawing series={series} />
      </dd>
    </div>
  );
}

/** «Signos de hoy, 09:31 · Raúl Téllez Bravo» */
function Taken({ latest }: { latest: Reading }) {
  const zone = useZone();
  const today = useToday();
  const date = dateOf(latest.measured_at, zone);
  const time = formatTime(latest.measured_at, zone);
  const name = latest.taken_by.name;
  const words = date === today ? t('vitals.takenToday', { time, name }) : t('vitals.taken', { date: formatDate(date), time, name });
  return (
    <h2 className={classes.taken}>
      <IconHeartRateMonitor size={18} stroke={1.7} aria-hidden />
      {words}
    </h2>
  );
}

/** What was measured this time stands before what was not. */
function latestFirst(series: ShownSeries[], latest: Reading | undefined): ShownSeries[] {
  const isOld = ({ points }: ShownSeries) => Number(points.at(-1)?.readingId !== latest?.id);
  return series.sort((a, b) => isOld(a) - isOld(b));
}

/** The last value of each measure, what it means, and where it comes from. */
export function VitalTiles({ patientId, vitals, link }: { patientId: string; vitals: ChartSummary['vital_signs']; link: boolean }) {
  const { latest } = vitals;
  const series = latestFirst(shownSeries(vitals.series), latest).slice(0, MOST_TILES);
  const trends = link && (
    <TextLink to={paths.patientVitals} params={{ patientId }}>
      {t(latest ? 'vitals.trends' : 'vitals.first')}
    </TextLink>
  );
  if (!latest || series.length === 0) {
    return (
      <div className={classes.head}>
        <span>{t('vitals.none')}</span>
        {trends}
      </div>
    );
  }
  return (
    <section aria-label={t('tabs.vitals')}>
      <div className={classes.head}>
        <Taken latest={latest} />
        {trends}
      </div>
      <dl className={classes.tiles}>
        {series.map((one) => (
          <Tile key={one.key} series={one} latest={latest} />
        ))}
      </dl>
    </section>
  );
}
