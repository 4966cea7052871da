import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { sayProblem } from '../parts/notify.tsx';
import { connection } from './connection.ts';
import { isAway, isProblem } from './request.ts';

/** One cache for the whole app. The server tells what changed, so what is cached is fresh until then. */
export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => signInAgain(error) }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        signInAgain(error);
        if (mutation.meta?.['isHandled'] !== true) sayProblem(error);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 20_000,
        gcTime: 600_000,
        // A server or a database that restarts is waited for; a clear no is not asked again.
        retry: (count, error) => (isAway(error) ? connection.isLost && count < 60 : count < 1 && !isProblem(error)),
        retryDelay: 1_500,
      },
    },
  });
  return client;
}

/** A session that ended while working leads back here after signing in. */
function signInAgain(error: unknown): void {
  const { pathname, search } = window.location;
  if (!isProblem(error, 401) || pathname === '/sign-in') return;
  window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
}
