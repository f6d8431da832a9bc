import { createRequire } from 'node:module';
import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import {
  concatTransformationMatrix,
  drawObject,
  PDFDocument,
  type PDFRef,
  popGraphicsState,
  pushGraphicsState,
} from 'pdf-lib';
import { saving } from '../in-one-go.ts';
import { packed } from '../layer/index.ts';
import { dpiOf, orientationOf, type Shot } from './exif.ts';
import { readJpeg } from './jpeg.ts';
import { straighten } from './straighten.ts';

/** 100 megapixels: an A0 sheet at 200 dpi. */
const maxPixels = 100_000_000;
const a4 = { short: 595.276, long: 841.89 };
/** Scanners say 150 to 600. Below this it is a camera's or a screen's number and says nothing about paper. */
const paperDpi = 100;
const screenDpi = 96;

type Size = { readonly width: number; readonly height: number };

const tooLarge = ({ width, height }: Size): Result<never, Refusal> | undefined =>
  width * height > maxPixels ? err(refusal('image-too-large', { detail: `${width}×${height}` })) : undefined;

/** EXIF 5 to 8 are turned by a quarter. */
const turned = (orientation: number): boolean => orientation >= 5;

/** Points. The true size where a scanner gave one, otherwise at most A4, lying or standing as the picture does. */
export const pageSize = (pixels: Size, shot: Shot): Size => {
  const shown = turned(shot.orientation) ? { width: pixels.height, height: pixels.width } : pixels;
  const paper = shot.dpi !== undefined && shot.dpi >= paperDpi;
  const scale = 72 / (paper ? (shot.dpi ?? screenDpi) : screenDpi);
  const size = { width: shown.width * scale, height: shown.height * scale };
  if (paper) return size;
  const [maxWidth, maxHeight] = size.width > size.height ? [a4.long, a4.short] : [a4.short, a4.long];
  const fit = Math.min(1, maxWidth / size.width, maxHeight / size.height);
  return { width: size.width * fit, height: size.height * fit };
};

/** Maps the unit square of a PDF image onto a page of `width` × `height`, for each EXIF orientation. */
const placement = (
  orientation: number,
  { width: w, height: h }: Size,
): [number, number, number, number, number, number] => {
  switch (orientation) {
    case 2:
      return [-w, 0, 0, h, w, 0];
    case 3:
      return [-w, 0, 0, -h, w, h];
    case 4:
      return [w, 0, 0, -h, 0, h];
    case 5:
      return [0, -h, -w, 0, w, h];
    case 6:
      return [0, -h, w, 0, 0, h];
    case 7:
      return [0, h, w, 0, 0, 0];
    case 8:
      return [0, h, -w, 0, w, 0];
    default:
      return [w, 0, 0, h, 0, 0];
  }
}; // prettier-ignore

const addPage = (pdf: PDFDocument, image: PDFRef, pixels: Size, shot: Shot): void => {
  const size = pageSize(pixels, shot);
  const page = pdf.addPage([size.width, size.height]);
  const name = page.node.newXObject('Image', image);
  page.pushOperators(
    pushGraphicsState(),
    concatTransformationMatrix(...placement(shot.orientation, size)),
    drawObject(name),
    popGraphicsState(),
  );
};

/** RGBA to an image on white: what lies under transparency is not carried into the PDF. */
const pixelImage = (pdf: PDFDocument, rgba: Uint8Array, { width, height }: Size): PDFRef => {
  const count = width * height;
  const onWhite = (at: number, channel: number): number => {
    const alpha = rgba[at + 3] ?? 255;
    return Math.round(((rgba[at + channel] ?? 255) * alpha + 255 * (255 - alpha)) / 255);
  };
  let grey = true;
  const rgb = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    const [r, g, b] = [onWhite(i * 4, 0), onWhite(i * 4, 1), onWhite(i * 4, 2)];
    rgb[i * 3] = r;
    rgb[i * 3 + 1] = g;
    rgb[i * 3 + 2] = b;
    grey &&= r === g && g === b;
  }
  const samples = grey ? rgb.filter((_, i) => i % 3 === 0) : rgb;
  return pdf.context.register(
    packed(pdf.context, samples, {
      Type: 'XObject',
      Subtype: 'Image',
      Width: width,
      Height: height,
      ColorSpace: grey ? 'DeviceGray' : 'DeviceRGB',
      BitsPerComponent: 8,
    }),
  );
};

const damaged = (kind: string, error: unknown): Result<never, Refusal> =>
  err(
    refusal('damaged', {
      detail: `${kind}: ${error instanceof Error ? error.message : String(error)}`.slice(0, 200),
    }),
  );

const METRES = 1;
/** Width, height and resolution are read from the header before anything is inflated (PNG 3rd ed. §11.2.1, §11.3.4.3). */
const pngDpi = (bytes: Buffer): number | undefined => {
  const at = bytes.indexOf('pHYs', 0, 'latin1');
  return at > 0 && at + 13 <= bytes.length && bytes[at + 12] === METRES
    ? bytes.readUInt32BE(at + 4) * 0.0254
    : undefined;
};

const addPng = (pdf: PDFDocument, bytes: Buffer): Result<void, Refusal> => {
  if (bytes.length < 33) return damaged('PNG', 'header cut off');
  const size = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  const refused = tooLarge(size);
  if (refused !== undefined) return refused;
  try {
    const { data } = PNG.sync.read(bytes, { checkCRC: true });
    addPage(pdf, pixelImage(pdf, data, size), size, { orientation: 1, dpi: pngDpi(bytes) });
    return ok(undefined);
  } catch (error) {
    return damaged('PNG', error);
  }
};

const addJpeg = async (pdf: PDFDocument, bytes: Buffer): Promise<Result<void, Refusal>> => {
  const jpeg = readJpeg(bytes);
  if (!jpeg.ok) return jpeg;
  const refused = tooLarge(jpeg.value);
  if (refused !== undefined) return refused;
  try {
    const image = await pdf.embedJpg(jpeg.value.bytes);
    addPage(pdf, image.ref, jpeg.value, jpeg.value.shot);
    return ok(undefined);
  } catch (error) {
    return damaged('JPEG', error);
  }
};

const require = createRequire(import.meta.url); // pngjs and utif2 come without types
const { PNG }: { PNG: { sync: { read(bytes: Buffer, options: { checkCRC: boolean }): { data: Buffer } } } } =
  require('pngjs');

type TiffPage = { width: number; height: number; t282?: [[number, number]] } & Partial<
  Record<'t256' | 't257' | 't274' | 't296', number[]>
>;
type Utif = {
  decode(bytes: Buffer): TiffPage[];
  decodeImage(bytes: Buffer, page: TiffPage): void;
  toRGBA8(page: TiffPage): Uint8Array;
};
const utif: Utif = require('utif2');

const tiffDpi = ({ t282, t296 }: TiffPage): number | undefined => {
  const [above = 0, below = 1] = t282?.[0] ?? [];
  return dpiOf(above / below, t296?.[0] ?? 2);
};

const addTiff = (pdf: PDFDocument, bytes: Buffer, maxPages: number): Result<void, Refusal> => {
  try {
    const pages = utif.decode(bytes).filter((it) => it.t256 !== undefined);
    if (pages.length > maxPages)
      return err(refusal('too-many-pages', { pages: pages.length, limit: maxPages }));
    if (pages.length === 0) return damaged('TIFF', 'no page');
    for (const page of pages) {
      const refused = tooLarge({ width: page.t256?.[0] ?? 0, height: page.t257?.[0] ?? 0 });
      if (refused !== undefined) return refused;
      utif.decodeImage(bytes, page);
      const size = { width: page.width, height: page.height };
      const rgba = utif.toRGBA8(page);
      if (size.width * size.height * 4 !== rgba.length || rgba.length === 0)
        return damaged('TIFF', 'pixels missing');
      const shot = {
        orientation: orientationOf(page.t274?.[0]),
        dpi: tiffDpi(page),
      };
      addPage(pdf, pixelImage(pdf, rgba, size), size, shot);
    }
    return ok(undefined);
  } catch (error) {
    return damaged('TIFF', error);
  }
};

/**
 * A picture as a PDF: a page for it, or one for each page of a TIFF; what lies askew is set straight. Only pictures: the
 * pages of an uploaded PDF are the office's own document, perhaps signed, and are published as it laid them out.
 */
export const imageToPdf = async (
  bytes: Buffer,
  type: 'png' | 'jpg' | 'tiff',
  maxPages: number,
): Promise<Result<Uint8Array, Refusal>> => {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const added =
    type === 'png'
      ? addPng(pdf, bytes)
      : type === 'jpg'
        ? await addJpeg(pdf, bytes)
        : addTiff(pdf, bytes, maxPages);
  if (!added.ok) return added;
  if (pdf.getPageCount() === 0) return err(refusal('no-pages'));
  const asItLies = await pdf.save({ ...saving, addDefaultPage: false });
  const turned = await straighten(pdf, asItLies);
  if (!turned.ok) return turned;
  return ok(turned.value === 0 ? asItLies : await pdf.save({ ...saving, addDefaultPage: false }));
};
