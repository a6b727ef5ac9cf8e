import { MeasureStateWord } from '@/components/clinical/measure-state';
import { TrendChart, type TrendPoint } from '@/components/charts/trend-chart';
import { Card } from '@/components/ui/card';
import { dateOf, formatDate, formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import { sayValue, shownLabel, shownUnit, type Reading, type ShownSeries } from '@/lib/readings';
import { t } from '../t';
import classes from './trends.module.css';

/** The normal range in words. */
function sayRange({ key, low, high, highLower }: ShownSeries): string {
  const unit = shownUnit(key);
  if (key === 'blood_pressure') {
    if (high === undefined || highLower === undefined) return t('range.none');
    return t('range.pressure', { high: String(high), highLower: String(highLower), unit });
  }
  if (low !== undefined && high !== undefined) return t('range.both', { low: String(low), high: String(high), unit });
  if (low !== undefined) return t('range.low', { low: String(low), unit });
  return high === undefined ? '' : t('range.high', { high: String(high), unit });
}

function Trend({ series, latest }: { series: ShownSeries; latest: Reading | undefined }) {
  const zone = useZone();
  const { key, points, low, high, highLower } = series;
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const unit = shownUnit(key);
  const label = shownLabel(key);
  const day = (at: string) => formatDate(dateOf(at, zone));
  const sayPoint = (point: TrendPoint) => t('point', { value: sayValue(point), unit, when: formatInstant(point.at, zone) });
  const state = latest?.id === last.readingId ? latest.states[key] : undefined;
  const isPressure = key === 'blood_pressure';
  const limits = isPressure ? [high, highLower].filter((limit) => limit !== undefined) : [];
  const words = { label, value: sayValue(last), unit, from: day(first.at), to: day(last.at), date: day(last.at) };
  const range = sayRange(series);
  return (
    <Card title={label}>
      <div className={classes.last}>
        <span>
          <span className={classes.figure}>{sayValue(last)}</span> <span className={classes.unit}>{unit}</span>
        </span>
        {state && <MeasureStateWord state={state} />}
        <span className={classes.unit}>{day(last.at)}</span>
      </div>
      <TrendChart
        label={t('chart', { ...words, count: points.length })}
        points={points}
        band={isPressure ? {} : { low, high }}
        limits={limits}
        sayTime={day}
        sayPoint={sayPoint}
      />
      {range !== '' && <p className={classes.range}>{range}</p>}
    </Card>
  );
}

/** Each measure over time, with its last value and what it means. */
export function Trends({ series, latest }: { series: readonly ShownSeries[]; latest: Reading | undefined }) {
  return (
    <div className={classes.grid}>
      {series.map((one) => (
        <Trend key={one.key} series={one} latest={latest} />
      ))}
    </div>
  );
}
