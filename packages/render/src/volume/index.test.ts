import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BoundEntry, firstPages, type VolumePlan } from '@gongkai/core';
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFString,
} from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decoded } from '../layer/index.ts';
import { withPdf } from '../pdfium/index.ts';
import { changed, textOf, typeset } from '../release/specimen.ts';
import { compileTypst } from '../typst/index.ts';
import { bindVolume } from './index.ts';
import { inWords, setSheets } from './sheets.ts';

const name = (text: string): PDFName => PDFName.of(text);
const folder = mkdtempSync(join(tmpdir(), 'gongkai-volume-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Given = Partial<BoundEntry> & {
  readonly pdfs?: readonly Uint8Array[];
  readonly pages?: readonly number[];
};

let made = 0;
/** Binds what is given; the first page of the numbered ones is where `front` ends. */
const bind = async (given: readonly Given[], over: Partial<VolumePlan> = {}) => {
  const files: string[] = [];
  const entries: BoundEntry[] = [];
  for (const [n, { pdfs = [], pages, ...more }] of given.entries()) {
    const held = await Promise.all(
      pdfs.map(async (pdf, i) => {
        const path = join(folder, `release-${made++}.pdf`);
        writeFileSync(path, pdf);
        files.push(path);
        const sha256 = createHash('sha256').update(pdf).digest('hex');
        return { sha256, pages: pages?.[i] ?? (await PDFDocument.load(pdf)).getPageCount() };
      }),
    );
    entries.push({
      title: `第${n + 1}份文件`,
      documentNumber: `三政公〔2026〕${n + 1}号`,
      indexNumber: `000000035/2026-0000${n + 1}`,
      office: '三村镇人民政府',
      column: '财务公开栏',
      generatedOn: '2026-02-01',
      publishedOn: '2026-03-01',
      standing: 'public',
      notice: '',
      code: '7Q2M9X4K8R5T3W6P',
      files: held,
      ...more,
    });
  }
  const first = firstPages(entries);
  const plan: VolumePlan = {
    office: '三村镇人民政府',
    title: '2026年政府信息公开文件汇编',
    scope: '财务公开栏',
    createdAt: '2026-12-31T00:00:00.000Z',
    volume: 1,
    of: 1,
    entries,
    index: entries.flatMap(({ title, documentNumber, office }, n) =>
      title === '' ? [] : [{ title, documentNumber, office, volume: 1, page: first[n] ?? 1 }],
    ),
    ...over,
  };
  const output = join(folder, `volume-${made++}.pdf`);
  const bound = await bindVolume({ plan, files, output });
  return { bound, output, plan, files };
};

const bytesOf = async (given: readonly Given[], over: Partial<VolumePlan> = {}): Promise<Uint8Array> => {
  const { bound, output } = await bind(given, over);
  if (!bound.ok) throw new Error(JSON.stringify(bound.error));
  return readFileSync(output);
};

/** Where every link of a page leads: a position in the file, from 0, or an address. */
const linksOf = (document: PDFDocument, at: number): (number | string)[] => {
  const refs = document.getPages().map(({ ref }) => ref);
  const place = (target: PDFObject | undefined): number =>
    target instanceof PDFArray ? refs.map(String).indexOf(String(target.get(0))) : -2;
  const annotations = document.getPage(at).node.lookup(name('Annots'));
  if (!(annotations instanceof PDFArray)) return [];
  return annotations.asArray().flatMap((one): (number | string)[] => {
    const link = document.context.lookup(one);
    if (!(link instanceof PDFDict)) return [];
    const action = link.lookup(name('A'));
    const uri = action instanceof PDFDict ? action.lookup(name('URI')) : undefined;
    return uri instanceof PDFString ? [uri.decodeText()] : [place(link.lookup(name('Dest')))];
  });
};

type Bookmark = { title: string; page: number; under: Bookmark[] };
const bookmarksOf = (document: PDFDocument): Bookmark[] => {
  const refs = document.getPages().map(({ ref }) => ref);
  const read = (first: PDFObject | undefined): Bookmark[] => {
    const found: Bookmark[] = [];
    for (let at = first; at instanceof PDFDict; at = at.lookup(name('Next'))) {
      const [title, target] = [at.lookup(name('Title')), at.lookup(name('Dest'))];
      found.push({
        title: title instanceof PDFHexString ? title.decodeText() : '',
        page: target instanceof PDFArray ? refs.map(String).indexOf(String(target.get(0))) : -1,
        under: read(at.lookup(name('First'))),
      });
    }
    return found;
  };
  const outlines = document.catalog.lookup(name('Outlines'));
  return outlines instanceof PDFDict ? read(outlines.lookup(name('First'))) : [];
};

const set = (source: string): Uint8Array => {
  const pdf = compileTypst({
    source: `#set text(font: "Noto Serif SC", lang: "zh")\n${source}`,
    createdAt: new Date(0),
    standard: 'a-2a',
  });
  if (!pdf.ok) throw new Error(JSON.stringify(pdf.error));
  return pdf.value;
};

const withLinks = set(`#set document(title: "有链接的文件")
#set page(width: 420pt, height: 595pt)
= 第一章 <a>
#link(<b>)[看第二章] #link("https://www.gov.cn/")[中国政府网]
#pagebreak()
= 第二章 <b>
#link(<a>)[回第一章]`);
const plainText = typeset('甲文件的第一页 #pagebreak() 甲文件的第二页');

describe('a bound volume', () => {
  let volume: Uint8Array;
  let document: PDFDocument;
  let texts: string[];
  beforeAll(async () => {
    volume = await bytesOf([
      { title: '甲文件', pdfs: [plainText, typeset('甲文件的附件')], office: '三村镇财政所' },
      {
        title: '',
        documentNumber: '',
        standing: 'withdrawn',
        endedOn: '2026-04-01',
        notice: '因数据有误撤回。',
      },
      {
        title: '乙文件',
        pdfs: [withLinks],
        column: '事务公开栏',
        standing: 'expired',
        endedOn: '2026-03-20',
      },
    ]);
    document = await PDFDocument.load(volume);
    texts = await textOf(volume);
  }, 60_000);

  it('has cover, contents, a sheet before each document, the documents, and the index', () => {
    expect(texts.map((text) => text.slice(0, 24))).toEqual([
      expect.stringContaining('三村镇人民政府2026年政府信息公开文件汇编'),
      expect.stringMatching(/^目录序号文号题名公开日期备注页号/),
      expect.stringContaining('第1件甲文件'),
      expect.stringContaining('甲文件的第一页'),
      expect.stringContaining('甲文件的第二页'),
      expect.stringContaining('甲文件的附件'),
      expect.stringContaining('第2件（已撤回，不再提供）'),
      expect.stringContaining('第3件乙文件'),
      expect.stringContaining('第一章'),
      expect.stringContaining('第二章'),
      expect.stringContaining('索引'),
    ]);
    expect(texts[0]).toContain('全一卷');
    expect(texts[0]).toContain('3件，其中1件已撤回，只列目录');
    expect(texts[0]).toContain('其中1件在编制时已停止公开');
  });

  it('numbers its pages from the first sheet to the end of the index, without a gap', () => {
    expect(texts.slice(0, 2).join('')).not.toMatch(/总第\d/);
    expect(texts.slice(2).map((text) => /总第(\d+)页/.exec(text)?.[1])).toEqual(
      texts.slice(2).map((_, n) => String(n + 1)),
    );
    const labels = document.catalog.lookup(name('PageLabels'));
    expect(String(labels).replace(/\s+/g, ' ')).toContain('2 << /S /D /St 1 >>');
  });

  it('leads from contents and index to the sheet of each document', () => {
    expect(texts[1]).toContain('财务公开栏1三政公〔2026〕1号甲文件2026.03.011');
    expect(texts[1]).toContain('事务公开栏3三政公〔2026〕3号乙文件2026.03.01公开期满6');
    // Title and number of each line.
    expect(new Set(linksOf(document, 1))).toEqual(new Set([2, 6, 7]));
    expect(new Set(linksOf(document, 10))).toEqual(new Set([2, 7]));
    expect(texts[10]).toMatch(
      /一、按发布机构三村镇财政所甲文件1三村镇人民政府乙文件6二、按文号三政公〔2026〕1号1三政公〔2026〕3号6/,
    );
  });

  it("keeps the documents' own links: to their own pages, where those are now, and to the web", () => {
    expect(linksOf(document, 8)).toEqual([9, 'https://www.gov.cn/']);
    expect(linksOf(document, 9)).toEqual([8]);
  });

  it("has bookmarks by column and document, with the documents' own below", () => {
    expect(bookmarksOf(document)).toEqual([
      { title: '封面', page: 0, under: [] },
      { title: '目录', page: 1, under: [] },
      {
        title: '财务公开栏',
        page: 2,
        under: [
          {
            title: '甲文件',
            page: 2,
            under: [
              { title: '正文', page: 3, under: [] },
              { title: '附件 1', page: 5, under: [] },
            ],
          },
          { title: '（已撤回）000000035/2026-00002', page: 6, under: [] },
        ],
      },
      {
        title: '事务公开栏',
        page: 7,
        under: [
          {
            title: '乙文件',
            page: 7,
            under: [
              {
                title: '正文',
                page: 8,
                under: [
                  { title: '第一章', page: 8, under: [] },
                  { title: '第二章', page: 9, under: [] },
                ],
              },
            ],
          },
        ],
      },
      { title: '索引', page: 10, under: [] },
    ]);
  });

  it('lists what was withdrawn with its notice and since when', () => {
    expect(texts[6]).toContain('索引号000000035/2026-00002');
    expect(texts[6]).toContain('已撤回（2026年4月1日）');
    expect(texts[6]).toContain('因数据有误撤回。');
  });

  it('has the tags of all its parts in one tree, each page pointing to its own', () => {
    const root = document.catalog.lookup(name('StructTreeRoot'));
    const parents = root instanceof PDFDict ? root.lookup(name('ParentTree')) : undefined;
    const nums = parents instanceof PDFDict ? parents.lookup(name('Nums')) : undefined;
    if (!(nums instanceof PDFArray)) throw new Error('no parent tree');
    const keys = nums.asArray().flatMap((one, n) => (n % 2 === 0 ? [Number(String(one))] : []));
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
    expect(new Set(keys).size).toBe(keys.length);
    for (const page of document.getPages()) {
      const key = Number(String(page.node.get(name('StructParents'))));
      const elements = document.context.lookup(nums.asArray()[keys.indexOf(key) * 2 + 1]);
      // Whatever the element of the page's first piece is, it says that it stands on this very page.
      const element = elements instanceof PDFArray ? elements.lookup(0) : undefined;
      expect(element instanceof PDFDict && element.lookup(name('Type'))).toBe(name('StructElem'));
      const stands = JSON.stringify(String(element)).includes(String(page.ref));
      expect(stands).toBe(true);
    }
  });

  it('keeps every tag of every part, in order, with its pieces', async () => {
    /** `S` of each element, its pieces as numbers, what it holds. */
    const shape = (document: PDFDocument, object: PDFObject | undefined): unknown => {
      const at = object instanceof PDFRef ? document.context.lookup(object) : object;
      if (at instanceof PDFArray) return at.asArray().map((one) => shape(document, one));
      if (!(at instanceof PDFDict)) return String(at);
      const kids = at.get(name('K'));
      const type = String(at.get(name('Type')));
      return [
        type === '/OBJR' || type === '/MCR' ? type : String(at.get(name('S'))),
        kids && shape(document, kids),
      ];
    };
    const { bound, output, plan } = await bind([{ title: '乙文件', pdfs: [withLinks] }]);
    expect(bound.ok).toBe(true);
    const document = await PDFDocument.load(readFileSync(output));
    const root = document.catalog.lookup(name('StructTreeRoot'));
    const whole = root instanceof PDFDict ? root.lookup(name('K')) : undefined;
    const parts = whole instanceof PDFDict ? whole.lookup(name('K')) : undefined;
    if (!(parts instanceof PDFArray)) throw new Error('no parts');
    const sheets = setSheets(plan);
    if (!sheets.ok) throw new Error(sheets.error.code);
    const { front, separators, back } = sheets.value;
    for (const [n, pdf] of [front, separators, withLinks, back].entries()) {
      const own = await PDFDocument.load(pdf);
      const before = own.catalog.lookup(name('StructTreeRoot'));
      const part = parts.lookup(n);
      if (!(before instanceof PDFDict && part instanceof PDFDict)) throw new Error('no tags');
      const was = shape(own, before.get(name('K')));
      expect(JSON.stringify(was).length).toBeGreaterThan(100);
      expect(shape(document, part.get(name('K')))).toEqual(was);
    }
  });

  it('shows each page of a document as it was, but for the number in its corner', async () => {
    const pictures = async (pdf: Uint8Array, from: number, count: number) => {
      const seen = await withPdf(pdf, (open) =>
        Array.from({ length: count }, (_, n) => open.withPage(from + n, (page) => page.render(1))),
      );
      if (!seen.ok) throw new Error(seen.error.code);
      return seen.value;
    };
    const [before, after] = [await pictures(withLinks, 1, 2), await pictures(volume, 9, 2)];
    for (const [n, was] of before.entries()) {
      const is = after[n];
      if (!was || !is) throw new Error('no picture');
      expect([is.width, is.height]).toEqual([was.width, was.height]);
      let inCorner = 0;
      for (let at = 0; at < was.data.length; at += 4) {
        if (was.data[at] === is.data[at]) continue;
        const [x, y] = [(at / 4) % was.width, Math.floor(at / 4 / was.width)];
        // 页号 7 is a front (right), 8 a back (left).
        expect(y < 30 && (n === 0 ? x > was.width - 100 : x < 100)).toBe(true);
        inCorner += 1;
      }
      expect(inCorner).toBeGreaterThan(20);
    }
  });

  it('says which PDF/A-2 all its parts are, and nothing where one is none', async () => {
    const claim = async (pdf: Uint8Array) => {
      const { catalog } = await PDFDocument.load(pdf);
      const packet = Buffer.from(decoded(catalog.lookup(name('Metadata'))) ?? []).toString();
      return [/pdfaid:part>2<.*conformance>(.)</s.exec(packet)?.[1], catalog.has(name('OutputIntents'))];
    };
    expect(await claim(volume)).toEqual(['B', true]);
    expect(await claim(await bytesOf([{ pdfs: [withLinks] }]))).toEqual(['A', true]);
    const untold = await changed(plainText, ({ catalog }) => catalog.delete(name('Metadata')));
    expect(await claim(await bytesOf([{ pdfs: [plainText] }, { pdfs: [untold] }]))).toEqual([
      undefined,
      true,
    ]);
  });
});

describe('binding', () => {
  it('gives the same bytes for the same releases', async () => {
    const [first, second] = [await bytesOf([{ pdfs: [withLinks] }]), await bytesOf([{ pdfs: [withLinks] }])];
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it('refuses other bytes than those that passed the gate, and other pages than were counted', async () => {
    const { plan, files } = await bind([{ pdfs: [plainText] }]);
    writeFileSync(files[0] ?? '', withLinks);
    expect(await bindVolume({ plan, files, output: join(folder, 'no-1.pdf') })).toEqual({
      ok: false,
      error: { code: 'bytes-changed' },
    });
    expect((await bind([{ pdfs: [plainText], pages: [3] }])).bound).toMatchObject({
      error: { code: 'damaged' },
    });
  });

  it('makes the paper longer where no corner is free, and covers nothing', async () => {
    const full = typeset(
      '#place(top + left, rect(width: 420pt, height: 595pt, fill: luma(40%)))',
      'margin: 0pt, width: 420pt, height: 595pt',
    );
    const volume = await bytesOf([{ pdfs: [full] }]);
    const page = (await PDFDocument.load(volume)).getPage(3);
    expect(page.getMediaBox()).toMatchObject({ width: 420, height: 595 + 24 });
    expect((await textOf(volume))[3]).toContain('总第2页');
  });

  it.each([0, 90, 180, 270])(
    'sets the number upright into the head corner of a page turned by %s°',
    async (rotation) => {
      const turned = await changed(typeset('正文'), (document) =>
        document.getPage(0).node.set(name('Rotate'), document.context.obj(rotation)),
      );
      const volume = await bytesOf([{ pdfs: [turned] }]);
      const seen = await withPdf(volume, (open) =>
        open.withPage(4, (page) => ({
          width: page.width,
          letters: page.characters().filter(({ text }) => '总第2页'.includes(text)),
        })),
      );
      const letters = (seen.ok ? seen.value?.letters : undefined) ?? [];
      expect(letters.map(({ text }) => text).join('')).toBe('总第2页');
      for (const [n, { box }] of letters.entries()) {
        expect(box.top).toBeGreaterThan(8);
        expect(box.bottom).toBeLessThan(30);
        expect(box.left).toBeGreaterThanOrEqual(letters[n - 1]?.box.right ?? 28);
      }
    },
  );

  it('keeps one sheet before each document, whatever was typed and however many files it has', async () => {
    const one = typeset('附件');
    const volume = await bytesOf([
      { title: '很长的标题'.repeat(60), pdfs: Array.from({ length: 30 }, () => one) },
      { title: '', standing: 'withdrawn', notice: '撤回公告'.repeat(500) },
    ]);
    expect((await textOf(volume)).at(-2)).toContain('第2件');
  });

  it('takes no form field and no signature along: those hold for the release', async () => {
    const signed = await changed(plainText, (document) => {
      const widget = document.context.obj({
        Type: 'Annot',
        Subtype: 'Widget',
        FT: 'Sig',
        Rect: [0, 0, 0, 0],
      });
      document.getPage(0).node.set(name('Annots'), document.context.obj([document.context.register(widget)]));
      document.catalog.set(name('AcroForm'), document.context.obj({ Fields: [] }));
    });
    const bound = await PDFDocument.load(await bytesOf([{ pdfs: [signed] }]));
    expect(bound.getPage(3).node.has(name('Annots'))).toBe(false);
    expect(bound.catalog.has(name('AcroForm'))).toBe(false);
  });

  it('finds named places, and drops a link that leads nowhere', async () => {
    const named = await changed(plainText, (document) => {
      const { context } = document;
      const link = (Dest: PDFObject) =>
        context.register(context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], Dest }));
      const [first, second] = document.getPages();
      first?.node.set(
        name('Annots'),
        context.obj([link(PDFString.of('there')), link(PDFString.of('nowhere'))]),
      );
      const Names = [PDFString.of('there'), context.obj([second?.ref ?? PDFRef.of(1), name('Fit')])];
      document.catalog.set(name('Names'), context.obj({ Dests: { Names } }));
    });
    expect(linksOf(await PDFDocument.load(await bytesOf([{ pdfs: [named] }])), 3)).toEqual([4]);
  });

  it('tells the other volumes where it may be found: 卷次 and 页号', async () => {
    const index = [
      { title: '甲', documentNumber: '三政公〔2026〕9号', office: '三村镇人民政府', volume: 1, page: 1 },
      { title: '乙', documentNumber: '三政公〔2026〕10号', office: '三村镇人民政府', volume: 12, page: 34 },
    ];
    const texts = await textOf(await bytesOf([{ pdfs: [plainText] }], { of: 12, index }));
    expect(texts[0]).toContain('第一卷（共十二卷）');
    expect(texts.at(-1)).toContain('三政公〔2026〕9号卷一·1三政公〔2026〕10号卷十二·34');
  });
});

it('writes 卷次 in words', () => {
  expect([1, 9, 10, 11, 20, 35, 99, 100].map(inWords)).toEqual([
    '一',
    '九',
    '十',
    '十一',
    '二十',
    '三十五',
    '九十九',
    '100',
  ]);
});
