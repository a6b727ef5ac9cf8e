import { useQuery } from '@tanstack/react-query';
import type { Phrase } from '../writing/phrases';

const NONE: readonly Phrase[] = [];

/** The phrases of the program. They travel apart from the editor, which does not wait for them. */
export function usePhrases(): readonly Phrase[] {
  const phrases = useQuery({
    queryKey: ['phrases'],
    queryFn: async (): Promise<readonly Phrase[]> => (await import('@/locales/es-MX/phrases.json')).default,
    staleTime: Infinity,
  });
  return phrases.data ?? NONE;
}
