import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { enlist } from '@/lib/drafts/living';
import { useDraft, useDraftLife } from '@/lib/drafts/use-draft';
import { isStatus } from '@/lib/api/error';
import type { Prescription } from '@/lib/prescriptions';
import { useMe } from '@/lib/session';
import { prescriptionQuery } from '../api';
import { inPlaceOf, withItem, withReason, type Alert, type Content, type Item, type Medication } from '../content';
import { openPrescription } from '../open-prescription';
import { focusItem, focusSearch } from './focus-item';

/** After the page shows what changed. */
function soon(act: () => void): void {
  setTimeout(act);
}

/** The first alert for each thing: those of one item once each, in the order of the server. */
function alertsOf(alerts: readonly Alert[], items: readonly Item[]): Alert[] {
  const there = new Set(items.map(({ id }) => id));
  return alerts.filter(({ item }) => item === undefined || there.has(item));
}

function placed(content: Content, item: Item, replacedId: string | undefined): Content {
  const known = content.items.some(({ id }) => id === replacedId);
  const items = known ? content.items.map((one) => (one.id === replacedId ? item : one)) : [...content.items, item];
  return { ...content, items };
}

/** The receta that is being written, what the server says of it, and the ways to change it. */
export function useEditor(prescription: Prescription) {
  const { user } = useMe();
  const client = useQueryClient();
  const [latest, setLatest] = useState(prescription);
  const [open] = useState(() =>
    openPrescription(prescription, user.id, (answer) => {
      setLatest(answer);
      client.setQueryData(prescriptionQuery(answer.id).queryKey, answer);
    }),
  );
  const { draft } = open;
  const content = useDraft(draft, (state) => state.content);
  const [replacedId, setReplacedId] = useState<string>();
  const [reasonFor, setReasonFor] = useState<string>();
  const [loser, setLoser] = useState<Content>();
  const [alternativesTo, setAlternativesTo] = useState<string>();

  useEffect(() => {
    enlist(prescription.id, draft);
  }, [prescription.id, draft]);
  useDraftLife(draft);

  // Another window signed or discarded it: the page shows what it is now.
  const isClosed = useDraft(draft, ({ phase, error }) => phase === 'refused' && isStatus(error, 409));
  useEffect(() => {
    if (!isClosed) return;
    void draft.end().then(() => client.invalidateQueries({ queryKey: prescriptionQuery(prescription.id).queryKey }));
  }, [isClosed, draft, client, prescription.id]);

  const change = (update: (content: Content) => Content) => {
    draft.change(update);
    // Alerts are wanted at once, not after a pause in writing.
    void draft.flush();
  };

  return {
    open,
    content,
    latest,
    alerts: alertsOf(latest.alerts, content.items),
    replaced: content.items.find(({ id }) => id === replacedId),
    reasonFor,
    /** What was not chosen in a conflict, until it is let go. */
    loser,
    setLoser,
    /** Both change places, so that neither is lost. */
    recoverLoser: () => {
      if (!loser) return;
      setLoser(content);
      change(() => loser);
    },
    alternativesTo: content.items.find(({ id }) => id === alternativesTo),
    change,
    add: (item: Item) => {
      change((now) => placed(now, item, replacedId));
      setReplacedId(undefined);
      soon(() => {
        focusItem(item.id);
      });
    },
    remove: (itemId: string) => {
      change((now) => ({ ...now, items: now.items.filter(({ id }) => id !== itemId) }));
      soon(focusSearch);
    },
    replace: (itemId: string | undefined) => {
      setReplacedId(itemId);
      soon(focusSearch);
    },
    seeAlternatives: (itemId: string | undefined) => {
      setAlternativesTo(itemId);
    },
    takeAlternative: (itemId: string, medication: Medication) => {
      setAlternativesTo(undefined);
      change((now) => withItem(now, itemId, (item) => inPlaceOf(item, medication)));
      soon(() => {
        focusItem(itemId);
      });
    },
    askReason: setReasonFor,
    giveReason: (reason: string) => {
      const id = reasonFor;
      setReasonFor(undefined);
      if (id !== undefined) change((now) => withReason(now, id, reason));
    },
  };
}

export type EditorState = ReturnType<typeof useEditor>;
