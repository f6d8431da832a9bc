import { fillSearch, highlight, phrasesOf, type SearchEntry } from '@gongkai/core';
import { drain, testOffice } from '@gongkai/core/memory';
import { SqliteSearch } from '@gongkai/embedded';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntheticEntries, syntheticQueries } from '../../packages/embedded/bench/synthetic.ts';
import { notRun } from '../not-run.ts';
import { approveBy, defaultPolicy, draftWith, first, maker, second } from '../scenario/office-at-work.ts';
import { noOpenSearch, openSearchNode } from './opensearch-node.ts';
import { searchContract } from './search-contract.ts';

const entry = (id: string, title: string, body = ''): SearchEntry => ({
  id,
  title,
  body,
  documentNumber: '',
  indexNumber: '',
  office: '',
  column: '',
  theme: '',
  genre: '',
  publishedOn: '2026-02-10',
  status: '',
});

describe.skipIf(notRun(noOpenSearch !== undefined, 'search on OpenSearch', noOpenSearch ?? ''))(
  'search on OpenSearch',
  () => {
    const node = openSearchNode();

    searchContract('OpenSearch 2.19', async () => node.impatient(node.newIndex()));

    it('answers as the embedded index does: the same hits, the same counts, titles before bodies', async () => {
      const index = node.newIndex();
      const search = node.open(index);
      const embedded = await SqliteSearch.open(':memory:');
      const entries = [...syntheticEntries(300)];
      for (const one of entries) {
        embedded.putAll([one]);
        await search.put(one);
      }
      await node.ask('POST', `${index}/_refresh`);
      const inTitle = (answer: Awaited<ReturnType<typeof search.query>>) =>
        answer.hits.filter(({ score }) => score === 1_000).map(({ id }) => id);
      for (const words of [
        ...[...syntheticQueries(entries.slice(0, 20))].map(([, asked]) => asked),
        ...'公预税，',
        '财政 2020',
      ]) {
        const [here, there] = [
          await embedded.query(words, { limit: 100 }),
          await search.query(words, { limit: 100 }),
        ];
        expect([there.total, there.facets], words).toEqual([here.total, here.facets]);
        expect(inTitle(there).toSorted(), words).toEqual(inTitle(here).toSorted());
        expect(there.hits.slice(0, inTitle(there).length).every(({ score }) => score === 1_000)).toBe(true);
      }
      embedded.close();
    }, 120_000);

    it('finds a text exactly when its hits can be marked in it', async () => {
      const index = node.newIndex();
      const search = node.open(index);
      const text = fc.string({ unit: fc.constantFrom('预', '算', '编', '、', '2', 'a', ' '), maxLength: 8 });
      const bodies = fc.sample(text, { numRuns: 60, seed: 7 });
      for (const [n, body] of bodies.entries()) await search.put(entry(`n${n}`, '', body));
      await node.ask('POST', `${index}/_refresh`);
      for (const words of fc.sample(
        fc.string({ unit: fc.constantFrom('预', '算', '编', '、'), minLength: 1, maxLength: 3 }),
        {
          numRuns: 60,
          seed: 8,
        },
      )) {
        const phrases = phrasesOf(words);
        if (phrases.length !== 1) continue;
        const expected = bodies.flatMap((body, n) =>
          highlight(body, phrases).some(({ hit }) => hit) ? [`n${n}`] : [],
        );
        const { hits } = await search.query(words, { limit: 100 });
        expect(hits.map(({ id }) => id).toSorted(), words).toEqual(expected.toSorted());
      }
    }, 60_000);

    it('says nothing was found where there is no index yet, and forgives removing from it', async () => {
      const search = node.open(node.newIndex());
      expect(await search.query('预算')).toMatchObject({ hits: [], total: 0, facets: { office: [] } });
      expect(await search.suggest('预')).toEqual([]);
      expect(await search.generation()).toBeUndefined();
      await search.remove('a');
      expect(await search.generation()).toBeUndefined();
    });

    it('makes its index once, whoever comes first, and never with guessed fields', async () => {
      const index = node.newIndex();
      await Promise.all(
        Array.from({ length: 6 }, (_, n) => node.open(index).put(entry(`p${n}`, `决算${n}`))),
      );
      await node.ask('POST', `${index}/_refresh`);
      expect((await node.open(index).query('决算')).total).toBe(6);
      const mapping = (await (await node.ask('GET', `${index}/_mapping`)).json()) as Record<
        string,
        { mappings: { properties: Record<string, unknown> } }
      >;
      expect(mapping[index]?.mappings.properties.office).toEqual({ type: 'keyword' });
    });

    it('has another name after it was made anew, so that whoever fills it sees that it is empty', async () => {
      const index = node.newIndex();
      await node.open(index).put(entry('a', '预算'));
      const before = await node.open(index).generation();
      expect(before).toMatch(/^opensearch:.+/);
      expect(await node.open(index).generation()).toBe(before);
      await node.ask('DELETE', index);
      await node.open(index).put(entry('a', '预算'));
      expect(await node.open(index).generation()).not.toBe(before);
    });

    it('takes what PDF text brings: halves of characters, words without end, a book', async () => {
      const index = node.newIndex();
      const search = node.open(index);
      await search.put(entry('half', '预算\ud800', '资金\udc00目标'));
      await search.put(entry('long', '附件', `${'QUJD'.repeat(20_000)} 目标`));
      await search.put(entry('book', '年鉴', `目标${'年鉴。'.repeat(600_000)}`));
      await node.ask('POST', `${index}/_refresh`);
      const found = await search.query('目标');
      expect(found.hits.map(({ id }) => id).toSorted()).toEqual(['book', 'half', 'long']);
    }, 60_000);

    it('pages on while others put: nothing is lost or shown twice', async () => {
      const index = node.newIndex();
      const search = node.open(index);
      for (let n = 0; n < 9; n += 1) await search.put(entry(`a${n}`, '', '预算'));
      await node.ask('POST', `${index}/_refresh`);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await search.query('', { limit: 4, ...(cursor === undefined ? {} : { cursor }) });
        seen.push(...page.hits.map(({ id }) => id));
        cursor = page.cursor;
        // Newer than all: it would push the rest on to a page that was already read.
        await search.put({ ...entry(`b${seen.length}`, '', '预算'), publishedOn: '2026-11-01' });
        await node.ask('POST', `${index}/_refresh`);
      } while (cursor !== undefined);
      expect(seen).toEqual(Array.from({ length: 9 }, (_, n) => `a${n}`));
    });

    it('takes over from the index that an office had: what is public is found, what is no longer is not', async () => {
      const { office, clock } = testOffice(defaultPolicy());
      const publish = async (text: string): Promise<string> => {
        const id = await draftWith(office, [text]);
        await drain(office);
        await approveBy(office, id, maker, first, second);
        await drain(office);
        return id;
      };
      const gone = await publish('关于预算的公告');
      clock.advance(8 * 86_400);
      await drain(office);
      const there = [await publish('关于预算的公告之二'), await publish('关于预算的公告之三')];
      expect((await office.search.query('预算')).total).toBe(2);

      const index = node.newIndex();
      const search = node.impatient(index);
      const moved = { ...office, search };
      expect((await search.query('预算')).total).toBe(0);
      // What the clock does each minute (lambda/clock.ts): the first entry makes the index, then the rest is sent.
      let sent = 0;
      for (let minute = 0; minute < 4; minute += 1) {
        sent += await fillSearch(moved, search);
        expect(await drain(moved)).toEqual([]);
      }
      const { hits } = await search.query('预算');
      expect(hits.map(({ id }) => id).toSorted()).toEqual(there.toSorted());
      expect(hits.map(({ id }) => id)).not.toContain(gone);
      expect(sent).toBeGreaterThanOrEqual(3);
      expect(await fillSearch(moved, search)).toBe(0);
    }, 60_000);

    it('fails aloud when the node does not answer as it should', async () => {
      const index = node.newIndex();
      await node.ask('PUT', index, { mappings: { properties: { words: { type: 'keyword' } } } });
      await expect(node.open(index).put(entry('a', '预算'))).rejects.toThrow('OpenSearch would not put');
    });
  },
);
