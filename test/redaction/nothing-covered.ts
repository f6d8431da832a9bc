import { placeSeals, type ReleasePlan } from '@gongkai/core';
import { PDFDocument } from 'pdf-lib';
import { withPdf } from '../../packages/render/src/pdfium/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { plan, stampOf } from '../../packages/render/src/release/specimen.ts';

/** How a document with strip, watermark, seals on every page and edges compares with the same without them. */
export type Compared = {
  readonly pages: number;
  /** Share of pixels that were ink and are another in the red channel: something was covered, or moved. */
  readonly covered: number;
  /** Share of pixels that are lighter. */
  readonly lighter: number;
  /** Share of pixels beside the strips that became dark in the red channel: black where only red or pale may come. */
  readonly strange: number;
  /** Pages whose text, beside the strips, is another or stands elsewhere. */
  readonly otherText: readonly number[];
  /** Whether it has as many links, page by page, and the same bookmarks. */
  readonly sameLinks: boolean;
};

const most = 4;
/** Points: an inch. Less is a picture of a page, and no strip is looked for on it. */
const smallest = 72;
const office = '三村镇人民政府';

type Seen = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly text: readonly { readonly text: string; readonly x: number; readonly y: number }[];
};

const see = async (pdf: Uint8Array, pages: number, scales: readonly number[]): Promise<Seen[]> => {
  const seen = await withPdf(pdf, (open) =>
    Array.from({ length: Math.min(pages, open.pages) }, (_, i) =>
      open.withPage(i + 1, (page) => ({
        ...page.render(scales[i] ?? 1),
        text: page.characters().map(({ text, box }) => ({ text, x: box.left, y: box.top })),
      })),
    ),
  );
  if (!seen.ok) throw new Error(seen.error.code);
  return seen.value.filter((it) => it !== undefined);
};

const sizes = async (pdf: Uint8Array) => {
  const seen = await withPdf(pdf, (open) =>
    Array.from({ length: open.pages }, (_, i) =>
      open.withPage(i + 1, ({ width, height }) => ({ page: i + 1, width, height })),
    ),
  );
  return seen.ok ? seen.value.filter((it) => it !== undefined) : [];
};

/** Links of each page, and the titles of the bookmarks. */
const links = async (pdf: Uint8Array): Promise<string> => {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const counts = document.getPages().map(({ node }) => node.Annots()?.size() ?? 0);
  const titles = document.context
    .enumerateIndirectObjects()
    .flatMap(([, it]) => /\/Title ?(<[^>]*>|\([^)]*\))/.exec(it.toString())?.[1] ?? []);
  return JSON.stringify([counts, titles.sort()]);
};

/** Why it was refused, where it was, with or without stamps. */
export const compareStamped = async (pdf: Uint8Array): Promise<Compared | string> => {
  const bare = await release(pdf, plan({}));
  if (!bare.ok) return bare.error.code;
  const pages = await sizes(bare.value.pdf);
  if (pages.some(({ width, height }) => Math.min(width, height) < smallest)) return 'smaller than paper';
  const { edges } = placeSeals({
    seal: { enabled: true, emblem: 'star', diameterMm: 42, otherwise: 'nowhere', paging: true },
    office,
    pages,
    signOffs: [],
    covered: [],
  });
  const whole = pages.slice(0, most).map(({ page, width, height }) => {
    const diameter = Math.min(119, width, height);
    const [x, y] = [(width - diameter) * 0.6, (height - diameter) * 0.6];
    return { x, y, diameter, shown: { page, x, y, width: diameter, height: diameter } };
  });
  const over: Partial<ReleasePlan> = {
    stamp: stampOf,
    watermark: '征求意见稿',
    seal: { name: office, emblem: 'star', impressions: [...whole, ...edges] },
  };
  const made = await release(pdf, plan(over));
  if (!made.ok) return made.error.code;
  const again = await release(pdf, plan(over));
  if (!again.ok || Buffer.compare(again.value.pdf, made.value.pdf) !== 0) return 'not the same bytes';
  // A release may be longer by a strip: both are drawn at one scale.
  const scales = pages.map(({ width, height }) => Math.min(1, Math.sqrt(2_000_000 / (width * height))));
  const before = await see(bare.value.pdf, most, scales);
  const after = await see(made.value.pdf, most, scales);
  let [covered, lighter, strange, all] = [0, 0, 0, 1];
  const otherText: number[] = [];
  for (const [i, one] of before.entries()) {
    const other = after[i];
    if (other === undefined) return 'a page is missing';
    const scale = scales[i] ?? 1;
    const room = Math.ceil(60 * Math.max(1, one.width / scale / 1200) * scale);
    const kept = other.text.filter(({ y }) => y >= 0);
    const had = new Set(kept.map(({ text, x, y }) => `${text} ${Math.round(x)} ${Math.round(y)}`));
    const near = ({ text, x, y }: Seen['text'][number]): boolean =>
      [0, -1, 1].some((dx) =>
        [0, -1, 1].some((dy) => had.has(`${text} ${Math.round(x) + dx} ${Math.round(y) + dy}`)),
      );
    if (!one.text.every(near)) otherText.push(i + 1);
    for (let y = 0; y < Math.min(one.height, other.height); y++)
      for (let x = 0; x < one.width; x++) {
        all++;
        const [a, b] = [(y * one.width + x) * 4, (y * other.width + x) * 4];
        const [was, is] = [one.data[a] ?? 0, other.data[b] ?? 0];
        if (is > was + 12) lighter++;
        const ink = Math.min(was, one.data[a + 1] ?? 0, one.data[a + 2] ?? 0) < 160;
        if (ink && Math.abs(is - was) > 0.14 * was + 12) covered++;
        const strip = y < room || y > one.height - room;
        if (!strip && is < 0.86 * was - 12) strange++;
      }
  }
  const sameLinks = (await links(bare.value.pdf)) === (await links(made.value.pdf));
  return {
    pages: before.length,
    sameLinks,
    covered: covered / all,
    lighter: lighter / all,
    strange: strange / all,
    otherText,
  };
};
