import {
  readMeasures,
  longLabel,
  MEASURES,
  unitOf,
  typedMeasures,
  type MeasureKey,
  type MeasureSet,
  type TypedMeasures,
} from '@/lib/measures';
import type { Part } from '@/lib/drafts/merge';
import { t } from './t';

/** An honest answer in the place of a text. */
export type Omission = 'negado' | 'no_aplica' | 'no_valorable';

export interface NoteDiagnosis {
  code: string;
  label: string;
  kind: 'principal' | 'secundario';
}

/** A section of a kind of note: all that the editor knows of the norm comes from here. */
export interface NoteSection {
  key: string;
  title: string;
  numeral?: string | undefined;
  kind: 'text' | 'vital_signs' | 'diagnoses' | 'prognosis' | 'plan';
  required: boolean;
  hint?: string | undefined;
  omissions: readonly Omission[];
  /** Of the vital signs, those that this kind of note asks for. */
  measures?: readonly MeasureKey[] | undefined;
}

/** What a person writes in a note, as it is typed. */
export interface NoteContent {
  sections: Record<string, string>;
  omissions: Record<string, Omission>;
  vitals: TypedMeasures;
  diagnoses: readonly NoteDiagnosis[];
  prognosis: string;
  plan: string;
}

/** The same as the API takes and gives it. */
export interface NoteBody {
  sections?: Record<string, string>;
  omissions?: Record<string, Omission>;
  vital_signs?: MeasureSet;
  diagnoses?: NoteDiagnosis[];
  prognosis?: string;
  plan?: string;
}

function filled<V>(record: Record<string, V>, isEmpty: (value: V) => boolean): Record<string, V> {
  const entries = Object.entries(record).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is sent: nothing empty, and of the vital signs only what can be. */
export function toBody(content: NoteContent): Required<NoteBody> {
  return {
    sections: filled(content.sections, (text) => text.trim() === ''),
    omissions: filled(content.omissions, () => false),
    vital_signs: readMeasures(content.vitals).set,
    diagnoses: [...content.diagnoses],
    prognosis: content.prognosis,
    plan: content.plan,
  };
}

/** What an answer of the API holds, ready to be written in. */
export function toContent(body: NoteBody): NoteContent {
  return {
    sections: body.sections ?? {},
    omissions: body.omissions ?? {},
    vitals: typedMeasures(body.vital_signs ?? {}),
    diagnoses: body.diagnoses ?? [],
    prognosis: body.prognosis ?? '',
    plan: body.plan ?? '',
  };
}

/** Two contents with the same fingerprint are the same to the server. */
export function fingerprint(content: NoteContent): string {
  const { vital_signs: vitals, ...rest } = toBody(content);
  return JSON.stringify([rest, MEASURES.map((key) => vitals[key] ?? null)]);
}

/** What of a content has a place in another kind of note; the server keeps the rest among the copies. */
export function fittedTo(content: NoteContent, sections: readonly NoteSection[]): NoteContent {
  const places = new Map(sections.map((section) => [section.key, section]));
  const keep = <V>(record: Record<string, V>, fits: (section: NoteSection, value: V) => boolean) =>
    Object.fromEntries(
      Object.entries(record).filter(([key, value]) => {
        const section = places.get(key);
        return section !== undefined && fits(section, value);
      }),
    );
  return {
    ...content,
    sections: keep(content.sections, ({ kind }) => kind === 'text'),
    omissions: keep(content.omissions, ({ omissions }, answer) => omissions.includes(answer)),
  };
}

/** Whether the server gets everything: a vital sign that cannot be stays in this browser. */
export function isWhole(content: NoteContent): boolean {
  return Object.keys(readMeasures(content.vitals).faults).length === 0;
}

/** The text of a section that is written. */
export function textOf(content: NoteContent, { key, kind }: Pick<NoteSection, 'key' | 'kind'>): string {
  if (kind === 'prognosis' || kind === 'plan') return content[kind];
  return kind === 'text' ? (content.sections[key] ?? '') : '';
}

/** The content with another text in a section; what is written takes the place of an answer. */
export function withText(content: NoteContent, section: Pick<NoteSection, 'key' | 'kind'>, text: string): NoteContent {
  const { key, kind } = section;
  const base = text === '' ? content : withAnswer(content, key, undefined);
  if (kind === 'prognosis' || kind === 'plan') return { ...base, [kind]: text };
  return { ...base, sections: { ...base.sections, [key]: text } };
}

/** The content with an answer in the place of a section's text, or without one. */
export function withAnswer(content: NoteContent, key: string, answer: Omission | undefined): NoteContent {
  const { [key]: former, ...omissions } = content.omissions;
  if (former === answer) return content;
  return { ...content, omissions: answer === undefined ? omissions : { ...omissions, [key]: answer } };
}

/** Whether something stands in a section that is no answer. */
export function hasContent(content: NoteContent, section: Pick<NoteSection, 'key' | 'kind'>): boolean {
  if (section.kind === 'vital_signs') return Object.values(content.vitals).some((text) => text.trim() !== '');
  if (section.kind === 'diagnoses') return content.diagnoses.length > 0;
  return textOf(content, section).trim() !== '';
}

export function isEmpty(content: NoteContent): boolean {
  const { sections, omissions, vital_signs: vitals, diagnoses, prognosis, plan } = toBody(content);
  const counts = [sections, omissions, vitals, diagnoses].map((part) => Object.keys(part).length);
  return counts.every((count) => count === 0) && prognosis.trim() === '' && plan.trim() === '';
}

function sayVitals({ vitals }: NoteContent): string {
  const lines = MEASURES.filter((key) => (vitals[key]?.trim() ?? '') !== '');
  return lines.map((key) => `${longLabel(key)}: ${vitals[key] ?? ''} ${unitOf(key)}`).join('\n');
}

function sayDiagnoses({ diagnoses }: NoteContent): string {
  return diagnoses.map(({ code, label, kind }) => `${code} ${label} (${t(`diagnoses.${kind}`)})`).join('\n');
}

function joinDiagnoses(mine: NoteContent, theirs: NoteContent): NoteDiagnosis[] {
  const own = new Set(mine.diagnoses.map(({ code }) => code));
  const added = theirs.diagnoses.filter(({ code }) => !own.has(code));
  const hasPrincipal = mine.diagnoses.some(({ kind }) => kind === 'principal');
  return [...mine.diagnoses, ...added.map((one) => (hasPrincipal ? { ...one, kind: 'secundario' as const } : one))];
}

function partOf(section: NoteSection): Part<NoteContent> {
  const { key, title, kind } = section;
  if (kind === 'diagnoses') {
    return {
      key,
      title,
      say: sayDiagnoses,
      take: (into, from) => ({ ...into, diagnoses: from.diagnoses }),
      join: (into, mine, theirs) => ({ ...into, diagnoses: joinDiagnoses(mine, theirs) }),
    };
  }
  const answer = (content: NoteContent) => content.omissions[key];
  const sayAnswer = (content: NoteContent) => {
    const given = answer(content);
    return given === undefined ? '' : t(`omissions.${given}`);
  };
  if (kind === 'vital_signs') {
    return {
      key,
      title,
      say: (content) => sayVitals(content) || sayAnswer(content),
      take: (into, from) => withAnswer({ ...into, vitals: from.vitals }, key, answer(from)),
    };
  }
  return {
    key,
    title,
    say: (content) => textOf(content, section).trim() || sayAnswer(content),
    take: (into, from) => withAnswer(withText(into, section, textOf(from, section)), key, answer(from)),
    join: (into, mine, theirs) =>
      withText(into, section, [textOf(mine, section), textOf(theirs, section)].filter((text) => text.trim() !== '').join('\n')),
  };
}

/** What of a note is compared and chosen as a whole, in the order of the page. */
export function partsOf(sections: readonly NoteSection[]): Part<NoteContent>[] {
  return sections.map(partOf);
}
