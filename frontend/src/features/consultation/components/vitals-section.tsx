import { IconAlertCircle, IconAlertTriangle, IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '@/components/ui/button';
import {
  bodyMassIndex,
  longLabel,
  meanPressure,
  readMeasures,
  shortLabel,
  unitOf,
  type MeasureKey,
  type MeasureSet,
  type ReadMeasures,
} from '@/lib/measures';
import type { NoteSection, Omission } from '../note';
import { t } from '../t';
import { Answers, GivenAnswer } from './answers';
import { SectionFrame, focusSection } from './section-frame';
import { useNote, useNoteDraft, useSection } from './use-note';
import classes from './vitals-section.module.css';

/** What a value means at the age of the patient, as the server judges it. */
export interface MeasureState {
  state: 'low' | 'normal' | 'elevated' | 'high';
  label: string;
}

export interface VitalFacts {
  /** The values of the time before, for comparing. */
  previous: MeasureSet;
  states: Partial<Record<string, MeasureState>>;
  /** «Tomados a las 09:31 por …». */
  taken: string | undefined;
}

const USUAL = ['heart_rate', 'respiratory_rate', 'temperature', 'oxygen_saturation', 'weight_kg', 'height_cm', 'glucose'] as const;
const RARE = ['waist_cm', 'head_circumference_cm'] as const;

type Tone = 'amber' | undefined;

function toneOf(state: MeasureState | undefined): Tone {
  return state === undefined || state.state === 'normal' ? undefined : 'amber';
}

interface InputProps {
  measure: MeasureKey;
  read: ReadMeasures;
  tone: Tone;
  messagesId: string;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  className?: string | undefined;
}

function Value({ measure, read, tone, messagesId, onKeyDown, className }: InputProps) {
  const draft = useNoteDraft();
  const text = useNote(({ vitals }) => vitals[measure] ?? '');
  const [touched, setTouched] = useState(false);
  const fault = touched ? read.faults[measure] : undefined;
  return (
    <input
      type="text"
      inputMode="decimal"
      autoComplete="off"
      name={measure}
      value={text}
      aria-label={t('vitals.name', { long: `${shortLabel(measure)} ${longLabel(measure)}`, unit: unitOf(measure) })}
      aria-invalid={fault === undefined ? undefined : true}
      aria-describedby={messagesId}
      data-tone={tone}
      className={[classes.value, className].filter(Boolean).join(' ')}
      onChange={(event) => {
        const { value } = event.currentTarget;
        draft.change((content) => ({ ...content, vitals: { ...content.vitals, [measure]: value } }));
      }}
      onKeyDown={onKeyDown}
      onBlur={() => {
        setTouched(true);
        void draft.flush();
      }}
    />
  );
}

function Pressure({ facts, read, messagesId }: CellProps) {
  const cell = useRef<HTMLDivElement>(null);
  const tone = toneOf(facts.states.blood_pressure);
  const { systolic, diastolic } = facts.previous;
  // «138/86» is typed as it is said: the slash leads from one half to the other.
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== '/' && event.key !== '-' && event.key !== ' ') return;
    event.preventDefault();
    cell.current?.querySelector<HTMLInputElement>('[name="diastolic"]')?.focus();
  };
  return (
    <div ref={cell} className={classes.cell}>
      <span aria-hidden className={classes.label}>
        {shortLabel('blood_pressure')}
      </span>
      <Previous value={systolic !== undefined && diastolic !== undefined ? `${String(systolic)}/${String(diastolic)}` : undefined} />
      <div className={classes.values}>
        <Value measure="systolic" read={read} tone={tone} messagesId={messagesId} onKeyDown={onKeyDown} className={classes.pressure} />
        <span aria-hidden className={classes.slash}>
          {'/'}
        </span>
        <Value measure="diastolic" read={read} tone={tone} messagesId={messagesId} className={classes.pressure} />
      </div>
      <span aria-hidden className={classes.unit}>
        {unitOf('systolic')}
      </span>
    </div>
  );
}

function Previous({ value }: { value: string | undefined }) {
  if (value === undefined) return <span />;
  return (
    <span className={classes.previous}>
      <span className="visually-hidden">{t('vitals.previous', { value })}</span>
      <span aria-hidden className="figures">
        {value}
      </span>
    </span>
  );
}

interface CellProps {
  facts: VitalFacts;
  read: ReadMeasures;
  messagesId: string;
}

function Cell({ measure, facts, read, messagesId }: CellProps & { measure: MeasureKey }) {
  const previous = facts.previous[measure];
  return (
    <div className={classes.cell}>
      <span aria-hidden className={classes.label}>
        {shortLabel(measure)}
      </span>
      <Previous value={previous === undefined ? undefined : String(previous)} />
      <Value measure={measure} read={read} tone={toneOf(facts.states[measure])} messagesId={messagesId} />
      <span aria-hidden className={classes.unit}>
        {unitOf(measure)}
      </span>
    </div>
  );
}

/** What is computed, and what is out of range in words. */
function Notes({ read, facts }: Pick<CellProps, 'read' | 'facts'>) {
  const bmi = bodyMassIndex(read.set);
  const map = read.faults.systolic === undefined ? meanPressure(read.set) : undefined;
  const judged = Object.entries(facts.states).filter(([, state]) => state !== undefined && state.state !== 'normal');
  if (bmi === undefined && map === undefined && judged.length === 0) return null;
  return (
    <p className={classes.notes}>
      {bmi !== undefined && (
        <span>
          {t('vitals.bmi')} <strong className="figures">{`${String(bmi)} kg/m²`}</strong>
        </span>
      )}
      {map !== undefined && (
        <span>
          {t('vitals.map')} <strong className="figures">{`${String(map)} mmHg`}</strong>
        </span>
      )}
      {judged.map(([key, state]) => (
        <span key={key} className={classes.note}>
          {state?.state === 'low' ? (
            <IconArrowDown size={15} stroke={2} aria-hidden />
          ) : (
            <IconArrowUp size={15} stroke={2} aria-hidden />
          )}
          {`${labelOf(key)}: ${(state?.label ?? '').toLowerCase()}`}
        </span>
      ))}
    </p>
  );
}

function labelOf(key: string): string {
  return key === 'bmi' ? t('vitals.bmi') : shortLabel(key as MeasureKey);
}

function Messages({ read, id }: { read: ReadMeasures; id: string }) {
  const faults = Object.entries(read.faults).map(([key, text]) => ({ key, text, tone: 'error' as const }));
  const warnings = Object.entries(read.warnings)
    .filter(([key]) => read.faults[key as MeasureKey] === undefined)
    .map(([key, text]) => ({ key, text, tone: 'warning' as const }));
  return (
    <div id={id} className={classes.messages}>
      {[...faults, ...warnings].map(({ key, text, tone }) => (
        <span key={`${tone}-${key}`} className={classes.message} data-tone={tone}>
          {tone === 'error' ? (
            <IconAlertCircle size={15} stroke={2} aria-hidden />
          ) : (
            <IconAlertTriangle size={15} stroke={2} aria-hidden />
          )}
          <span>{`${shortLabel(key as MeasureKey)}: ${text}`}</span>
        </span>
      ))}
    </div>
  );
}

interface VitalsSectionProps {
  section: NoteSection;
  facts: VitalFacts;
  why?: string | undefined;
}

/** The vital signs: units in the field, the value of the time before at its right, the rest computed. */
export function VitalsSection({ section, facts, why }: VitalsSectionProps) {
  const messagesId = useId();
  const typed = useNote(({ vitals }) => vitals);
  const read = useMemo(() => readMeasures(typed), [typed]);
  const { answer, giveAnswer, save } = useSection(section);
  const [shows, setShows] = useState(false);
  const isBlank = Object.values(typed).every((text) => text.trim() === '');
  const hasRare = RARE.some((key) => (typed[key]?.trim() ?? '') !== '' || section.measures?.includes(key) === true);
  const change = (next: Omission | undefined) => {
    giveAnswer(next);
    save();
    requestAnimationFrame(() => {
      focusSection(section.key);
    });
  };
  if (answer !== undefined && isBlank) {
    const back = () => {
      change(undefined);
    };
    return (
      <SectionFrame section={section} side={<GivenAnswer answer={answer} onChange={back} />}>
        {null}
      </SectionFrame>
    );
  }
  const cells = [...USUAL, ...(shows || hasRare ? RARE : [])];
  const side = (
    <>
      {facts.taken !== undefined && <span className={classes.taken}>{facts.taken}</span>}
      {isBlank && <Answers section={section} onAnswer={change} />}
      {!shows && !hasRare && (
        <Button
          size="s"
          variant="ghost"
          onClick={() => {
            setShows(true);
          }}
        >
          {t('vitals.more')}
        </Button>
      )}
    </>
  );
  return (
    <SectionFrame section={section} side={side}>
      <div className={classes.grid}>
        <Pressure facts={facts} read={read} messagesId={messagesId} />
        {cells.map((key) => (
          <Cell key={key} measure={key} facts={facts} read={read} messagesId={messagesId} />
        ))}
      </div>
      <Notes read={read} facts={facts} />
      <Messages read={read} id={messagesId} />
      {why !== undefined && !isBlank && Object.keys(read.faults).length === 0 && (
        <p className={classes.message} data-tone="warning">
          {why}
        </p>
      )}
    </SectionFrame>
  );
}
