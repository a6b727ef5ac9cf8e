import type { UseFormReturnType } from '@mantine/form';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { DateField } from '@/components/ui/date-field';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { TextField } from '@/components/ui/text-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { splitDate } from '@/lib/dates';
import { field, useAppForm } from '@/lib/form';
import { bodyMassIndex, longLabel, MEASURES, meanPressure, readMeasures, unitOf, type MeasureKey, type ReadMeasures } from '@/lib/measures';
import { useZone } from '@/lib/office';
import { useToday } from '@/lib/today';
import { useRecordVitals } from '../api';
import { t } from '../t';
import { instantOf, readTime } from '../when';
import classes from './record-dialog.module.css';

type Values = Record<MeasureKey | 'date' | 'measured_at', string>;

const RARE: readonly MeasureKey[] = ['waist_cm', 'head_circumference_cm'];

function check(today: string) {
  return (values: Values): Record<string, string> => {
    const { faults, set } = readMeasures(values);
    const errors: Record<string, string> = { ...faults };
    const { date, measured_at: time } = values;
    if (Object.keys(faults).length === 0 && Object.keys(set).length === 0) errors.systolic = t('form.nothing');
    if (splitDate(date) === undefined) errors.date = t('form.dateError');
    if (time.trim() !== '' && readTime(time) === undefined) errors.measured_at = t('form.timeError');
    if (time.trim() === '' && date !== today) errors.measured_at = t('form.timeMissing');
    return errors;
  };
}

/** What is computed while the rest is typed. */
function Computed({ read: { set } }: { read: ReadMeasures }) {
  const bmi = bodyMassIndex(set);
  const map = meanPressure(set);
  const words = [
    bmi !== undefined && t('form.bmi', { value: String(bmi) }),
    map !== undefined && t('form.map', { value: String(map) }),
  ];
  return <p className={classes.computed}>{words.filter(Boolean).join(' · ')}</p>;
}

interface MeasureFieldsProps {
  form: UseFormReturnType<Values>;
  read: ReadMeasures;
  keys: readonly MeasureKey[];
  previous: Partial<Record<string, number>>;
}

function MeasureFields({ form, read, keys, previous }: MeasureFieldsProps) {
  return keys.map((key) => {
    const before = previous[key];
    return (
      <TextField
        key={key}
        // None of them is required; «solo lo que midió» says it once for all.
        optional
        optionalNote=""
        label={longLabel(key)}
        inputMode="decimal"
        autoComplete="off"
        trailing={unitOf(key)}
        hint={before === undefined ? undefined : t('form.previous', { value: String(before) })}
        warning={read.warnings[key]}
        {...(key === 'systolic' && { 'data-autofocus': true })}
        {...field(form, key)}
        // Judged when it is sent: a message that comes on leaving a field moves the button from under the press.
        onBlur={undefined}
      />
    );
  });
}

interface RecordDialogProps {
  patientId: string;
  /** The last value of each measure, shown for comparing. */
  previous: Partial<Record<string, number>>;
  onClose: () => void;
}

/** Writes down what was measured outside of a consultation: units, bounds, and the value before beside. */
export function RecordDialog({ patientId, previous, onClose }: RecordDialogProps) {
  const formId = useId();
  const zone = useZone();
  const today = useToday();
  const [showsRare, setShowsRare] = useState(false);
  const record = useRecordVitals(patientId);
  const { key, renew } = useIdempotencyKey();
  const blank = Object.fromEntries(MEASURES.map((measure) => [measure, ''])) as Record<MeasureKey, string>;
  const form = useAppForm<Values>({ schema: check(today), initialValues: { ...blank, date: today, measured_at: '' } });
  const read = readMeasures(form.values);
  const submit = async (values: Values) => {
    const at = values.measured_at.trim() === '' ? undefined : instantOf(values.date, values.measured_at, zone);
    try {
      await record.mutateAsync({ set: readMeasures(values).set, at, key });
    } finally {
      renew();
    }
    onClose();
  };
  const footer = (
    <FormFooter form={formId} submit={t('form.submit')} loading={record.isPending} onCancel={onClose} />
  );
  return (
    <Dialog opened onClose={onClose} title={t('form.title')} footer={footer}>
      <Form id={formId} form={form} onSubmit={submit} className={classes.form}>
        <p className={classes.text}>{t('form.text')}</p>
        <div className={classes.grid}>
          <MeasureFields form={form} read={read} keys={MEASURES.filter((one) => !RARE.includes(one))} previous={previous} />
          {showsRare && <MeasureFields form={form} read={read} keys={RARE} previous={previous} />}
        </div>
        {!showsRare && (
          <div>
            <Button
              size="s"
              variant="ghost"
              onClick={() => {
                setShowsRare(true);
              }}
            >
              {t('form.more')}
            </Button>
          </div>
        )}
        <Computed read={read} />
        <div className={classes.when}>
          <DateField label={t('form.date')} today={today} {...field(form, 'date')} />
          <TextField
            optional
            label={t('form.time')}
            hint={t('form.timeHint')}
            inputMode="numeric"
            autoComplete="off"
            {...field(form, 'measured_at')}
          />
        </div>
      </Form>
    </Dialog>
  );
}
