import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api/request.ts';

/** A session that ended anywhere ends everywhere: the guard then shows the sign-in, and afterwards the same page. */
export const createClient = (): QueryClient => {
  const signedOut = (error: unknown) => {
    if (error instanceof ProblemError && error.problem.code === 'not-signed-in')
      client.setQueryData(['session'], null);
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
