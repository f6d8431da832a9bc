import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { withPdf } from '../pdfium/index.ts';
import { imageToPdf } from './image.ts';

const require = createRequire(import.meta.url);
const { PNG } = require('pngjs');
const jpeg = require('jpeg-js');

/** 40 × 20: red in the top left quarter, white elsewhere. */
const [width, height] = [40, 20];
const rgba = (alpha = 255): Buffer => {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let i = 0; i < width * height; i++) {
    const red = i % width < width / 2 && i < (width * height) / 2;
    data.set(red ? [255, 0, 0, 255] : [255, 255, 255, 255], i * 4);
    if (!red && alpha < 255) data.set([0, 0, 255, alpha], i * 4);
  }
  return data;
};
const png = (alpha?: number): Buffer =>
  PNG.sync.write(Object.assign(new PNG({ width, height }), { data: rgba(alpha) }));

const jpg = (orientation: number): Buffer => {
  const plain: Buffer = jpeg.encode({ width, height, data: rgba() }, 95).data;
  const exif = Buffer.from(
    'Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0SECRET',
    'latin1',
  );
  exif[24] = orientation;
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif]);
  return Buffer.concat([
    plain.subarray(0, 2),
    segment,
    plain.subarray(2),
    Buffer.from('SECRET behind the end'),
  ]);
};

/** Uncompressed RGBA, `pages` times, after TIFF 6.0 §2; written out here, because the library cannot say the resolution. */
const tiff = (dpi: number, pages = 1): Buffer => {
  const data = rgba();
  const directory = 2 + 12 * 12 + 4;
  const [bitsAt, ratioAt] = [8, 16];
  const start = 24 + data.length;
  const out = Buffer.alloc(start + pages * directory);
  out.write('II*\0', 'latin1');
  out.writeUInt32LE(start, 4);
  for (let i = 0; i < 4; i++) out.writeUInt16LE(8, bitsAt + i * 2);
  out.writeUInt32LE(dpi, ratioAt);
  out.writeUInt32LE(1, ratioAt + 4);
  data.copy(out, 24);
  for (let page = 0; page < pages; page++) {
    const at = start + page * directory;
    const [short, long, rational] = [3, 4, 5];
    const entries = [
      [256, short, 1, width],
      [257, short, 1, height],
      [258, short, 4, bitsAt],
      [259, short, 1, 1],
      [262, short, 1, 2],
      [273, long, 1, 24],
      [277, short, 1, 4],
      [278, short, 1, height],
      [279, long, 1, data.length],
      [282, rational, 1, ratioAt],
      [283, rational, 1, ratioAt],
      [296, short, 1, 2],
    ]; // prettier-ignore
    out.writeUInt16LE(entries.length, at);
    entries.forEach(([tag = 0, type = 0, count = 0, value = 0], i) => {
      out.writeUInt16LE(tag, at + 2 + i * 12);
      out.writeUInt16LE(type, at + 4 + i * 12);
      out.writeUInt32LE(count, at + 6 + i * 12);
      out.writeUInt32LE(value, at + 10 + i * 12);
    });
    out.writeUInt32LE(page + 1 < pages ? at + directory : 0, at + directory - 4);
  }
  return out;
};

type Look = { pages: number; size: [number, number]; corners: string };
/** Which corners are red: `tl`, `tr`, `bl`, `br`. */
const look = async (pdf: Uint8Array): Promise<Look> => {
  const seen = await withPdf(pdf, (it) =>
    it.withPage(1, (page): Look => {
      const { width: w, height: h, data } = page.render(2);
      const colour = (x: number, y: number): boolean => {
        const at = (Math.floor(y * h) * w + Math.floor(x * w)) * 4;
        return (data[at] ?? 0) > 200 && (data[at + 1] ?? 255) < 60;
      };
      const corners = {
        tl: colour(0.1, 0.1),
        tr: colour(0.9, 0.1),
        bl: colour(0.1, 0.9),
        br: colour(0.9, 0.9),
      };
      const red = Object.entries(corners).flatMap(([name, is]) => (is ? [name] : []));
      return {
        pages: it.pages,
        size: [Math.round(page.width), Math.round(page.height)],
        corners: red.join(' '),
      };
    }),
  );
  if (!seen.ok || seen.value === undefined) throw new Error('not a PDF');
  return seen.value;
};
const made = async (bytes: Buffer, type: 'png' | 'jpg' | 'tiff'): Promise<Uint8Array> => {
  const pdf = await imageToPdf(bytes, type, 10);
  if (!pdf.ok) throw new Error(JSON.stringify(pdf.error));
  return pdf.value;
};

describe('a picture', () => {
  it('becomes a page of its size at 96 dpi when nothing better is known', async () => {
    expect(await look(await made(png(), 'png'))).toEqual({ pages: 1, size: [30, 15], corners: 'tl' });
  });

  it("has a scanner's size on paper", async () => {
    expect(await look(await made(tiff(200), 'tiff'))).toMatchObject({ size: [14, 7], corners: 'tl' });
  });

  it('of several pages becomes several pages, up to the limit', async () => {
    expect((await look(await made(tiff(200, 3), 'tiff'))).pages).toBe(3);
    expect(await imageToPdf(tiff(200, 11), 'tiff', 10)).toEqual({
      ok: false,
      error: { code: 'too-many-pages', details: { pages: 11, limit: 10 } },
    });
  });

  it('is at most A4 when it is larger and no scan', async () => {
    const big = PNG.sync.write(new PNG({ width: 3000, height: 1000 }));
    expect((await look(await made(big, 'png'))).size).toEqual([842, 281]);
  });

  it.each([
    [1, 'tl', 30, 15],
    [2, 'tr', 30, 15],
    [3, 'br', 30, 15],
    [4, 'bl', 30, 15],
    [5, 'tl', 15, 30],
    [6, 'tr', 15, 30],
    [7, 'br', 15, 30],
    [8, 'bl', 15, 30],
  ])('is turned as the camera was held (EXIF %i)', async (orientation, corners, w, h) => {
    expect(await look(await made(jpg(orientation), 'jpg'))).toEqual({ pages: 1, size: [w, h], corners });
  }); // prettier-ignore

  it('brings no EXIF along, nothing from behind its end, and nothing from under transparency', async () => {
    expect(Buffer.from(await made(jpg(1), 'jpg')).toString('latin1')).not.toContain('SECRET');
    const seen = await withPdf(await made(png(0), 'png'), (it) =>
      it.withPage(1, (page) => page.render(1).data.some((value, i) => i % 4 === 2 && value > 250)),
    );
    expect(seen).toMatchObject({ ok: true });
    expect(await made(png(0), 'png')).toEqual(await made(png(), 'png'));
  });

  it.each([
    ['png', png()],
    ['jpg', jpg(1)],
    ['tiff', tiff(200)],
  ] as const)('cut short is refused (%s)', async (type, bytes) => {
    const half = bytes.subarray(0, bytes.length - (type === 'jpg' ? 400 : bytes.length / 2));
    expect(await imageToPdf(Buffer.from(half), type, 10)).toMatchObject({ error: { code: 'damaged' } });
  }); // prettier-ignore

  it('of 400 megapixels is refused before it is unpacked', async () => {
    const bytes = png();
    bytes.writeUInt32BE(20_000, 16);
    bytes.writeUInt32BE(20_000, 20);
    expect(await imageToPdf(bytes, 'png', 10)).toEqual({
      ok: false,
      error: { code: 'image-too-large', details: { detail: '20000×20000' } },
    });
  });
});
