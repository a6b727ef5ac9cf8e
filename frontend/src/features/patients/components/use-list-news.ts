import { useEffect, useState } from 'react';
import { subscribeToLive } from '@/lib/live';

/**
 * How many patients changed since the list was read. The rows stay where they are until the person
 * asks for the news: live data never move what is being read.
 */
export function useListNews(shownIds: readonly string[]) {
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const shown = shownIds.join(' ');
  useEffect(
    () =>
      subscribeToLive(({ topic, patientId }) => {
        if (patientId === undefined) return;
        const concerns = topic === 'patient' || (topic === 'consent' && shown.includes(patientId));
        if (concerns) setChanged((before) => new Set(before).add(patientId));
      }),
    [shown],
  );
  return {
    count: changed.size,
    clear: () => {
      setChanged(new Set());
    },
  };
}
