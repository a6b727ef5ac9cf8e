import { useCan } from '@/lib/permissions';

/** What only those with clinical work see of a patient; the server leaves it out of the answers to others. */
const CLINICAL: readonly string[] = ['blood_type', 'marital_status', 'occupation', 'gender'];

/** Whether a field of a patient is shown to this person. */
export function useShows(): (path: string) => boolean {
  const can = useCan();
  const clinical = can('chart:read');
  return (path) => clinical || !CLINICAL.includes(path);
}
