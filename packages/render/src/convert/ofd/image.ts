import { createRequire } from 'node:module';
import type { PDFRef } from 'pdf-lib';
import { readJpeg } from '../jpeg.ts';
import { readBmp } from './bmp.ts';
import { type Canvas, packed } from './canvas.ts';
import { boxOf, chain, type Matrix, scaled } from './matrix.ts';
import type { Scope } from './scope.ts';
import { child, type Element } from './xml.ts';

const require = createRequire(import.meta.url); // pngjs and utif2 come without types
type Rgba = { readonly data: Uint8Array; readonly width: number; readonly height: number };
const {
  PNG,
}: { PNG: { sync: { read(bytes: Buffer, options: { checkCRC: boolean }): Rgba } } } = require('pngjs');
const utif: {
  decode(bytes: Buffer): { width: number; height: number; t256?: number[]; t257?: number[] }[];
  decodeImage(bytes: Buffer, page: object): void;
  toRGBA8(page: object): Uint8Array;
} = require('utif2');

/** 100 megapixels, as at intake. */
const maxPixels = 100_000_000;

const register = ({ data, width, height }: Rgba, { document: { context } }: Scope): PDFRef => {
  const count = width * height;
  const colours = new Uint8Array(count * 3);
  const alphas = new Uint8Array(count);
  let clear = false;
  let grey = true;
  for (let i = 0; i < count; i += 1) {
    const [r = 0, g = 0, b = 0, a = 255] = data.subarray(i * 4, i * 4 + 4);
    // What nobody can see of a picture is not carried along.
    colours.set(a === 0 ? [255, 255, 255] : [r, g, b], i * 3);
    alphas[i] = a;
    clear ||= a !== 255;
    grey &&= a === 0 || (r === g && g === b);
  }
  const base = { Type: 'XObject', Subtype: 'Image', Width: width, Height: height, BitsPerComponent: 8 };
  const mask = clear
    ? { SMask: context.register(packed(context, alphas, { ...base, ColorSpace: 'DeviceGray' })) }
    : {};
  const samples = grey ? colours.filter((_, i) => i % 3 === 0) : colours;
  return context.register(
    packed(context, samples, { ...base, ColorSpace: grey ? 'DeviceGray' : 'DeviceRGB', ...mask }),
  );
};

const small = (width: number, height: number, scope: Scope): void => {
  if (!(width > 0 && height > 0) || width * height > maxPixels) scope.undrawable(`${width}×${height}`);
};

/** How many channels, from the frame header (ITU T.81 §B.2.2). */
const channels = (bytes: Buffer): number => {
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return bytes[at + 9] ?? 3;
  }
  return 3;
};

const jpeg = (bytes: Buffer, scope: Scope): PDFRef => {
  const read = readJpeg(bytes);
  if (!read.ok) return scope.undrawable('JPEG');
  small(read.value.width, read.value.height, scope);
  const { width, height } = read.value;
  const components = channels(read.value.bytes);
  const { context } = scope.document;
  return context.register(
    context.stream(read.value.bytes, {
      Type: 'XObject',
      Subtype: 'Image',
      Width: width,
      Height: height,
      BitsPerComponent: 8,
      ColorSpace: components === 1 ? 'DeviceGray' : components === 4 ? 'DeviceCMYK' : 'DeviceRGB',
      Filter: 'DCTDecode',
      // Adobe's CMYK is written upside down.
      ...(components === 4 ? { Decode: [1, 0, 1, 0, 1, 0, 1, 0] } : {}),
    }),
  );
};

const tiff = (bytes: Buffer, scope: Scope): PDFRef => {
  const page = utif.decode(bytes).find((it) => it.t256 !== undefined);
  if (page === undefined) return scope.undrawable('TIFF');
  small(page.t256?.[0] ?? 0, page.t257?.[0] ?? 0, scope);
  utif.decodeImage(bytes, page);
  return register({ data: utif.toRGBA8(page), width: page.width, height: page.height }, scope);
};

/** A picture's bytes as an image of the PDF. Undrawable: JBIG2, GIF, WebP and what is none of the known kinds. */
export const imageOf = (given: Uint8Array, scope: Scope): PDFRef => {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const start = bytes.toString('latin1', 0, 8);
  try {
    if (start.startsWith('\x89PNG') && bytes.length >= 33) {
      small(bytes.readUInt32BE(16), bytes.readUInt32BE(20), scope);
      return register(PNG.sync.read(bytes, { checkCRC: true }), scope);
    }
    if (start.startsWith('\xff\xd8\xff')) return jpeg(bytes, scope);
    if (start.startsWith('BM')) {
      const read = readBmp(bytes, (width, height) => small(width, height, scope));
      return read === undefined ? scope.undrawable('BMP') : register(read, scope);
    }
    if (/^(?:II\*\0|MM\0\*)/.test(start)) return tiff(bytes, scope);
  } catch (error) {
    if (error instanceof Error && error.name === 'Undrawable') throw error;
    return scope.undrawable(`${error instanceof Error ? error.message : 'picture'}`);
  }
  return scope.undrawable(/^\x97JB2/.test(start) ? 'JBIG2' : 'picture');
};

/** The unit square of a picture, its first row above, onto the page. */
const upright: Matrix = [1, 0, 0, -1, 0, 1];

/** An ImageObject (GB/T 33190 §10): its CTM stretches the unit square; without one, its boundary does. */
export const drawImage = (element: Element, canvas: Canvas, placed: Matrix, scope: Scope): void => {
  if (element.attributes.ImageMask !== undefined) scope.undrawable('ImageMask');
  if (child(element, 'Border') !== undefined) scope.undrawable('Border');
  const id = element.attributes.ResourceID ?? '';
  const media = scope.resources.media.get(id);
  if (media === undefined || !scope.parts.has(media.path)) scope.undrawable(`ResourceID=${id}`);
  const box = boxOf(element.attributes.Boundary);
  const stretched =
    element.attributes.CTM === undefined && box !== undefined
      ? chain(scaled(box.width, box.height), placed)
      : placed;
  const key = `image ${media.path}`;
  const image = scope.images.get(key) ?? imageOf(scope.parts.bytes(media.path), scope);
  scope.images.set(key, image);
  canvas.transform(chain(upright, stretched));
  canvas.write(`${canvas.name('XObject', image)} Do`);
};
