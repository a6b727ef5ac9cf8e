import { useQuery } from '@tanstack/react-query';
import { summaryQuery } from '@/lib/chart';
import type { ChartSummary } from '@/lib/api/types';

export type ChartAllergies = ChartSummary['allergies'];
export type ChartAllergy = ChartAllergies['items'][number];
export type ChartProblem = ChartSummary['problems'][number];
export type ChartMedication = ChartSummary['medications'][number];
export type ChartNote = ChartSummary['notes'][number];

/** What of the chart is looked at while writing; one request that the banner makes anyway. */
export function useChartFacts(patientId: string, consultationId: string) {
  const summary = useQuery(summaryQuery(patientId)).data;
  return {
    banner: summary?.banner,
    allergies: summary?.allergies,
    problems: summary?.problems.filter(({ status }) => status === 'active') ?? [],
    medications: summary?.medications,
    lastNote: summary?.notes.find(({ id, status }) => id !== consultationId && status === 'signed'),
  };
}

export type ChartFacts = ReturnType<typeof useChartFacts>;
