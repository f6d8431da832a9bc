import type { Search, SearchEntry, SearchHit } from '@gongkai/core';
import { describe, expect, it } from 'vitest';

const entry = (id: string, more: Partial<SearchEntry> = {}): SearchEntry => ({
  id,
  title: '通知',
  body: '',
  documentNumber: '',
  indexNumber: '',
  office: '三村镇人民政府',
  column: '法定主动公开内容',
  theme: '财政',
  genre: '通知',
  publishedOn: '2026-02-10',
  status: '有效',
  ...more,
});

const plain = (cut: SearchHit['title']): string => cut.map(({ text }) => text).join('');
const marked = (cut: SearchHit['title']): string[] => cut.filter(({ hit }) => hit).map(({ text }) => text);

/** What every Search adapter must do. `make` gives an empty one. */
export const searchContract = (name: string, make: () => Promise<Search>): void => {
  describe(`search contract: ${name}`, () => {
    const filled = async (...entries: readonly SearchEntry[]) => {
      const search = await make();
      for (const one of entries) await search.put(one);
      const find = async (...query: Parameters<Search['query']>) =>
        (await search.query(...query)).hits.map(({ id }) => id);
      return { search, find };
    };

    it('finds words of two characters anywhere in title and body, and only there', async () => {
      const { find } = await filled(
        entry('title', { title: '关于2026年部门预算公开的通知' }),
        entry('body', { body: '现将本级预算编制情况公布如下。' }),
        entry('end', { body: '附件：财政预算' }),
        entry('apart', { body: '预计算出' }),
        entry('reversed', { body: '算预' }),
      );
      expect((await find('预算')).sort()).toEqual(['body', 'end', 'title']);
      expect(await find('决算')).toEqual([]);
    });

    it('finds longer words as they stand, not their characters scattered', async () => {
      const { find } = await filled(
        entry('exact', { body: '农村危房改造补助资金' }),
        entry('scattered', { body: '农村的危房，改造之后补助到位，资金已付' }),
      );
      expect(await find('危房改造补助')).toEqual(['exact']);
      expect((await find('危房 补助')).sort()).toEqual(['exact', 'scattered']);
    });

    it('finds single characters, first and last of a run too', async () => {
      const { find } = await filled(
        entry('first', { body: '税收' }),
        entry('last', { body: '个人所得税。' }),
        entry('alone', { body: '（税）' }),
        entry('none', { body: '水费' }),
      );
      expect((await find('税')).sort()).toEqual(['alone', 'first', 'last']);
    });

    it('finds rare characters of names and places', async () => {
      const { find } = await filled(entry('rare', { body: '𠮷家村、䶮山、〇五号' }), entry('other'));
      for (const word of ['𠮷家', '䶮山', '䶮', '〇五', '𠮷']) expect(await find(word)).toEqual(['rare']);
    });

    it('finds a document number with any brackets, full width or half, and by its parts', async () => {
      const { find } = await filled(
        entry('eight', { documentNumber: '政办发〔2026〕8号', indexNumber: '11640000/2026-00008' }),
        entry('eighteen', { documentNumber: '政办发〔2026〕18号' }),
        entry('other', { documentNumber: '财办发〔2025〕8号' }),
      );
      for (const typed of [
        '政办发〔2026〕8号',
        '政办发[2026]8号',
        '政办发【2026】8号',
        '政办发（２０２６）８号',
        '〔2026〕8号',
        '政办发〔2026〕8',
        '11640000/2026-00008',
        '2026-00008',
      ]) {
        expect(await find(typed), typed).toEqual(['eight']);
      }
      expect((await find('政办发')).sort()).toEqual(['eight', 'eighteen']);
      expect((await find('8号')).sort()).toEqual(['eight', 'other']);
    });

    it('takes Latin words whole, without regard to case or width', async () => {
      const { find } = await filled(
        entry('pdf', { body: '请下载 PDF 文件，执行GB/T 9704标准' }),
        entry('other', { body: 'pdfs' }),
      );
      for (const typed of ['pdf', 'ＰＤＦ', 'Gb/t 9704', 'GB/T9704标准'.replace('T9', 'T 9')]) {
        expect(await find(typed), typed).toEqual(['pdf']);
      }
      expect(await find('970')).toEqual([]);
    });

    it('reads on over the line ends that PDF text has inside words', async () => {
      const { find } = await filled(entry('wrapped', { body: '关于进一步加强财\n政资金管理' }));
      expect(await find('财政资金')).toEqual(['wrapped']);
    });

    it('ranks hits in titles and numbers before hits in bodies', async () => {
      const { find } = await filled(
        entry('body', { body: '低保'.repeat(50), publishedOn: '2026-06-01' }),
        entry('title', { title: '关于调整城乡居民最低生活保障（低保）标准的通知'.repeat(3) }),
        entry('body2', { body: '低保一次' }),
      );
      expect((await find('低保'))[0]).toBe('title');
      expect(await find('低保', { limit: 3 })).toHaveLength(3);
    });

    it('needs every word, in title or body', async () => {
      const { find } = await filled(
        entry('both', { title: '高龄津贴', body: '发放名单' }),
        entry('one', { title: '高龄津贴' }),
      );
      expect(await find('津贴 名单')).toEqual(['both']);
    });

    it('cuts titles and snippets into plain pieces with the hits marked', async () => {
      const { search } = await filled(
        entry('a', {
          title: '<b>预算</b>公开',
          body: `${'前文。'.repeat(100)}本年度预算总额，政办发〔2026〕8号，PDF。${'后文。'.repeat(100)}`,
        }),
      );
      const [hit] = (await search.query('预算 政办发[2026]8号 pdf')).hits;
      if (hit === undefined) throw new Error('nothing found');
      expect(plain(hit.title)).toBe('<b>预算</b>公开');
      expect(marked(hit.title)).toEqual(['预算']);
      expect(marked(hit.snippet)).toEqual(['预算', '政办发〔2026〕8号', 'PDF']);
      expect(plain(hit.snippet)).toContain('本年度预算总额');
      expect(plain(hit.snippet).length).toBeLessThan(200);
    });

    it('shows the beginning of the body when only the title matched', async () => {
      const { search } = await filled(
        entry('a', { title: '预算', body: '各村民委员会：' }),
        entry('b', { title: '预算' }),
      );
      const { hits } = await search.query('预算');
      expect(hits.map(({ snippet }) => plain(snippet)).sort()).toEqual(['', '各村民委员会：']);
    });

    it('filters, counts every facet with the other filters standing, and gives the total', async () => {
      const { search } = await filled(
        entry('a', { body: '预算', office: '甲', publishedOn: '2025-01-01' }),
        entry('b', { body: '预算', office: '甲', publishedOn: '2026-01-01' }),
        entry('c', { body: '预算', office: '乙', publishedOn: '2026-01-01' }),
        entry('d', { body: '别的', office: '甲' }),
      );
      const open = await search.query('预算');
      expect(open.total).toBe(3);
      expect(open.facets.office).toEqual([
        { value: '甲', count: 2 },
        { value: '乙', count: 1 },
      ]);
      const filtered = await search.query('预算', { filters: { office: '甲', year: '2026' } });
      expect(filtered.hits.map(({ id }) => id)).toEqual(['b']);
      expect(filtered.total).toBe(1);
      expect(filtered.facets.year).toEqual([
        { value: '2025', count: 1 },
        { value: '2026', count: 1 },
      ]);
      expect(filtered.facets.office).toEqual([
        { value: '乙', count: 1 },
        { value: '甲', count: 1 },
      ]);
      expect((await search.query('预算', { filters: { office: '丙' } })).total).toBe(0);
    });

    it('pages to the end without losing or repeating any, across titles and bodies', async () => {
      const ids = Array.from({ length: 23 }, (_, n) => `n${n}`);
      const { search } = await filled(
        ...ids.map((id, n) => entry(id, n % 3 === 0 ? { title: `预算${n}` } : { body: `第${n}项预算` })),
      );
      for (const limit of [1, 5, 8, 100]) {
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await search.query('预算', { limit, ...(cursor === undefined ? {} : { cursor }) });
          expect(page.total).toBe(23);
          expect(page.hits.length).toBeLessThanOrEqual(limit);
          found.push(...page.hits.map(({ id }) => id));
          cursor = page.cursor;
        } while (cursor !== undefined);
        expect(found.slice(0, 8).every((id) => Number(id.slice(1)) % 3 === 0)).toBe(true);
        expect(found.toSorted()).toEqual(ids.toSorted());
      }
    });

    it('lists everything, newest first, when no words are given', async () => {
      const { find } = await filled(
        entry('old', { publishedOn: '2024-01-01' }),
        entry('new', { publishedOn: '2026-01-01' }),
        entry('mid', { publishedOn: '2025-01-01', office: '乙' }),
      );
      expect(await find('')).toEqual(['new', 'mid', 'old']);
      expect(await find('  ', { filters: { office: '乙' } })).toEqual(['mid']);
    });

    it('puts again what changed, once however often', async () => {
      const { search, find } = await filled(entry('a', { title: '预算', office: '甲' }));
      for (let times = 0; times < 3; times += 1)
        await search.put(entry('a', { title: '决算', office: '乙' }));
      expect(await find('预算')).toEqual([]);
      const answer = await search.query('决算');
      expect(answer.total).toBe(1);
      expect(answer.facets.office).toEqual([{ value: '乙', count: 1 }]);
      expect(await search.suggest('预')).toEqual([]);
    });

    it('removes wholly, and forgives removing twice', async () => {
      const { search, find } = await filled(entry('a', { title: '预算' }), entry('b', { title: '预算' }));
      await search.remove('a');
      await search.remove('a');
      await search.remove('unknown');
      expect(await find('预算')).toEqual(['b']);
      expect(await find('')).toEqual(['b']);
      expect((await search.query('预算')).total).toBe(1);
      await search.put(entry('a', { title: '预算' }));
      expect((await find('预算')).sort()).toEqual(['a', 'b']);
    });

    it('survives whatever people type', async () => {
      const { search } = await filled(entry('a', { title: '预算 OR "引号" AND (括号) NEAR/2 title: * ^ -' }));
      const odd = [
        '"',
        "'",
        '*',
        'a*b',
        'title:预算',
        '(',
        ') OR (',
        'NOT',
        'NEAR(a b)',
        '-',
        '^x',
        '\u0000',
        '%',
        '？！',
        '\ud800',
      ];
      for (const words of [...odd, '预'.repeat(5_000), 'a '.repeat(5_000)]) {
        await expect(search.query(words)).resolves.toBeDefined();
        await expect(search.suggest(words)).resolves.toBeDefined();
      }
      expect((await search.query('？！')).total).toBe(0);
      expect((await search.query('title:预算')).total).toBe(0);
      expect((await search.query('预算', { cursor: 'nonsense' })).hits).toHaveLength(1);
    });

    it('suggests titles by what was typed so far, those that begin with it first, each once', async () => {
      const { search } = await filled(
        entry('a', { title: '关于预算的通知', publishedOn: '2026-03-01' }),
        entry('b', { title: '预算公开目录', publishedOn: '2025-01-01' }),
        entry('c', { title: '预算公开目录', publishedOn: '2024-01-01' }),
        entry('d', { title: 'Budget report 2026', body: '预算' }),
      );
      expect(await search.suggest('预算')).toEqual(['预算公开目录', '关于预算的通知']);
      expect(await search.suggest('预')).toEqual(['预算公开目录', '关于预算的通知']);
      expect(await search.suggest('预算', 1)).toEqual(['预算公开目录']);
      expect(await search.suggest('budg')).toEqual(['Budget report 2026']);
      expect(await search.suggest('')).toEqual([]);
    });
  });
};
