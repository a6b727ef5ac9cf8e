import { todayIn } from '@/lib/dates';
import { useZone } from '@/lib/office';

/** Today's date (`YYYY-MM-DD`) where the office is. */
export function useToday(): string {
  return todayIn(useZone());
}
