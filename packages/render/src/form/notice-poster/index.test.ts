import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { withPdf } from '../../pdfium/index.ts';
import { composeForm, type FormData } from '../index.ts';

const at = new Date('2026-11-04T01:00:00.000Z');
type Poster = FormData['notice-poster'];
type Item = Poster['boards'][number]['items'][number];

const item = (n: number, more: Partial<Item> = {}): Item => ({
  title: `2026年第${n}批惠农补贴资金发放明细公示`,
  documentNumber: `三政公〔2026〕${n}号`,
  office: '三村镇人民政府',
  indexNumber: `000000035/2026-${String(n).padStart(5, '0')}`,
  publishedOn: '2026-11-03',
  lastDay: '2026-11-18',
  url: `https://sancun.example.gov.cn/item/pub_${n}`,
  ...more,
});
const poster = (more: Partial<Poster> = {}): Poster => ({
  paper: 'a3',
  office: '三村镇人民政府',
  heading: '公示栏',
  phone: '2976300',
  site: 'https://sancun.example.gov.cn',
  madeAt: at.toISOString(),
  boards: [{ name: '公示栏', items: [item(1), item(2, { lastDay: undefined })] }],
  ...more,
});

const made = (data: Poster): Uint8Array => {
  const pdf = composeForm('notice-poster', data, at);
  if (!pdf.ok) throw new Error(JSON.stringify(pdf.error));
  return pdf.value;
};

/** Each page: its size in millimetres, its text, and what a telephone's camera reads on it. */
const seen = async (data: Poster) => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  await prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer },
    fireImmediately: true,
  });
  const pages = await withPdf(made(data), (pdf) =>
    Array.from({ length: pdf.pages }, (_, i) =>
      pdf.withPage(i + 1, (page) => ({
        millimetres: [page.width, page.height].map((points) => Math.round((points / 72) * 25.4)),
        text: page
          .characters()
          .map(({ text }) => text)
          .join('')
          .replace(/\s/g, ''),
        picture: page.render(1.5),
      })),
    ).flatMap((page) => page ?? []),
  );
  if (!pages.ok) throw new Error(JSON.stringify(pages.error));
  return Promise.all(
    pages.value.map(async ({ picture: { width, height, data }, ...page }) => ({
      ...page,
      codes: (
        await readBarcodes(
          { data: new Uint8ClampedArray(data), width, height } as Parameters<typeof readBarcodes>[0],
          {
            formats: ['QRCode'],
            maxNumberOfSymbols: 20,
          },
        )
      )
        .map(({ text }) => text)
        .sort(),
    })),
  );
};

describe('the poster', () => {
  it('says what, from when to when, whom to ring, and leads to each document by a code that a camera reads', async () => {
    const [page] = await seen(poster());
    for (const words of [
      '三村镇人民政府公示栏',
      '监督电话2976300',
      '三政公〔2026〕1号',
      '公示期：2026年11月3日至2026年11月18日',
      '2026年11月3日起长期公开',
      '最早的一件公示至2026年11月18日，次日请更换本页',
      '2026-11-0409:00正在公开',
    ])
      expect(page?.text).toContain(words);
    expect(page?.codes).toEqual([
      'https://sancun.example.gov.cn/item/pub_1',
      'https://sancun.example.gov.cn/item/pub_2',
    ]);
  });

  it.each([
    ['a4', [210, 297]],
    ['a3', [297, 420]],
    ['a2', [420, 594]],
  ] as const)('is %s when that is asked for', async (paper, millimetres) => {
    expect((await seen(poster({ paper })))[0]?.millimetres).toEqual(millimetres);
  });

  it('hangs the three boards side by side, an empty one with a sentence, and runs on with their names on every page', async () => {
    const boards = [
      { name: '财务公开栏', items: Array.from({ length: 14 }, (_, n) => item(n + 1)) },
      { name: '规费收缴公开栏', items: [] },
      { name: '事务公开栏', items: [item(20)] },
    ];
    const pages = await seen(poster({ heading: '政务公开栏', boards }));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      expect(page.millimetres).toEqual([420, 297]);
      for (const { name } of boards) expect(page.text).toContain(name);
    }
    expect(pages[0]?.text).toContain('目前没有正在公示的内容');
    expect(pages.flatMap(({ codes }) => codes)).toHaveLength(15);
  });

  it('puts more than three boards on further pages', async () => {
    const boards = Array.from({ length: 7 }, (_, n) => ({ name: `第${n + 1}栏`, items: [item(n + 1)] }));
    const pages = await seen(poster({ boards }));
    expect(pages.map(({ codes }) => codes.length)).toEqual([3, 3, 1]);
  });

  it('takes what people typed as text, the longest title too', async () => {
    const title = `#panic("x") *加粗* ${'很长的标题'.repeat(50)}`;
    const [page] = await seen(poster({ boards: [{ name: '公示栏', items: [item(1, { title })] }] }));
    expect(page?.text).toContain('#panic("x")*加粗*很长的标题');
  });

  it('has the same bytes for the same items', () => {
    expect(Buffer.compare(made(poster()), made(poster()))).toBe(0);
  });
});
