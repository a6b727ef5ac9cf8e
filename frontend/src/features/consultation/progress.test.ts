import { describe, expect, it } from 'vitest';
import { toContent, type NoteSection } from './note';
import { isPending, liveItems, nextPending, progressOf, type CompletenessItem } from './progress';

const sections: NoteSection[] = [
  { key: 'evolution', title: 'Evolución', kind: 'text', required: true, omissions: [] },
  { key: 'physical_exam', title: 'Exploración', kind: 'text', required: false, omissions: ['no_valorable'] },
  { key: 'diagnoses', title: 'Diagnósticos', kind: 'diagnoses', required: true, omissions: [] },
  { key: 'plan', title: 'Plan', kind: 'plan', required: true, omissions: ['no_aplica'] },
];
const items: CompletenessItem[] = sections.map(({ key, title, required }) => ({
  key,
  title,
  required,
  state: required ? 'missing' : 'optional',
}));
const states = (...content: Parameters<typeof toContent>) =>
  liveItems(items, sections, toContent(...content)).map(({ state }) => state);

describe('the list of what a note asks for', () => {
  it('shows at once what is begun, answered and empty', () => {
    expect(states({})).toEqual(['missing', 'optional', 'missing', 'missing']);
    expect(states({ sections: { evolution: 'A' }, omissions: { plan: 'no_aplica' } })).toEqual([
      'in_progress',
      'optional',
      'missing',
      'answered',
    ]);
  });

  it('says no longer what the server said of an empty part', () => {
    const judged = items.map((item) => ({ ...item, why: 'Falta escribir esta parte.' }));
    const live = liveItems(judged, sections, toContent({ sections: { evolution: 'Algo.' } }));
    expect(live.map(({ why }) => why === undefined)).toEqual([true, false, false, false]);
  });

  it('believes the server about what suffices, and nothing about what was erased since', () => {
    const judged = items.map((item) => ({ ...item, state: 'complete' as const }));
    const live = liveItems(judged, sections, toContent({ sections: { evolution: 'Bien.' } }));
    expect(live.map(({ state }) => state)).toEqual(['complete', 'optional', 'missing', 'missing']);
    expect(progressOf(live)).toEqual({ done: 1, total: 3 });
  });

  it('leads from one pending part to the next and round again', () => {
    const live = liveItems(items, sections, toContent({ omissions: { plan: 'no_aplica' } }));
    expect(nextPending(live, undefined, 1)).toBe('evolution');
    expect(nextPending(live, 'evolution', 1)).toBe('diagnoses');
    expect(nextPending(live, 'plan', 1)).toBe('evolution');
    expect(nextPending(live, 'evolution', -1)).toBe('diagnoses');
    expect(nextPending(live, undefined, -1)).toBe('diagnoses');
    const done = live.map((item) => ({ ...item, state: 'complete' as const }));
    expect(done.some(isPending)).toBe(false);
    expect(nextPending(done, 'plan', 1)).toBeUndefined();
  });
});
