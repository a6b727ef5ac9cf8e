import { createContext, use } from 'react';
import type { Prescription } from '@/lib/prescriptions';
import type { Draft } from '@/lib/drafts/draft';
import type { Content } from '../content';

/** What the parts of the editor share. */
export interface Receta {
  draft: Draft<Content>;
  /** What the server answered last: alerts and printed lines. */
  latest: Prescription;
  /** Asks for the reason of going on in spite of an alert. */
  askReason: (alertId: string) => void;
  /** Shows what could take an item's place in spite of the allergies. */
  seeAlternatives: (itemId: string) => void;
  /** Begins to look for what takes an item's place. */
  replace: (itemId: string) => void;
  /** Takes an item out. */
  remove: (itemId: string) => void;
}

export const RecetaContext = createContext<Receta | undefined>(undefined);

export function useReceta(): Receta {
  const receta = use(RecetaContext);
  if (!receta) throw new Error('A part of the editor stands outside its receta');
  return receta;
}
