import {
  createPublication,
  decidePublication,
  discardDraft,
  dropFile,
  editDraft,
  endPublicationDisplay,
  err,
  type Loaded,
  ok,
  publicationsNewestFirst,
  type Refusal,
  type Result,
  recallForEditing,
  refusal,
  state,
  withdrawPublication,
} from '@gongkai/core';
import * as z from 'zod';
import { publication as contract } from '../contract/index.ts';
import { type Call, given, type Route, route } from '../route/index.ts';
import { actorOf } from '../sign-in/index.ts';
import { lineOf } from './line.ts';
import { placesIn } from './places.ts';
import { checkedNotice } from './public-notice.ts';
import { documentRoles, isSeen, seen } from './seen.ts';
import { viewOf } from './view.ts';

const changed = (done: Result<Loaded, Refusal>) =>
  done.ok ? ok({ id: done.value.item.id, version: done.value.version, state: done.value.item.state }) : done;

type Command = (call: Call<undefined, undefined>, id: string) => Promise<Result<Loaded, Refusal>>;

/** A step that needs no words: POST /publications/:id/<step>. */
const step = (name: string, summary: string, action: string, command: Command): Route =>
  route({
    method: 'POST',
    path: `/publications/:id/${name}`,
    summary,
    who: documentRoles,
    token: false,
    version: 'optional',
    answer: contract.changed,
    audit: [action],
    run: async (call) => changed(await command(call, call.params.id ?? '')),
  });

const listQuery = z.object({
  /** One or more states, separated by commas; all without it. */
  state: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(state))
    .optional(),
  column: z.string().optional(),
  mine: z.enum(['true', 'false']).optional(),
  q: z.string().max(200).optional(),
  cursor: z.string().max(200).optional(),
});

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

const list = route({
  method: 'GET',
  path: '/publications',
  summary: '信息列表，最近变动的在前',
  who: documentRoles,
  token: true,
  query: listQuery,
  answer: contract.publicationPage,
  run: async ({ office, caller, query }) => {
    const now = office.clock.now();
    const words = plain(query.q ?? '');
    const page = await publicationsNewestFirst(office, query.state ?? state.options, {
      ...(query.cursor === undefined ? {} : { after: query.cursor }),
      filter: (item) =>
        isSeen(item, caller, now) &&
        (query.column === undefined || item.metadata.column === query.column) &&
        (query.mine !== 'true' || item.maker === caller.person.id) &&
        plain(
          `${item.metadata.title} ${item.metadata.documentNumber} ${item.numbers?.indexNumber ?? ''} ${item.id}`,
        ).includes(words),
    });
    return ok({ ...page, items: page.items.map((loaded) => lineOf(office, loaded, caller)) });
  },
});

export const publicationRoutes: readonly Route[] = [
  list,
  route({
    method: 'POST',
    path: '/publications',
    summary: '新建',
    who: ['maker'],
    token: true,
    body: contract.createPublication,
    recorded: true,
    answer: contract.changed,
    audit: ['publication.created'],
    run: async ({ office, caller, body }) => {
      const { metadata, ...rest } = body;
      const asked = { ...given(rest), ...(metadata ? { metadata: given(metadata) } : {}) };
      return changed(await createPublication(office, actorOf(caller), asked));
    },
  }),
  route({
    method: 'GET',
    path: '/publications/:id',
    summary: '一件信息的全部',
    who: documentRoles,
    token: true,
    answer: contract.publicationView,
    run: async ({ office, caller, params }) => {
      const loaded = await seen(office, caller, params.id ?? '');
      return loaded.ok ? ok(await viewOf(office, loaded.value, caller)) : loaded;
    },
  }),
  route({
    method: 'PATCH',
    path: '/publications/:id',
    summary: '修改草稿',
    who: ['maker'],
    token: true,
    version: 'required',
    body: contract.editPublication,
    recorded: true,
    answer: contract.changed,
    audit: ['draft.edited'],
    run: async ({ office, caller, params, body, version }) =>
      changed(await editDraft(office, actorOf(caller), params.id ?? '', given(body), version)),
  }),
  route({
    method: 'DELETE',
    path: '/publications/:id/files/:file',
    summary: '从草稿中去掉一个文件',
    who: ['maker'],
    token: true,
    version: 'optional',
    answer: contract.changed,
    audit: ['file.removed'],
    run: async ({ office, caller, params, version }) =>
      changed(await dropFile(office, actorOf(caller), params.id ?? '', params.file ?? '', version)),
  }),
  route({
    method: 'POST',
    path: '/publications/:id/decisions',
    summary: '自审、初审、复核、审定的决定（令牌只能自审送审）',
    who: documentRoles,
    token: true,
    version: 'required',
    body: contract.decide,
    recorded: true,
    answer: contract.changed,
    audit: ['decision.approve', 'decision.return', 'decision.refuse', 'publication.stopped'],
    run: async ({ office, caller, params, body, version }) => {
      const loaded = await seen(office, caller, params.id ?? '');
      if (!loaded.ok) return loaded;
      if (loaded.value.version !== version) return err(refusal('changed-meanwhile'));
      // Submitting one's own draft is no review. Everything else asks who sits there; a token cannot answer.
      const confirmed = caller.session !== undefined && caller.session.confirmedUntil > office.clock.now();
      if (loaded.value.item.state !== 'draft' && !confirmed) return err(refusal('reauthentication-needed'));
      return changed(await decidePublication(office, caller.actor, params.id ?? '', given(body), version));
    },
  }),
  route({
    method: 'POST',
    path: '/publications/:id/places',
    summary: '一个词在各文件里的每一处，或表格的一整列，供遮盖',
    who: documentRoles,
    token: true,
    body: contract.findPlaces,
    answer: contract.places,
    audit: { none: 'it only looks' },
    run: async ({ office, caller, params, body }) => {
      const loaded = await seen(office, caller, params.id ?? '');
      return loaded.ok ? placesIn(office, loaded.value.item, body) : loaded;
    },
  }),
  step('recall', '撤回修改', 'publication.recalled', ({ office, caller, version }, id) =>
    recallForEditing(office, actorOf(caller), id, version),
  ),
  step('discard', '作废草稿', 'publication.discarded', ({ office, caller, version }, id) =>
    discardDraft(office, actorOf(caller), id, version),
  ),
  step('end-display', '公示期满后下架', 'publication.ended', ({ office, caller, version }, id) =>
    endPublicationDisplay(office, actorOf(caller), id, version),
  ),
  route({
    method: 'POST',
    path: '/publications/:id/withdraw',
    summary: '撤回已公开的信息，留下公告',
    who: documentRoles,
    token: false,
    version: 'optional',
    body: contract.withdraw,
    recorded: true,
    answer: contract.changed,
    audit: ['publication.withdrawn'],
    run: async ({ office, caller, params, body, version }) => {
      // Without words it is refused below, as ever.
      const blank = body.reason.trim() === '' || body.notice.trim() === '';
      const words = blank ? ok(body) : await checkedNotice(office, body);
      if (!words.ok) return words;
      return changed(
        await withdrawPublication(office, actorOf(caller), params.id ?? '', words.value, version),
      );
    },
  }),
];
