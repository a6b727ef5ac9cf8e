import type { Notice, NoticeWords } from './api';

/**
 * The parts of a notice: I to VI of article 15 of the LFPDPPP; VII how to revoke (7), VIII the
 * clause on transfers (35), IX how access is given (32). A simplified notice has the first four (16).
 */
export const ELEMENTS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'] as const;
export type ElementKey = (typeof ELEMENTS)[number];

const SIMPLIFIED = 4;

export function elementsOf(kind: Notice['kind']): readonly ElementKey[] {
  return kind === 'simplified' ? ELEMENTS.slice(0, SIMPLIFIED) : ELEMENTS;
}

/** The words as the form holds them. A field's path is the one the server names: `elements.V.text`. */
export type DraftValues = {
  summary: string;
  elements: Record<string, { title: string; text: string }>;
};

export function toValues({ kind, summary, elements }: Notice): DraftValues {
  const byKey = new Map(elements.map((element) => [element.element, element]));
  const entries = elementsOf(kind).map((key) => {
    const { title = '', text = '' } = byKey.get(key) ?? {};
    return [key, { title, text }] as const;
  });
  return { summary, elements: Object.fromEntries(entries) };
}

/** Parts without words are left out. */
export function toWords({ summary, elements }: DraftValues): NoticeWords {
  const written = Object.entries(elements).filter(([, { title, text }]) => title.trim() !== '' || text.trim() !== '');
  return { summary, elements: written.map(([element, { title, text }]) => ({ element: element as ElementKey, title, text })) };
}

/** Which part a refusal to publish is about: `elements.V` is V. */
export function elementOfField(field: string): ElementKey | undefined {
  const name = /^elements\.([IVX]+)/.exec(field)?.[1];
  return ELEMENTS.find((key) => key === name);
}
