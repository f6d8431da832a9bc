import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api/request.ts';
import { sessionEnded } from '../api/session.ts';

/** A session that ended anywhere ends everywhere: the sign-in is shown, and afterwards the same page as it was. */
export const createClient = (): QueryClient => {
  const signedOut = (error: unknown) => {
    if (error instanceof ProblemError && error.problem.code === 'not-signed-in') sessionEnded(client);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: signedOut }),
    mutationCache: new MutationCache({ onError: signedOut }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // A refusal stays a refusal; only a broken line is worth another try.
        retry: (count, error) => count < 2 && error instanceof ProblemError && error.status === 0,
      },
    },
  });
  return client;
};
