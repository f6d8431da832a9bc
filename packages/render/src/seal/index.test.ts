import type { Impression } from '@gongkai/core';
import { degrees } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { type Picture, withPdf } from '../pdfium/index.ts';
import { release } from '../release/index.ts';
import { changed, plan, stampOf, textOf, typeset } from '../release/specimen.ts';

const DIAMETER = 120;
const own = { name: '三村镇人民政府', code: '3300000035012', emblem: 'star' } as const;
const whole = (x: number, y: number, page = 1): Impression => ({
  x,
  y,
  diameter: DIAMETER,
  shown: { page, x, y, width: DIAMETER, height: DIAMETER },
});

const made = async (pdf: Uint8Array, over: object): Promise<Uint8Array> => {
  const out = await release(pdf, plan(over));
  if (!out.ok) throw new Error(JSON.stringify(out.error));
  return out.value.pdf;
};
const drawn = async (pdf: Uint8Array, scale = 2): Promise<Picture[]> => {
  const seen = await withPdf(pdf, (open) =>
    Array.from({ length: open.pages }, (_, i) => open.withPage(i + 1, (page) => page.render(scale))),
  );
  if (!seen.ok) throw new Error(seen.error.code);
  return seen.value.filter((it) => it !== undefined);
};
const channel = ({ width, data }: Picture, x: number, y: number, which: number): number =>
  data[(y * width + x) * 4 + which] ?? -1;

const body = Array.from(
  { length: 24 },
  (_, i) => `第${i + 1}条　财务收支情况每月公开一次，接受群众监督。`,
).join('\n\n');
const full = typeset(body, 'margin: 30pt, width: 420pt, height: 595pt');

describe('a drawn seal', () => {
  it.each([0, 90, 180, 270])(
    'lies upright on a page turned by %i°, inside its place, and changes nothing but green and blue',
    async (rotation) => {
      const pdf = await changed(full, (document) => {
        document.getPage(0).setCropBox(10, 20, 390, 560);
        document.getPage(0).setRotation(degrees(rotation));
      });
      const [before] = await drawn(await made(pdf, {}));
      const [after] = await drawn(await made(pdf, { seal: { ...own, impressions: [whole(150, 180)] } }));
      if (before === undefined || after === undefined) throw new Error('no picture');
      expect([after.width, after.height]).toEqual([before.width, before.height]);
      let [inked, red, lighter, reach] = [0, 0, 0, 0];
      for (let y = 0; y < after.height; y++)
        for (let x = 0; x < after.width; x++) {
          red = Math.max(red, Math.abs(channel(after, x, y, 0) - channel(before, x, y, 0)));
          const more = channel(before, x, y, 1) - channel(after, x, y, 1);
          lighter = Math.max(lighter, -more);
          if (more <= 40) continue;
          inked++;
          reach = Math.max(reach, Math.hypot(x / 2 - 150 - DIAMETER / 2, y / 2 - 180 - DIAMETER / 2));
        }
      // Red shows the page as it was: nothing is covered.
      expect(red).toBeLessThanOrEqual(2);
      expect(lighter).toBeLessThanOrEqual(2);
      expect(reach).toBeLessThan(DIAMETER / 2 + 1);
      expect(inked).toBeGreaterThan(4_000);
      // Upright: the point of the star is above its middle, and below the middle there are two.
      const [left, top] = [(150 + DIAMETER / 2) * 2, (180 + DIAMETER / 2) * 2];
      const blank = await drawn(
        await made(
          await changed(typeset('', 'width: 420pt, height: 595pt'), (document) => {
            document.getPage(0).setCropBox(10, 20, 390, 560);
            document.getPage(0).setRotation(degrees(rotation));
          }),
          { seal: { ...own, impressions: [whole(150, 180)] } },
        ),
      );
      expect(channel(blank[0] as Picture, left, top - 34, 1)).toBeLessThan(80);
      expect(channel(blank[0] as Picture, left, top + 34, 1)).toBeGreaterThan(200);
    },
  );

  it('is a picture: the text of the page, as it is copied and searched, stays what was approved', async () => {
    expect(await textOf(await made(full, { seal: { ...own, impressions: [whole(150, 180)] } }))).toEqual(
      await textOf(await made(full, {})),
    );
  });

  it('has the same bytes on a second run, and with the strip adds less than 30 kB to a page', async () => {
    const over = { stamp: stampOf, seal: { ...own, impressions: [whole(150, 180)] } };
    const [one, other] = [await made(full, over), await made(full, over)];
    expect(Buffer.compare(one, other)).toBe(0);
    expect(one.length - (await made(full, {})).length).toBeLessThan(30_000);
  });

  it('is drawn once, however many pages show it', async () => {
    const pdf = typeset(Array.from({ length: 40 }, (_, i) => `第${i}页`).join('\n#pagebreak()\n'));
    const growth = async (pages: number): Promise<number> => {
      const impressions = Array.from({ length: pages }, (_, i) => whole(100, 100, i + 1));
      return (await made(pdf, { seal: { ...own, impressions } })).length;
    };
    expect(((await growth(40)) - (await growth(1))) / 39).toBeLessThan(500);
  });

  it('refuses a name with a character that no font has', async () => {
    const out = await release(
      full,
      plan({ seal: { name: '三村\ue123政府', emblem: 'star', impressions: [whole(0, 0)] } }),
    );
    expect(out).toMatchObject({ ok: false, error: { code: 'glyph-missing' } });
  });
});

describe('a paging seal', () => {
  it.each([2, 3, 5])(
    'laid out like a fan, the right edges of %i pages of all sizes show one whole seal',
    async (count) => {
      const sizes = [
        [420, 595],
        [842, 595],
        [595, 420],
        [300, 700],
        [595, 842],
      ].slice(0, count) as [number, number][];
      const source = sizes
        .map(([width, height]) => `#page(width: ${width}pt, height: ${height}pt, margin: 40pt)[页]`)
        .join('\n');
      const pdf = await changed(typeset(source), (document) => {
        // One of them is turned: the reader's right edge is not the file's.
        const page = document.getPage(1);
        page.setRotation(degrees(270));
        page.setMediaBox(5, 7, page.getHeight(), page.getWidth());
      });
      const slice = DIAMETER / count;
      const widths = (await drawn(pdf, 1)).map(({ width }) => width);
      const impressions = widths.map((width, i) => ({
        x: width - slice - i * slice,
        y: 150,
        diameter: DIAMETER,
        shown: { page: i + 1, x: width - slice, y: 150, width: slice, height: DIAMETER },
      }));
      const scale = 4;
      const pages = await drawn(await made(pdf, { seal: { ...own, impressions } }), scale);
      const [single] = await drawn(
        await made(typeset('', 'width: 420pt, height: 595pt'), {
          seal: { ...own, impressions: [{ ...whole(100, 150), shown: whole(100, 150).shown }] },
        }),
        scale,
      );
      if (single === undefined) throw new Error('no picture');
      let [different, inked] = [0, 0];
      for (let y = 0; y < DIAMETER * scale; y++)
        for (let x = 0; x < DIAMETER * scale; x++) {
          const part = Math.min(count - 1, Math.floor(x / scale / slice));
          const page = pages[part];
          if (page === undefined) throw new Error('a page is missing');
          const edge = Math.round(page.width - slice * scale + (x - part * slice * scale));
          const [joined, wanted] = [
            channel(page, Math.min(page.width - 1, edge), y + 150 * scale, 1),
            channel(single, x + 100 * scale, y + 150 * scale, 1),
          ];
          if (wanted < 128) inked++;
          if (joined < 128 !== wanted < 128) different++;
        }
      expect(inked).toBeGreaterThan(20_000);
      expect(different / inked).toBeLessThan(0.01);
    },
  );
});

describe('a watermark', () => {
  it.each(['公示', '征求意见稿', '已废止'])(
    '%s never makes text unreadable, nor comes into it',
    async (watermark) => {
      const dark = typeset(
        `${body}\n#place(top, box(fill: black, inset: 8pt, text(fill: white)[反白的字也看得清]))`,
        'margin: 30pt, width: 420pt, height: 595pt',
      );
      const [plain, marked] = [await made(dark, {}), await made(dark, { watermark })];
      expect(await textOf(marked)).toEqual(await textOf(plain));
      const [before] = await drawn(plain);
      const [after] = await drawn(marked);
      if (before === undefined || after === undefined) throw new Error('no picture');
      let [touched, lighter, darkest] = [0, 0, 1];
      for (let at = 0; at < after.data.length; at += 4)
        for (const one of [0, 1, 2]) {
          const [was, is] = [before.data[at + one] ?? 0, after.data[at + one] ?? 0];
          lighter = Math.max(lighter, is - was);
          if (was > 16) darkest = Math.min(darkest, (is + 2) / was);
          if (was - is > 20) touched++;
        }
      // Never lighter, and at most an eighth darker: black on what is left of white, 16 : 1.
      expect(lighter).toBeLessThanOrEqual(1);
      expect(darkest).toBeGreaterThan(0.86);
      expect(touched).toBeGreaterThan(5_000);
    },
  );
});
