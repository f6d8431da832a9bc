import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { skewOf } from '@gongkai/core';
import { recognise } from '@gongkai/inspect';
import { PDFDocument, PDFName, PDFRawStream } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import type { Drawing } from '../../packages/inspect/src/pdf/drawing.ts';
import { changedAt } from '../../packages/inspect/src/proof/boxes.ts';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { imageToPdf } from '../../packages/render/src/convert/image.ts';
import { greysOf } from '../../packages/render/src/convert/straighten.ts';
import { withPdf } from '../../packages/render/src/pdfium/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { plan, stampOf } from '../../packages/render/src/release/specimen.ts';
import { askew, type Picture, pngOf, scanned } from './scan.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-askew-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = [
  '关于2026年第三批临时救助对象的公示',
  '经乡政府研究，拟给予临时救助，现予公示。公示期满后无异议的，按规定发放救助金。',
  '联系电话：民政办公室，乡纪委监督举报，公示时间为七个工作日，请广大群众监督。',
];
const sheet = await scanned(words);

const converted = async (picture: Picture): Promise<Uint8Array> => {
  const made = await imageToPdf(pngOf(picture), 'png', 1);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
};
const lying = async (pdf: Uint8Array) => {
  const seen = await withPdf(pdf, (open) =>
    open.withPage(1, (page) => ({
      width: page.width,
      height: page.height,
      skew: skewOf(greysOf(page.render(100 / 72))),
    })),
  );
  if (!seen.ok || seen.value === undefined) throw new Error('no page');
  return seen.value;
};
const samples = async (pdf: Uint8Array): Promise<Buffer> => {
  const { context } = await PDFDocument.load(pdf, { updateMetadata: false });
  const image = context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .find(
      (it) => it instanceof PDFRawStream && it.dict.lookup(PDFName.of('Subtype')) === PDFName.of('Image'),
    );
  if (!(image instanceof PDFRawStream)) throw new Error('no picture');
  return Buffer.from(image.contents);
};

describe('a picture that lies askew', () => {
  it.each([0.5, -3, 9.5])(
    'by %f degrees is set straight',
    async (degrees) => {
      const pdf = await converted(askew(sheet, degrees, 20));
      const { skew, width, height } = await lying(pdf);
      expect(skew).toBe(0);
      // The paper grows: nothing of the picture is cut off, or hidden beside the page.
      const turn = (Math.abs(degrees) * Math.PI) / 180;
      const [wide, high] = [sheet.width * 0.36, sheet.height * 0.36];
      expect(Math.abs(width - (wide * Math.cos(turn) + high * Math.sin(turn)))).toBeLessThan(2.5);
      expect(Math.abs(height - (high * Math.cos(turn) + wide * Math.sin(turn)))).toBeLessThan(2.5);
    },
    60_000,
  );

  it('keeps the very pixels that were uploaded', async () => {
    const picture = askew(sheet, 3);
    const pixels = inflateSync(await samples(await converted(picture)));
    const grey = picture.rgb.filter((_, i) => i % 3 === 0);
    expect(pixels.equals(Buffer.from(pixels.length === grey.length ? grey : picture.rgb))).toBe(true);
  }, 60_000);

  it('is read as if it lay straight', async () => {
    const path = join(folder, 'askew.pdf');
    writeFileSync(path, await converted(askew(sheet, 5, 20)));
    const [read] = await recognise({ path, pages: [{ page: 1, pictures: [] }] });
    expect(read?.text.replace(/\s|,/g, '')).toContain('现予公示。公示期满后无异议的'.replace(',', ''));
    expect(read?.sure).toBeGreaterThan(0.85);
  }, 60_000);
});

describe('a box on a scan', () => {
  it('of grey, grained paper is proven, also where it lay askew and the stamp stands on it', async () => {
    for (const degrees of [0, 3]) {
      const source = await converted(askew(sheet, degrees, 20));
      const redactions = [
        {
          ...{ id: 'a', file: 0, ground: 'privacy', label: '个人隐私' },
          boxes: [{ page: 1, x: 150, y: 200, width: 90, height: 16 }],
        },
      ];
      const made = await release(source, plan({ redactions, stamp: stampOf }));
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      const [before, after] = [join(folder, 'before.pdf'), join(folder, 'after.pdf')];
      writeFileSync(before, source);
      writeFileSync(after, made.value.pdf);
      const own = [stampOf.indexNumber, stampOf.office, stampOf.publishedOn];
      expect(await prove(before, after, { redactions, own })).toMatchObject({
        ok: true,
        value: { boxes: 1 },
      });
    }
  }, 90_000);

  it('is no licence to print over its letters at the head or the foot', () => {
    const [width, height] = [600, 120];
    const paper = (letters: boolean, stamp: boolean): Drawing => {
      const pixels = new Uint8Array(width * height * 4);
      for (let at = 0; at < width * height; at += 1) {
        const [x, y] = [at % width, Math.floor(at / width)];
        const grain = ((x * 7 + y * 13) % 17) - 8;
        const inked =
          (letters && x > 60 && x < 80 && y > 30 && y < 46) ||
          (stamp && x > 300 && x < 400 && y > 30 && y < 46);
        pixels.fill(inked ? 20 : 235 + grain, at * 4, at * 4 + 3);
      }
      return { width, height, pixels, scale: 1 };
    };
    const strip = { left: 0, right: width, top: 0, bottom: 60 };
    expect(changedAt([paper(true, false)], paper(true, true), [], [strip])).toBeUndefined();
    expect(changedAt([paper(true, false)], paper(false, true), [], [strip])).toMatchObject({ x: 60 });
    expect(changedAt([paper(true, false)], paper(true, true), [], [])).toMatchObject({ x: 300 });
  });
});

describe('a picture is left as it lies', () => {
  it.each([
    ['straight', 0],
    ['askew by less than anybody sees', 0.2],
    ['askew by more than a slip', 14],
    ['upright on its side', 90],
  ])(
    'when it is %s',
    async (_, degrees) => {
      const { width, height } = await lying(await converted(askew(sheet, degrees, 20)));
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
    },
    60_000,
  );

  it('when it has no lines: noise, a hillside, a blank sheet', async () => {
    const [width, height] = [800, 600];
    const drawn = (light: (x: number, y: number) => number): Picture => {
      const rgb = new Uint8Array(width * height * 3);
      for (let at = 0; at < width * height; at += 1)
        rgb.fill(light(at % width, Math.floor(at / width)), at * 3, at * 3 + 3);
      return { width, height, rgb };
    };
    let seed = 7;
    const dice = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const noise = drawn(() => 255 * dice());
    const hills = drawn((x, y) =>
      y > 300 + 80 * Math.sin(x / 90) + 12 * Math.sin(x / 7) ? 60 + 40 * dice() : 210,
    );
    for (const picture of [noise, hills, drawn(() => 255)])
      expect((await lying(await converted(picture))).width).toBeCloseTo(288, 0);
  }, 60_000);

  it('when it is one of our own screens', async () => {
    const pictures = new URL('../../docs/pictures/', import.meta.url);
    const names = readdirSync(pictures)
      .filter((name) => name.endsWith('.png'))
      .slice(0, 4);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const png = readFileSync(new URL(name, pictures));
      const made = await imageToPdf(png, 'png', 1);
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      const { width, height } = await lying(made.value);
      expect(width / height).toBeCloseTo(png.readUInt32BE(16) / png.readUInt32BE(20), 2); // PNG 3rd ed. §11.2.1
    }
  }, 60_000);
});
