import type { office, publication } from '@gongkai/api/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, ProblemError } from './request.ts';

export type Session = z.infer<typeof office.session>;
export type Office = z.infer<typeof office.office>;
export type Work = z.infer<typeof publication.work>;

/** `null`: nobody is signed in. */
export const useSession = () =>
  useQuery({
    queryKey: ['session'],
    queryFn: () =>
      call<Session>('/session').catch((error: unknown) => {
        if (error instanceof ProblemError && error.status === 401) return null;
        throw error;
      }),
    staleTime: 60_000,
  });

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
    mutationFn: () => call<unknown>('/session', { method: 'DELETE' }),
    onSuccess: () => {
      client.clear();
      client.setQueryData(['session'], null);
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
    enabled: seesDocuments(me),
  });
};
