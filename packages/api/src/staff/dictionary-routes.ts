import {
  type AuditEvent,
  addAllowance,
  addWord,
  allowanceRoles,
  dictionaryLimits,
  dictionarySubject,
  err,
  holds,
  keys,
  loadDictionary,
  type Office,
  ok,
  type Role,
  refusal,
  removeAllowance,
  removeWord,
  trial,
  trialHit,
  tryWords,
  wordRoles,
} from '@gongkai/core';
import * as z from 'zod';
import { dictionary as contract } from '../contract/index.ts';
import { type Caller, type Route, route } from '../route/index.ts';
import { actorOf } from '../sign-in/index.ts';

const readers: readonly Role[] = [...wordRoles, 'records-officer', 'supervisor'];
const shownChanges = 100;
const shownTrials = 20;
const hitsOfPage = 100;

type Told = { word?: string; kind?: string; value?: string };

const changesOf = async (office: Office) => {
  const { rows } = await office.records.query({
    partition: keys.history(dictionarySubject, '', '').partition,
    descending: true,
    limit: shownChanges,
  });
  return rows.map(({ data }) => {
    const { at, actor, action, details } = data as AuditEvent;
    const entry = (details.entry ?? {}) as Told;
    const words = (details.words ?? []) as string[];
    const about =
      entry.word ?? (entry.value === undefined ? words.join('、') : `${entry.kind} ${entry.value}`);
    return {
      at,
      actor: actor.name,
      action,
      about,
      ...(typeof details.version === 'number' ? { version: details.version } : {}),
    };
  });
};

const viewOf = async (office: Office, caller: Caller) => {
  const [dictionary, changes] = await Promise.all([loadDictionary(office), changesOf(office)]);
  const milder = holds(caller.person, ...allowanceRoles);
  const stricter = holds(caller.person, ...wordRoles);
  return {
    ...dictionary,
    changes,
    may: { addWord: stricter, removeWord: milder, allow: milder, disallow: stricter },
    limits: { words: dictionaryLimits.words, allowances: dictionaryLimits.allowances },
  };
};

const trialOf = async (office: Office, id: string) => {
  const row = await office.records.get(keys.trial(id));
  return row && trial.parse(row.data);
};

const trialView = async (office: Office, id: string, cursor: string | undefined) => {
  const found = await trialOf(office, id);
  if (found === undefined) return err(refusal('not-found'));
  const page = await office.records.query({
    partition: keys.trial(id).partition,
    from: 'hit/',
    to: 'hit0',
    limit: hitsOfPage,
    ...(cursor === undefined ? {} : { cursor }),
  });
  const hits = page.rows.map(({ data }) => {
    const hit = trialHit.parse(data);
    return { ...hit, url: `/console/publications/${hit.publication}` };
  });
  return ok({ trial: found, hits, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) });
};

/** 词典与白名单. What makes inspection milder asks for the password again. */
export const dictionaryRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/dictionary',
    summary: '词典、白名单和变更记录',
    who: readers,
    token: false,
    answer: contract.dictionary,
    run: async ({ office, caller }) => ok(await viewOf(office, caller)),
  }),
  route({
    method: 'POST',
    path: '/dictionary/words',
    summary: '词典加词',
    who: wordRoles,
    token: false,
    version: 'required',
    body: contract.addWord,
    answer: contract.dictionaryChanged,
    audit: ['dictionary.word-added'],
    run: ({ office, caller, body, version }) => addWord(office, actorOf(caller), body, version ?? -1),
  }),
  route({
    method: 'DELETE',
    path: '/dictionary/words/:id',
    summary: '词典删词',
    who: allowanceRoles,
    token: false,
    confirmed: true,
    version: 'required',
    answer: contract.dictionaryChanged,
    audit: ['dictionary.word-removed'],
    run: ({ office, caller, params, version }) =>
      removeWord(office, actorOf(caller), params.id ?? '', version ?? -1),
  }),
  route({
    method: 'POST',
    path: '/dictionary/allowances',
    summary: '列入白名单：确切的值、种类、理由',
    who: allowanceRoles,
    token: false,
    confirmed: true,
    version: 'required',
    body: contract.addAllowance,
    answer: contract.dictionaryChanged,
    audit: ['dictionary.allowed'],
    run: ({ office, caller, body, version }) => addAllowance(office, actorOf(caller), body, version ?? -1),
  }),
  route({
    method: 'DELETE',
    path: '/dictionary/allowances/:id',
    summary: '移出白名单',
    who: wordRoles,
    token: false,
    version: 'required',
    answer: contract.dictionaryChanged,
    audit: ['dictionary.allowance-removed'],
    run: ({ office, caller, params, version }) =>
      removeAllowance(office, actorOf(caller), params.id ?? '', version ?? -1),
  }),
  route({
    method: 'GET',
    path: '/dictionary/trials',
    summary: '试运行的结果，最近的在前',
    who: readers,
    token: false,
    answer: contract.trials,
    run: async ({ office }) => {
      const { rows } = await office.records.query({
        partition: keys.trialListed('', '').partition,
        descending: true,
        limit: shownTrials,
      });
      const ids = rows.map(({ data }) => String((data as { id?: unknown }).id));
      const items = await Promise.all(ids.map((id) => trialOf(office, id)));
      return ok({ items: items.flatMap((one) => one ?? []) });
    },
  }),
  route({
    method: 'POST',
    path: '/dictionary/trials',
    summary: '试运行：在已公开的文件里找这些词，不改动任何文件',
    who: wordRoles,
    token: false,
    body: contract.tryWords,
    answer: contract.trialBegun,
    audit: ['dictionary.tried'],
    run: ({ office, caller, body }) => tryWords(office, actorOf(caller), body.words),
  }),
  route({
    method: 'GET',
    path: '/dictionary/trials/:id',
    summary: '一次试运行：进度和命中的文件',
    who: readers,
    token: false,
    query: z.object({ cursor: z.string().max(500).optional() }),
    answer: contract.trialView,
    run: ({ office, params, query }) => trialView(office, params.id ?? '', query.cursor),
  }),
];
