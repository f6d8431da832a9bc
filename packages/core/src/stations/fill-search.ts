import * as z from 'zod';
import type { Office } from '../commands/office.ts';
import { outboxWrite } from '../outbox/index.ts';
import type { Message, Write } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';
import { everyone, visible } from '../release/index.ts';
import { audited, keys, listBare } from '../repository/index.ts';
import { taskAudit } from './audit-duties.ts';

/** An index that can be told from another one that was made in its place; undefined while there is none. */
export interface KnownIndex {
  generation(): Promise<string | undefined>;
}

/** Which index was filled, or how far it is. */
const mark = z.object({ index: z.string(), cursor: z.string().optional(), done: z.boolean() });
const noIndex = 'none';

const pageLength = 50;
/** 500 items a minute: what people do meanwhile is not held up. */
const pagesAtOnce = 10;

const indexing = (office: Pick<Office, 'clock' | 'ids'>, item: Publication): Write => {
  const now = office.clock.now();
  const message: Message = {
    id: office.ids.next('msg'),
    type: 'index',
    version: 1,
    subject: item.id,
    payload: {},
    occurredAt: now,
    causationId: 'fill-search',
    correlationId: item.correlationId,
  };
  return outboxWrite(message, now);
};

/**
 * Sends everything that ever was public to be indexed again, when the index that is there is not the one that was filled:
 * after a change of engine, an upgrade, a loss. A few pages at a time, each with how far it is in one commit, so that it
 * goes on where it was killed; two at once do the work once. What is no longer visible is taken out of the index on the
 * way. Returns how many were sent.
 */
export const fillSearch = async (
  given: Pick<Office, 'records' | 'clock' | 'ids'>,
  known: KnownIndex,
): Promise<number> => {
  const office = audited(given, taskAudit['fill-search']);
  let sent = 0;
  const there = await known.generation();
  for (let page = 0; page < pagesAtOnce; page += 1) {
    const row = await office.records.get(keys.searchFilled);
    const before = row && mark.parse(row.data);
    const index = there ?? noIndex;
    if (before?.index === index && before.done) return sent;
    const from = before?.index === index ? before.cursor : undefined;
    const { items, cursor } = await listBare(office, {
      index: 'recent',
      partition: 'public',
      limit: pageLength,
      ...(from === undefined ? {} : { cursor: from }),
    });
    const all = items.map(({ item }) => item);
    // The first entry makes the index and gives it its name; the rest follows when there is one.
    const now = office.clock.now();
    const wanted = there ? all : all.filter((item) => visible(item, everyone, now) === 'visible').slice(0, 1);
    if (there === undefined && wanted.length === 0 && cursor === undefined) return sent;
    const next = {
      index,
      ...(cursor === undefined ? {} : { cursor }),
      done: cursor === undefined || (there === undefined && wanted.length > 0),
    };
    const outcome = await office.records.commit([
      { kind: 'put', key: keys.searchFilled, data: next, expect: row?.version ?? 'absent' },
      ...wanted.map((item) => indexing(office, item)),
    ]);
    // Somebody else fills it at this moment.
    if (!outcome.ok) return sent;
    sent += wanted.length;
  }
  return sent;
};
