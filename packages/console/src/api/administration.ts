import type { account, office } from '@gongkai/api/contract';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import { useConfirmed } from '../session/step-up.tsx';
import { type Ask, call } from './request.ts';

export type People = z.infer<typeof office.peopleView>;
export type AddPerson = z.infer<typeof office.addPerson>;
export type ChangePerson = z.infer<typeof office.changePerson>;
export type Token = z.infer<typeof office.token>;
export type NewToken = z.infer<typeof office.newToken>;
export type DeadLetters = z.infer<typeof office.deadLetters>;
export type AuditPage = z.infer<typeof office.auditPage>;
export type Account = z.infer<typeof account.account>;
export type NewTotp = z.infer<typeof account.newTotp>;

/** A change after which these lists are read again; asks for the password when the server wants it. */
const useChange = <Given, Answer>(
  touched: readonly string[],
  ask: (given: Given) => [path: string, ask: Ask],
) => {
  const client = useQueryClient();
  const confirmed = useConfirmed();
  return useMutation({
    mutationFn: (given: Given) => confirmed(() => call<Answer>(...ask(given))),
    onSuccess: () => Promise.all(touched.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
};

export const usePeople = () => useQuery({ queryKey: ['people'], queryFn: () => call<People>('/people') });
export const useAddPerson = () =>
  useChange<AddPerson, unknown>(['people'], (body) => ['/people', { method: 'POST', body }]);
export const useChangePerson = () =>
  useChange<{ id: string; change: ChangePerson }, unknown>(['people'], ({ id, change }) => [
    `/people/${id}`,
    { method: 'PATCH', body: change },
  ]);
export const useLinkIdentity = () =>
  useChange<{ id: string; to: z.infer<typeof office.linkIdentity> }, unknown>(['people'], ({ id, to }) => [
    `/people/${id}/identity`,
    { method: 'POST', body: to },
  ]);
export const useUnlinkIdentity = () =>
  useChange<string, unknown>(['people'], (id) => [`/people/${id}/identity`, { method: 'DELETE' }]);

export const useTokens = () =>
  useQuery({ queryKey: ['tokens'], queryFn: () => call<{ items: Token[] }>('/tokens') });
export const useAddToken = () =>
  useChange<z.infer<typeof office.addToken>, NewToken>(['tokens'], (body) => [
    '/tokens',
    { method: 'POST', body },
  ]);
export const useDropToken = () =>
  useChange<string, unknown>(['tokens'], (id) => [`/tokens/${id}`, { method: 'DELETE' }]);

export const useDeadLetters = () =>
  useQuery({
    queryKey: ['dead-letters'],
    queryFn: () => call<DeadLetters>('/dead-letters'),
    refetchInterval: 15_000,
  });
export const useRevive = () =>
  useChange<string, unknown>(['dead-letters', 'work'], (id) => [
    `/dead-letters/${id}/revive`,
    { method: 'POST' },
  ]);

export const useAudit = (subject: string) =>
  useInfiniteQuery({
    queryKey: ['audit', subject],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams();
      if (subject) query.set('subject', subject);
      if (pageParam) query.set('cursor', pageParam);
      const text = query.toString();
      return call<AuditPage>(`/audit${text ? `?${text}` : ''}`);
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
  });
export const auditExportUrl = '/api/audit/export';

export const useAccount = () => useQuery({ queryKey: ['account'], queryFn: () => call<Account>('/account') });
export const useNewPassword = () =>
  useChange<string, unknown>(['session', 'account'], (password) => [
    '/account/password',
    { method: 'POST', body: { password } },
  ]);
export const useNewTotp = () => useChange<void, NewTotp>([], () => ['/account/totp', { method: 'POST' }]);
export const useActivateTotp = () =>
  useChange<string, unknown>(['session', 'account'], (code) => [
    '/account/totp/activate',
    { method: 'POST', body: { code } },
  ]);
export const useDropTotp = () =>
  useChange<void, unknown>(['session', 'account'], () => ['/account/totp', { method: 'DELETE' }]);
export const useDropPasskey = () =>
  useChange<string, unknown>(['session', 'account'], (id) => [
    `/account/passkeys/${id}`,
    { method: 'DELETE' },
  ]);
