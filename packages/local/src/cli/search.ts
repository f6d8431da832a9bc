import { dayOf, everyone, load, visible } from '@gongkai/core';
import { type Command, WrongUse } from './command.ts';
import { withHost } from './with-host.ts';

export const search: Command = {
  name: 'search',
  usage: 'search 预算 [--limit 10]',
  zh: '检索已公开的文件',
  en: 'searches what is public',
  options: { limit: { type: 'string' } },
  run: (given) => {
    const words = given.words.join(' ');
    if (!words.trim()) throw new WrongUse('要检索什么？ / search for what?');
    const limit = Number(given.value('limit') ?? 10);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw new WrongUse('--limit 1–100');
    return withHost(given, async ({ office }) => {
      const { hits } = await office.search.query(words, { limit });
      const found = [];
      for (const hit of hits) {
        const loaded = await load(office, hit.id);
        // The index only proposes.
        if (!loaded || visible(loaded.item, everyone, office.clock.now()) !== 'visible') continue;
        const { item } = loaded;
        found.push({
          id: item.id,
          title: item.metadata.title,
          documentNumber: item.metadata.documentNumber,
          indexNumber: item.numbers?.indexNumber ?? '',
          publishedOn: dayOf(item.publishedAt ?? item.since),
          url: `${office.publicUrl}/item/${item.id}`,
          snippet: hit.snippet.map((piece) => piece.text).join(''),
        });
      }
      given.say(
        { ok: true, hits: found },
        found.length === 0
          ? '没有找到。 / Nothing found.'
          : found.map(
              ({ title, publishedOn, url, snippet }) =>
                `${publishedOn}  ${title}\n    ${snippet.replace(/\s+/g, ' ')}\n    ${url}`,
            ),
      );
      return 0;
    });
  },
};
