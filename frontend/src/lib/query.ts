import { MutationCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/lib/api/error';
import { describeError } from '@/lib/errors';
import { showToast } from '@/lib/toast';

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** Who shows the error: the form itself, or (left out) a toast. */
      errors?: 'form';
    };
    queryMeta: {
      /** `manual`: live events do not refetch it; the page offers the news instead. */
      live?: 'manual';
    };
  }
}

const MAX_RETRIES = 2;

/** A refusal stays a refusal: only no answer and 5xx are worth another try. */
function shouldRetry(failures: number, error: Error): boolean {
  if (error instanceof ApiError && error.status >= 400 && error.status < 500) return false;
  return failures < MAX_RETRIES;
}

/** The cache of what the server said. One place decides about retries and about unexpected errors. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (mutation.meta?.errors === 'form') return;
        showToast({ tone: 'error', message: describeError(error).message });
      },
    }),
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: 15_000, gcTime: 5 * 60_000 },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
