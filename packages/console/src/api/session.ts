import type { office, publication } from '@gongkai/api/contract';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import { call, ProblemError } from './request.ts';

export type Session = z.infer<typeof office.session>;
export type Office = z.infer<typeof office.office>;
type SignedOut = z.infer<typeof office.signedOut>;
export type Work = z.infer<typeof publication.work>;

const sessionKey = ['session'] as const;
const overKey = ['session-over'] as const;

/** The server knows this session no longer: whoever was at work stays on their screen and is asked to sign in again. */
export const sessionEnded = (client: QueryClient): Session | null => {
  const before = client.getQueryData<Session | null>(sessionKey) ?? null;
  if (before) client.setQueryData(overKey, true);
  else client.setQueryData(sessionKey, null);
  return before;
};

/** Whether the session ended while its person was at work. */
export const useSessionOver = (): boolean =>
  useQuery({
    queryKey: overKey,
    queryFn: () => false,
    initialData: false,
    staleTime: Number.POSITIVE_INFINITY,
  }).data;

/** `null`: nobody is signed in. */
export const useSession = () => {
  const client = useQueryClient();
  return useQuery({
    queryKey: sessionKey,
    queryFn: () =>
      call<Session>('/session').catch((error: unknown) => {
        if (error instanceof ProblemError && error.status === 401) return sessionEnded(client);
        throw error;
      }),
    staleTime: 60_000,
  });
};

/** The person signed in; screens behind the sign-in may rely on it. */
export const useMe = (): Session => {
  const { data } = useSession();
  if (!data) throw new Error('a screen for staff was shown to nobody');
  return data;
};

export const useSignIn = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: z.infer<typeof office.signIn>) =>
      call<unknown>('/session', { method: 'POST', body: given }),
    onSuccess: () => client.invalidateQueries(),
  });
};

export const useSignOut = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<SignedOut | undefined>('/session', { method: 'DELETE' }),
    onSuccess: (answer) => {
      client.clear();
      client.setQueryData(sessionKey, null);
      if (answer?.endSession) location.assign(answer.endSession);
    },
  });
};

export const useOffice = () =>
  useQuery({ queryKey: ['office'], queryFn: () => call<Office>('/office'), staleTime: 300_000 });

/** An administrator manages people, not documents: no work of that kind waits for them (design.md, roles). */
export const seesDocuments = ({ person }: Session): boolean =>
  person.roles.some((role) => role !== 'administrator');

export const useWork = () => {
  const me = useMe();
  return useQuery({
    queryKey: ['work'],
    queryFn: () => call<Work>('/work'),
    refetchInterval: 30_000,
    // Machines and other people move things meanwhile: whoever comes back to this screen sees how it is now.
    refetchOnMount: 'always',
    enabled: seesDocuments(me),
  });
};
