import type { Office } from '../commands/office.ts';
import { noWords } from '../dictionary/index.ts';
import { machine } from '../people/index.ts';
import type { Message } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';
import { ok } from '../refusal/index.ts';
import { dayOf, everyone, markPublished, replaceBy, visible } from '../release/index.ts';
import { load, update } from '../repository/index.ts';
import { retain } from './retain.ts';

/**
 * 发布: the record catches up with the clock. Early (scheduled for later) it does nothing: the sweep sends this
 * message again when the hour has come, and until then `visible()` hides it, after that it shows it in any case.
 */
export const publish = async (office: Office, message: Message): Promise<void> => {
  const startedAt = office.clock.now();
  const before = (await load(office, message.subject))?.item;
  const due =
    before?.state === 'scheduled' && before.publishedAt !== undefined && startedAt >= before.publishedAt;
  // Before the record says so: what is marked as published is locked already.
  const retainedUntil = due ? await retain(office, before) : undefined;
  const outcome = await update(office, message.subject, machine('publish'), (item, now) => {
    if (item.state !== 'scheduled' || item.publishedAt === undefined || now < item.publishedAt)
      return ok(undefined);
    const next = markPublished(item, now);
    if (!next.ok) return next;
    const spent = Date.parse(now) - Date.parse(startedAt);
    return ok({
      action: 'publication.published',
      details: {
        files: item.pass?.files ?? [],
        ...(item.pass?.ofds ? { ofds: item.pass.ofds } : {}),
        publishedAt: item.publishedAt,
        until: item.until ?? 'long-term',
        ...(retainedUntil === undefined ? {} : { retainedUntil }),
      },
      item: { ...next.value, timing: { ...item.timing, publish: (item.timing.publish ?? 0) + spent } },
      follow: [{ type: 'index' }, { type: 'notify', payload: { person: item.maker, about: 'published' } }],
    });
  });
  if (!outcome.ok) throw new Error(outcome.error.code);
  const { item } = outcome.value;
  if (item.replaces !== undefined && visible(item, everyone, office.clock.now()) === 'visible')
    await replace(office, item.replaces, item.id);
};

const replace = async (office: Office, old: string, successor: string): Promise<void> => {
  const outcome = await update(office, old, machine('publish'), (item, now) => {
    if (item.state !== 'published' && item.state !== 'scheduled') return ok(undefined);
    const next = replaceBy(item, successor, now);
    if (!next.ok) return next;
    return ok({
      action: 'publication.replaced',
      details: { successor },
      item: next.value,
      follow: [{ type: 'index' }],
    });
  });
  if (!outcome.ok && outcome.error.code !== 'not-found') throw new Error(outcome.error.code);
};

/** The text of the releases, for search: from the release's own inspection, never from the original's. */
const releasedText = async (office: Office, item: Publication): Promise<string> => {
  const texts: string[] = [];
  for (const sha256 of item.pass?.files ?? []) {
    const seen = await office.inspector.inspect({ area: 'vault', sha256 }, noWords);
    if (!seen.ok) throw new Error(seen.error.code);
    texts.push(...seen.value.pages.map((page) => page.text));
  }
  return texts.join('\n');
};

/** 索引: in while it is visible, out when it is not. Search only proposes; `visible()` decides again at each hit. */
export const index = async (office: Office, message: Message): Promise<void> => {
  const loaded = await load(office, message.subject);
  if (!loaded) return;
  const { item } = loaded;
  if (visible(item, everyone, office.clock.now()) !== 'visible') return office.search.remove(item.id);
  const { metadata } = item;
  await office.search.put({
    id: item.id,
    title: metadata.title,
    body: `${metadata.summary}\n${await releasedText(office, item)}`,
    documentNumber: metadata.documentNumber,
    indexNumber: item.numbers?.indexNumber ?? '',
    office: metadata.office,
    column: metadata.column,
    theme: metadata.theme,
    genre: metadata.genre,
    publishedOn: dayOf(item.publishedAt ?? item.since),
    status: metadata.validity,
  });
};
