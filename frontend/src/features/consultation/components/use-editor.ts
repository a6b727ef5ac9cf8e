import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { enlist } from '@/lib/drafts/living';
import { useDraft, useDraftLife } from '@/lib/drafts/use-draft';
import { useMe } from '@/lib/session';
import { consultationQuery, type Consultation, type NoteType } from '../api';
import { partsOf, type NoteSection } from '../note';
import { openNote } from '../open-note';
import { liveItems, nextPending, progressOf, type CompletenessItem } from '../progress';
import { focusedSection, focusSection } from './section-frame';

/** The parts that are asked of this patient, and those in which something stands already. */
function sectionsOf(type: NoteType | undefined, items: readonly CompletenessItem[]): NoteSection[] {
  const asked = new Map(items.map((item) => [item.key, item]));
  return (type?.sections ?? []).flatMap((section) => {
    const item = asked.get(section.key);
    return item ? [{ ...section, required: item.required } as NoteSection] : [];
  });
}

/** The note that is being written, its list, and the ways through it. */
export function useEditor(consultation: Consultation, type: NoteType | undefined) {
  const { user } = useMe();
  /** What the server answered last: its list, its warnings, who took the vital signs. */
  const [latest, setLatest] = useState(consultation);
  const client = useQueryClient();
  const [note] = useState(() =>
    openNote(consultation, user.id, (answer) => {
      setLatest(answer);
      // Whatever takes the editor's place shows what was saved, not what was opened.
      client.setQueryData(consultationQuery(answer.id).queryKey, answer);
    }),
  );
  const [current, setCurrent] = useState<string>();
  const content = useDraft(note.draft, (state) => state.content);

  useEffect(() => {
    enlist(consultation.id, note.draft);
  }, [consultation.id, note.draft]);
  useDraftLife(note.draft);

  const judged = latest.completeness.items as CompletenessItem[];
  const sections = useMemo(() => sectionsOf(type, judged), [type, judged]);
  const items = useMemo(() => liveItems(judged, sections, content), [judged, sections, content]);
  const parts = useMemo(() => partsOf(sections), [sections]);

  const go = useCallback((key: string) => {
    setCurrent(key);
    focusSection(key);
  }, []);
  /** To the pending part after the one in which one writes; false when nothing is pending. */
  const goToPending = (step: 1 | -1): boolean => {
    const next = nextPending(items, focusedSection(sections.map(({ key }) => key)), step);
    if (next !== undefined) go(next);
    return next !== undefined;
  };

  return {
    note,
    content,
    latest,
    sections,
    items,
    parts,
    progress: progressOf(items),
    current,
    setCurrent,
    go,
    goToPending,
  };
}

export type EditorState = ReturnType<typeof useEditor>;
