import { degrees, PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { overlap, type Rect, withPdf } from '../pdfium/index.ts';
import { release } from '../release/index.ts';
import { changed, look, plan, stampOf, textOf, typeset } from '../release/specimen.ts';

const stamped = async (pdf: Uint8Array, over: object = {}): Promise<Uint8Array> => {
  const made = await release(pdf, plan({ stamp: { ...stampOf, ...over } }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value.pdf;
};

/** Where the words stand on page 1, in displayed points. */
const where = async (pdf: Uint8Array, words: string): Promise<Rect | undefined> => {
  const [boxes = []] = await look(pdf, (characters) => {
    const visible = characters.filter(({ text }) => text.trim() !== '');
    const start = visible
      .map(({ text }) => text)
      .join('')
      .indexOf(words);
    return start < 0 ? [] : visible.slice(start, start + words.length).map(({ box }) => box);
  });
  if (boxes.length === 0) return undefined;
  return {
    left: Math.min(...boxes.map((it) => it.left)),
    top: Math.min(...boxes.map((it) => it.top)),
    right: Math.max(...boxes.map((it) => it.right)),
    bottom: Math.max(...boxes.map((it) => it.bottom)),
  };
};

const size = async (pdf: Uint8Array): Promise<[number, number]> => {
  const seen = await withPdf(pdf, (open) =>
    open.withPage(1, ({ width, height }) => [width, height] as const),
  );
  return seen.ok && seen.value ? [Math.round(seen.value[0]), Math.round(seen.value[1])] : [0, 0];
};

const lines = (count: number): string =>
  Array.from({ length: count }, (_, i) => `第${i}行财务收支`).join(' \\\n');
const full = 'margin: 20pt, width: 420pt, height: 595pt';

describe('the stamp', () => {
  it('says what the release is, on every page, as text that can be copied', async () => {
    const pages = await textOf(await stamped(typeset('一 #pagebreak() 二'), { validUntil: '2026-12-23' }));
    for (const [i, text] of pages.entries()) {
      expect(text).toContain(
        '索引号000014349/2026-00013发布机构三村镇人民政府公开日期2026-11-23有效期至2026-12-23',
      );
      expect(text).toContain('https://gk.example.gov.cn/v/8K3F-2QXM');
      expect(text).toContain(`第${i + 1}页共2页`);
    }
  });

  it('says only the lines that the policy has, with or without a code to scan', async () => {
    const all = typeset('正文');
    const [some] = await textOf(
      await stamped(all, { lines: ['office', 'page-number'], validUntil: '2026-12-23' }),
    );
    expect(some).toContain('发布机构三村镇人民政府');
    expect(some).toContain('第1页共1页');
    expect(some).not.toMatch(/索引号|公开日期|有效期至|核验/);
    const [plain] = await textOf(await stamped(all, { lines: ['verify'], qr: false }));
    expect(plain).toContain('访问https://gk.example.gov.cn/v/8K3F-2QXM核验本件');
    expect(plain).not.toMatch(/扫码|页共/);
    expect((await stamped(all, { qr: false })).length).toBeLessThan((await stamped(all)).length - 500);
  });

  it.each([0, 90, 180, 270])('stands upright at the foot of a page turned by %i°', async (rotation) => {
    const pdf = await changed(typeset('正文', 'margin: 90pt, width: 420pt, height: 595pt'), (document) => {
      document.getPage(0).setCropBox(10, 20, 390, 560);
      document.getPage(0).setRotation(degrees(rotation));
    });
    const out = await stamped(pdf);
    const [width, height] = await size(out);
    expect([width, height]).toEqual(rotation % 180 === 0 ? [390, 560] : [560, 390]);
    const at = await where(out, '索引号');
    expect(at?.left).toBeCloseTo(28, 0);
    expect(at && at.right - at.left).toBeGreaterThan(15); // along the line, not across it
    expect(at && height - at.bottom).toBeLessThan(45);
    expect(at && height - at.bottom).toBeGreaterThan(12);
  });

  it('goes to the head when the foot is taken', async () => {
    const out = await stamped(
      typeset(`#place(bottom)[页脚]`, 'margin: (top: 90pt, rest: 20pt), width: 420pt, height: 595pt'),
    );
    expect(await size(out)).toEqual([420, 595]);
    expect((await where(out, '索引号'))?.bottom).toBeLessThan(46);
  });

  it('makes the paper longer when there is no room, and moves or covers nothing', async () => {
    const pdf = typeset(`#place(top)[页眉] #place(bottom)[页脚]`, full);
    const out = await stamped(pdf);
    expect(await size(out)).toEqual([420, 645]);
    for (const words of ['页眉', '页脚']) {
      const [before, after] = [await where(pdf, words), await where(out, words)];
      expect(after?.top).toBeCloseTo(before?.top ?? -1, 1);
    }
    expect((await where(out, '索引号'))?.top).toBeGreaterThan(595);
  });

  it.each([90, 180, 270])(
    'makes a page turned by %i° longer at the side that is its foot',
    async (rotation) => {
      const pdf = await changed(
        typeset(
          `#place(top)[页眉] #place(bottom)[页脚] #place(horizon + left)[左] #place(horizon + right)[右]`,
          full,
        ),
        (document) => document.getPage(0).setRotation(degrees(rotation)),
      );
      const [width, height] = await size(pdf);
      const out = await stamped(pdf);
      expect(await size(out)).toEqual([width, height + 50]);
      expect((await where(out, '索引号'))?.top).toBeGreaterThan(height);
    },
  );

  it('does not bring to light what stood outside of the visible page', async () => {
    const pdf = await changed(typeset(lines(24), full), (document) =>
      document.getPage(0).setCropBox(0, 300, 420, 295),
    );
    const before = await withPdf(pdf, (open) => open.withPage(1, (page) => page.render(1)));
    const after = await withPdf(await stamped(pdf), (open) => open.withPage(1, (page) => page.render(1)));
    if (!before.ok || !after.ok || !before.value || !after.value) throw new Error('no picture');
    expect(after.value.height).toBe(345);
    // The lines begin 20 pt from the left, the strip 28 pt: between them nothing may show on the added paper.
    const { data, width, height } = after.value;
    for (let y = 296; y < height; y++)
      for (let x = 18; x < 27; x++) expect(data[(y * width + x) * 4]).toBe(255);
  });

  it('keeps clear of a scan, told by its pixels', async () => {
    const scan = await changed(typeset(''), async (document) => {
      const [page] = await document.embedPdf(typeset(`#place(bottom)[扫描件页脚]`, full));
      if (page !== undefined) document.getPage(0).drawPage(page);
    });
    const out = await stamped(scan);
    const [foot, stamp] = [await where(out, '扫描件页脚'), await where(out, '索引号')];
    expect(foot && stamp && overlap(foot, stamp)).toBe(false);
    expect(stamp?.top).toBeLessThan(40); // at the head
  });

  it('is drawn where it should be even after content that leaves its graphics state behind', async () => {
    const pdf = await changed(typeset('正文'), (document) => {
      const page = document.getPage(0);
      const contents = document.context.register(
        document.context.stream('q 0.1 0 0 0.1 50 50 cm Q Q q 3 0 0 3 0 0 cm q'),
      );
      page.node.addContentStream(contents);
    });
    expect((await where(await stamped(pdf), '索引号'))?.left).toBeCloseTo(28, 0);
  });

  it('is small: a page of text grows by less than 30 kB', async () => {
    const pdf = typeset(lines(20));
    expect((await stamped(pdf)).length - pdf.length).toBeLessThan(30_000);
  });

  it('shares its drawing among the pages', async () => {
    const growth = async (pages: number): Promise<number> => {
      const pdf = typeset(Array.from({ length: pages }, (_, i) => `第${i}页`).join('\n#pagebreak()\n'));
      return (await stamped(pdf)).length - pdf.length;
    };
    expect(((await growth(51)) - (await growth(1))) / 50).toBeLessThan(700);
  });

  it('keeps pages of different sizes apart', async () => {
    const pdf = typeset('甲 #page(width: 842pt, height: 420pt)[乙] #page(width: 200pt, height: 300pt)[丙]');
    const out = await stamped(pdf);
    expect((await PDFDocument.load(out)).getPages().map((it) => Math.round(it.getWidth()))).toEqual([
      420, 842, 200,
    ]);
    const ends = await look(out, (characters) => Math.max(...characters.map(({ box }) => box.right)));
    for (const [i, end] of ends.entries()) expect(end).toBeLessThan([420, 842, 200][i] ?? 0);
  });
});
