import type { dictionary } from '@gongkai/api/contract';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import { useConfirmed } from '../session/step-up.tsx';
import { call } from './request.ts';

export type Dictionary = z.infer<typeof dictionary.dictionary>;
export type AddWord = z.input<typeof dictionary.addWord>;
export type AddAllowance = z.infer<typeof dictionary.addAllowance>;
export type Trials = z.infer<typeof dictionary.trials>;
export type TrialView = z.infer<typeof dictionary.trialView>;

export const useDictionary = () =>
  useQuery({ queryKey: ['dictionary'], queryFn: () => call<Dictionary>('/dictionary') });

/** A change on the version that is on the screen; where somebody was faster, the list is read again. */
const useChange = <Given>(
  ask: (given: Given) => [method: 'POST' | 'DELETE', path: string, body?: unknown],
) => {
  const client = useQueryClient();
  const confirmed = useConfirmed();
  return useMutation({
    mutationFn: (given: Given) => {
      const [method, path, body] = ask(given);
      const version = client.getQueryData<Dictionary>(['dictionary'])?.version ?? 0;
      return confirmed(() => call<unknown>(path, { method, body, version }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['dictionary'] }),
  });
};
export const useAddWord = () => useChange<AddWord>((body) => ['POST', '/dictionary/words', body]);
export const useRemoveWord = () => useChange<string>((id) => ['DELETE', `/dictionary/words/${id}`]);
export const useAllow = () => useChange<AddAllowance>((body) => ['POST', '/dictionary/allowances', body]);
export const useDisallow = () => useChange<string>((id) => ['DELETE', `/dictionary/allowances/${id}`]);

const soon = 2_000;

export const useTrials = () =>
  useQuery({
    queryKey: ['trials'],
    queryFn: () => call<Trials>('/dictionary/trials'),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'running') ? soon : false),
  });

export const useTryWords = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (words: z.infer<typeof dictionary.tryWords>['words']) =>
      call<{ id: string }>('/dictionary/trials', { method: 'POST', body: { words } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['trials'] }),
  });
};

/** `seen`: how far the trial was when the list was read, so that the hits are read again as it goes on. */
export const useTrial = (id: string, seen: number) =>
  useInfiniteQuery({
    queryKey: ['trial', id, seen],
    queryFn: ({ pageParam }) =>
      call<TrialView>(
        `/dictionary/trials/${id}${pageParam ? `?cursor=${encodeURIComponent(pageParam)}` : ''}`,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
  });
