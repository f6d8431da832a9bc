import type { publication } from '@gongkai/api/contract';
import type { Publication } from '@gongkai/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import { useConfirmed } from '../session/step-up.tsx';
import { call } from './request.ts';

export type View = z.infer<typeof publication.publicationView>;
export type Line = z.infer<typeof publication.publicationLine>;
export type Page = z.infer<typeof publication.publicationPage>;
export type Edit = z.infer<typeof publication.editPublication>;
export type Changed = z.infer<typeof publication.changed>;
export type Create = z.infer<typeof publication.createPublication>;
export type Filters = { state?: string; column?: string; q?: string; mine?: boolean };

/** Whether a machine is at work on it, so that the screen should look again soon. */
export const underWay = (item: Publication, now: number): boolean => {
  if (item.state === 'rendering' || item.state === 'gating') return true;
  if (item.state === 'scheduled')
    return item.publishedAt === undefined || Date.parse(item.publishedAt) - now < 60_000;
  return (
    item.state === 'draft' &&
    item.files.some(({ progress }) => progress !== 'inspected' && progress !== 'refused')
  );
};

/** Milliseconds until the screen looks again; false: only when somebody changes it. */
export const looksAgainAfter = (item: Publication, now: number): number | false => {
  if (underWay(item, now)) return 1_200;
  // Its hour comes by the server's clock, which this browser's may be behind: without asking nobody here would see it come.
  return item.state === 'scheduled' ? 15_000 : false;
};

export const viewKey = (id: string) => ['publication', id] as const;

export const usePublication = (id: string) =>
  useQuery({
    queryKey: viewKey(id),
    queryFn: () => call<View>(`/publications/${id}`),
    refetchInterval: ({ state }) => (state.data ? looksAgainAfter(state.data.item, Date.now()) : false),
  });

export const queryOf = (filters: Filters, cursor?: string): string => {
  const query = new URLSearchParams();
  if (filters.state) query.set('state', filters.state);
  if (filters.column) query.set('column', filters.column);
  if (filters.q) query.set('q', filters.q);
  if (filters.mine) query.set('mine', 'true');
  if (cursor) query.set('cursor', cursor);
  const text = query.toString();
  return text ? `?${text}` : '';
};

export const usePublications = (filters: Filters) =>
  useInfiniteQuery({
    queryKey: ['publications', filters],
    queryFn: ({ pageParam }) => call<Page>(`/publications${queryOf(filters, pageParam)}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
  });

/** After anything that moves a publication: its page, the lists and the person's work are read again. */
export const useRefresh = () => {
  const client = useQueryClient();
  return (id?: string) =>
    Promise.all([
      ...(id === undefined ? [] : [client.invalidateQueries({ queryKey: viewKey(id) })]),
      client.invalidateQueries({ queryKey: ['publications'] }),
      client.invalidateQueries({ queryKey: ['work'] }),
    ]);
};

export const useCreate = () => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (given: Create) => call<Changed>('/publications', { method: 'POST', body: given }),
    onSuccess: () => refresh(),
  });
};

export type Decide = z.infer<typeof publication.decide>;

/** 审查决定 on exactly what was on screen: version and binding go with it. Asks for the password when it is due. */
export const useDecide = (view: View) => {
  const refresh = useRefresh();
  const confirmed = useConfirmed();
  return useMutation({
    mutationFn: (given: Omit<Decide, 'binding'>) =>
      confirmed(() =>
        call<Changed>(`/publications/${view.item.id}/decisions`, {
          method: 'POST',
          version: view.version,
          body: { ...given, binding: view.binding },
        }),
      ),
    onSettled: () => refresh(view.item.id),
  });
};

export type Move = 'recall' | 'withdraw' | 'end-display' | 'discard';

/** 撤回修改、撤回公开、提前下架、作废 */
export const useMove = (view: Pick<View, 'version'> & { item: { id: string } }) => {
  const refresh = useRefresh();
  const confirmed = useConfirmed();
  return useMutation({
    mutationFn: ({ move, body }: { move: Move; body?: z.infer<typeof publication.withdraw> }) =>
      confirmed(() =>
        call<Changed>(`/publications/${view.item.id}/${move}`, {
          method: 'POST',
          version: view.version,
          ...(body ? { body } : {}),
        }),
      ),
    onSettled: () => refresh(view.item.id),
  });
};

export const useDropFile = (view: View) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (file: string) =>
      call<Changed>(`/publications/${view.item.id}/files/${file}`, {
        method: 'DELETE',
        version: view.version,
      }),
    onSettled: () => refresh(view.item.id),
  });
};

export type Places = z.infer<typeof publication.places>;

/** Where words stand in all files, or a table's column below a box. */
export const findPlaces = (id: string, asked: z.infer<typeof publication.findPlaces>): Promise<Places> =>
  call<Places>(`/publications/${id}/places`, { method: 'POST', body: asked });

export const fileUrl = (
  id: string,
  n: number,
  what: 'original' | 'pdf' | 'release' | 'release-ofd' | 'marked',
): string => `/api/publications/${id}/files/${n}/${what}`;
export const sheetUrl = (id: string): string => `/api/publications/${id}/review-sheet`;
