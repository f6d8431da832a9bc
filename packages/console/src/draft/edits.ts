import type { Publication } from '@gongkai/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { type Changed, type Edit, useRefresh, type View, viewKey } from '../api/publications.ts';
import { call, isProblem } from '../api/request.ts';

/** A change as a function of what stands there, so that it can be made again on newer content. */
export type Change = (item: Publication) => Edit;

/** A change that met a newer version; `settle` tells whoever made it how it ended. */
type Waiting = { readonly change: Change; readonly settle: (done: boolean) => void };

export type Edits = {
  /** Whether it went through, at once or made again on newer content. */
  readonly apply: (change: Change) => Promise<boolean>;
  readonly busy: boolean;
  /** Why the last change did not go through. */
  readonly error: unknown;
  /** Set when somebody else changed it meanwhile: the changes that wait to be made again. */
  readonly stale: readonly Waiting[];
  /** Looks at the newest content and makes the waiting changes on it. */
  readonly again: () => Promise<void>;
  readonly dismiss: () => void;
  /** Counts how often changes were given up: what shows them begins anew. */
  readonly dropped: number;
};

/** What the change will look like, shown before the server has answered. */
const preview = (view: View, edit: Edit): View => {
  const { dispositions, publishAt: _, ...plain } = edit;
  const answered = { ...view.item.dispositions };
  for (const [id, answer] of Object.entries(dispositions ?? {})) {
    if (answer === null) delete answered[id];
    else answered[id] = { ...answer, person: '', at: new Date().toISOString() };
  }
  const item = { ...view.item, dispositions: answered } as Publication;
  for (const [key, value] of Object.entries(plain))
    if (value !== undefined) Object.assign(item, { [key]: value });
  return { ...view, item };
};

/**
 * Changes to a draft, sent one after the other, each against the version that the one before left behind: quick
 * clicks never collide with themselves. Another person's change stops the line and loses nothing.
 */
export const useEdits = (id: string): Edits => {
  const client = useQueryClient();
  const refresh = useRefresh();
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const [pending, setPending] = useState(0);
  const [error, setError] = useState<unknown>();
  const [stale, setStale] = useState<readonly Waiting[]>([]);
  const [dropped, setDropped] = useState(0);

  const send = useCallback(
    async (change: Change): Promise<'done' | 'refused' | 'stale'> => {
      const view = client.getQueryData<View>(viewKey(id));
      if (!view) return 'refused';
      const body = change(view.item);
      await client.cancelQueries({ queryKey: viewKey(id) });
      client.setQueryData(viewKey(id), preview(view, body));
      try {
        const { version } = await call<Changed>(`/publications/${id}`, {
          method: 'PATCH',
          version: view.version,
          body,
        });
        client.setQueryData<View>(viewKey(id), (now) => now && { ...now, version });
        setError(undefined);
        return 'done';
      } catch (refused) {
        client.setQueryData(viewKey(id), view);
        setError(refused);
        return isProblem(refused, 'changed-meanwhile') ? 'stale' : 'refused';
      }
    },
    [client, id],
  );

  const apply = useCallback(
    (change: Change): Promise<boolean> => {
      setPending((n) => n + 1);
      const sent = line.current.then(() => send(change));
      line.current = sent.finally(() => {
        setPending((n) => {
          // The last of a row: binding, findings and what may be done come fresh from the server.
          if (n === 1) void refresh(id);
          return n - 1;
        });
      });
      return sent.then((outcome) =>
        outcome === 'stale'
          ? new Promise<boolean>((settle) => setStale((waiting) => [...waiting, { change, settle }]))
          : outcome === 'done',
      );
    },
    [send, refresh, id],
  );

  const again = async () => {
    await client.refetchQueries({ queryKey: viewKey(id) });
    const waiting = stale;
    setStale([]);
    setError(undefined);
    for (const { change, settle } of waiting) settle(await apply(change));
  };

  const dismiss = () => {
    for (const { settle } of stale) settle(false);
    setDropped((n) => n + 1);
    setStale([]);
    setError(undefined);
    void refresh(id);
  };

  return { apply, busy: pending > 0, error, stale, again, dismiss, dropped };
};
