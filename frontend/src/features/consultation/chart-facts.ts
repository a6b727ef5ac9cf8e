import { useQuery } from '@tanstack/react-query';
import { summaryQuery } from '@/lib/chart';

export interface ChartAllergy {
  id: string;
  version: number;
  substance: string;
  substance_code?: string;
  reaction?: string;
  severity?: 'mild' | 'moderate' | 'severe';
  status: string;
}

export interface ChartAllergies {
  status: 'not_asked' | 'none_known' | 'listed';
  items: readonly ChartAllergy[];
}

export interface ChartProblem {
  id: string;
  version: number;
  code: string;
  label: string;
  status: string;
  onset_on?: string;
}

export interface ChartMedication {
  id: string;
  name: string;
  dosage?: string;
}

export interface ChartNote {
  id: string;
  type: string;
  status: string;
  opened_at: string;
  signed_at?: string;
  excerpt?: string;
}

interface ClinicalSummary {
  allergies?: ChartAllergies;
  problems?: readonly ChartProblem[];
  medications?: readonly ChartMedication[];
  notes?: readonly ChartNote[];
}

/** What of the chart is looked at while writing; one request that the banner makes anyway. */
export function useChartFacts(patientId: string, consultationId: string) {
  const summary = useQuery(summaryQuery(patientId)).data;
  const clinical = summary as ClinicalSummary | undefined;
  return {
    banner: summary?.banner,
    allergies: clinical?.allergies,
    problems: clinical?.problems ?? [],
    medications: clinical?.medications,
    lastNote: clinical?.notes?.find(({ id, status }) => id !== consultationId && status === 'signed'),
  };
}

export type ChartFacts = ReturnType<typeof useChartFacts>;
