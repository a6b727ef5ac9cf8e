import type { ChartSummary } from '@/lib/api/types';

/**
 * How many consultations the chart is known to have: the signed ones, and the drafts among the latest, so that a
 * visit that is open counts as soon as it stands in the list.
 */
export function knownConsultations({ counts, notes }: ChartSummary): number {
  return counts.consultations + notes.filter(({ status }) => status === 'draft').length;
}

/** A number beside a tab says how much there is; where there is nothing signed yet it says nothing. */
export function shownCount(count: number | undefined): number | undefined {
  return count === 0 ? undefined : count;
}
