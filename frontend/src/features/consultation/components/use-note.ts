import { createContext, use } from 'react';
import { useDraft } from '@/lib/drafts/use-draft';
import type { Draft } from '@/lib/drafts/draft';
import { withAnswer, withText, textOf, type NoteContent, type NoteSection, type Omission } from '../note';

/** The note that is being written, for its sections. */
export const NoteContext = createContext<Draft<NoteContent> | undefined>(undefined);

export function useNoteDraft(): Draft<NoteContent> {
  const draft = use(NoteContext);
  if (!draft) throw new Error('A section stands outside its note');
  return draft;
}

/** One part of what is written, kept current; the selector answers the same value while nothing changed. */
export function useNote<R>(select: (content: NoteContent) => R): R {
  return useDraft(useNoteDraft(), ({ content }) => select(content));
}

/** The text and the answer of a section, and how to change them. */
export function useSection(section: NoteSection) {
  const draft = useNoteDraft();
  const text = useNote((content) => textOf(content, section));
  const answer = useNote((content) => content.omissions[section.key]);
  return {
    text,
    answer,
    write: (next: string) => {
      draft.change((content) => withText(content, section, next));
    },
    /** Answers instead of writing; undefined goes back to writing. */
    giveAnswer: (next: Omission | undefined) => {
      draft.change((content) => withAnswer(content, section.key, next));
    },
    save: () => void draft.flush(),
  };
}
