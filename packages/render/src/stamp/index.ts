import { ok, type Refusal, type Result } from '@gongkai/core';
import { PDFDocument, type PDFEmbeddedPage, PDFName, type PDFPage } from 'pdf-lib';
import { loading } from '../in-one-go.ts';
import { addResources, layOver } from '../layer/index.ts';
import { displayedSize, type Frame, type Rect, uprightAt, withPdf } from '../pdfium/index.ts';
import { compileTypst } from '../typst/index.ts';
import { margins } from './margin.ts';
import {
  NUMBER_GAP,
  numberPieces,
  ROOM,
  STRIP,
  type Stamp,
  type Strip,
  says,
  stampData,
  stampSource,
} from './strip.ts';

export { qrPicture, type Stamp } from './strip.ts';
export { layWatermark } from './watermark.ts';

type Place = {
  readonly frame: Frame;
  readonly foot: boolean;
  readonly extend: boolean;
  readonly scale: number;
};

/** Small pages get a smaller strip, posters a larger one; A5 to A3 all the same. */
const scaleFor = (width: number): number => (width < 360 ? width / 360 : width > 1200 ? width / 1200 : 1);

/**
 * Where the strip goes: at the foot when that is free, else at the head, else the paper grows by a strip at the foot.
 * The content is never covered, moved or made smaller: what was approved is what is published.
 */
const placeOn = (frame: Frame, free: { top: number; bottom: number }): Place => {
  const scale = scaleFor(displayedSize(frame).width);
  const fits = (room: number): boolean => room >= ROOM * scale;
  const [foot, head] = [fits(free.bottom), fits(free.top)];
  return { frame, foot: foot || !head, extend: !foot && !head, scale };
};

/** The visible part of the page, longer at the side that the reader sees as its foot. */
const longer = ({ crop, rotation }: Frame, by: number): Rect => {
  switch (rotation) {
    case 0:
      return { ...crop, bottom: crop.bottom - by };
    case 90:
      return { ...crop, right: crop.right + by };
    case 180:
      return { ...crop, top: crop.top + by };
    case 270:
      return { ...crop, left: crop.left - by };
  }
};

/** Makes the paper longer at the reader's foot by `by` points and returns the new frame. */
export const extend = (page: PDFPage, frame: Frame, by: number): Frame => {
  const crop = longer(frame, by);
  const media = page.getMediaBox();
  const left = Math.min(crop.left, media.x);
  const bottom = Math.min(crop.bottom, media.y);
  const right = Math.max(crop.right, media.x + media.width);
  const top = Math.max(crop.top, media.y + media.height);
  const { context } = page.node;
  page.node.set(PDFName.of('MediaBox'), context.obj([left, bottom, right, top]));
  page.node.set(PDFName.of('CropBox'), context.obj([crop.left, crop.bottom, crop.right, crop.top]));
  return { ...frame, crop };
};

const stripFor = ({ frame, foot, scale }: Place): Strip => ({
  width: Math.round((displayedSize(frame).width / scale - 2 * STRIP.side) * 10) / 10,
  foot,
});
const key = ({ width, foot }: Strip): string => `${width} ${foot}`;

/** The drawn pieces of `numberPieces`. */
type NumberPieces = {
  readonly before: PDFEmbeddedPage;
  readonly after: PDFEmbeddedPage;
  readonly digits: ReadonlyMap<string, PDFEmbeddedPage>;
};

/** 第 n 页 共 m 页, put together so that it ends at 0; `at` is where each piece begins. */
const numbered = (
  { before, after, digits }: NumberPieces,
  number: number,
): readonly { readonly piece: PDFEmbeddedPage; readonly at: number }[] => {
  const figures = [...String(number)].map((digit) => digits.get(digit)).filter((it) => it !== undefined);
  const placed: { piece: PDFEmbeddedPage; at: number }[] = [];
  let at = 0;
  for (const piece of [after, ...figures.reverse(), before]) {
    if (piece === before || placed.length === 1) at -= NUMBER_GAP;
    at -= piece.width;
    placed.push({ piece, at });
  }
  return placed.reverse();
};

const draw = (
  page: PDFPage,
  place: Place,
  width: number,
  strip: PDFEmbeddedPage,
  number: ReturnType<typeof numbered>,
): void => {
  const { scale, foot } = place;
  const frame = place.extend ? extend(page, place.frame, ROOM * scale) : place.frame;
  const { height } = displayedSize(frame);
  const lower = foot ? height - STRIP.edge * scale : (STRIP.edge + STRIP.height) * scale;
  const at = (x: number, up: number): string => {
    const [a, b, c, d, e, f] = uprightAt(frame, x * scale, lower - up * scale);
    return [a * scale, b * scale, c * scale, d * scale, e, f].map((it) => it.toFixed(3)).join(' ');
  };
  // Right of it stands the QR code.
  const end = STRIP.side + width - 34;
  const pieces = [...new Set(number.map(({ piece }) => piece))];
  const [stampName, ...names] = addResources(page, 'XObject', [
    ['Stamp', strip.ref],
    ...pieces.map(({ ref }, n) => [`PageNumber${n}`, ref] as const),
  ]);
  const numberOn = number.map(({ piece, at: x }) => {
    const up = (STRIP.height - piece.height) / 2 + (foot ? -1.5 : 1.5);
    return `q ${at(end + x, up)} cm ${names[pieces.indexOf(piece)]?.toString()} Do Q`;
  });
  const { crop } = place.frame;
  layOver(
    page,
    [
      '/Artifact <</Type /Pagination>> BDC',
      `q ${at(STRIP.side, 0)} cm ${stampName?.toString()} Do Q`,
      ...numberOn,
      'EMC',
    ].join('\n'),
    place.extend ? [crop.left, crop.bottom, crop.right - crop.left, crop.top - crop.bottom] : undefined,
  );
};

/**
 * Lays the office's strip over every page: 索引号, 发布机构, 公开日期, 有效期至, page number and a QR code for checking.
 * `bytes` is the document as it stands, for finding free margins. Refuses `glyph-missing`.
 */
export const stamp = async (
  document: PDFDocument,
  bytes: Uint8Array,
  what: Stamp,
  createdAt: Date,
): Promise<Result<undefined, Refusal>> => {
  const found = await withPdf(bytes, (pdf) =>
    Array.from({ length: pdf.pages }, (_, i) =>
      pdf.withPage(i + 1, (page) => placeOn(page.frame, margins(page))),
    ).filter((it) => it !== undefined),
  );
  if (!found.ok) return found;
  const places = found.value;
  const strips = [...new Map(places.map((it) => [key(stripFor(it)), stripFor(it)])).values()];
  const files = stampData(what, strips, places.length);
  const layer = compileTypst({ source: stampSource, files, createdAt, tagged: false });
  if (!layer.ok) return layer;
  const pieces = says(what, 'page-number') ? numberPieces(places.length) : [];
  const drawn = await document.embedPdf(
    await PDFDocument.load(layer.value, loading),
    Array.from({ length: strips.length + pieces.length }, (_, i) => i),
  );
  const shared = new Map(strips.map((strip, i) => [key(strip), drawn[i]]));
  const [before, after, ...digits] = drawn.slice(strips.length);
  const named = new Map(digits.map((digit, n) => [pieces[n + 2] ?? '', digit]));
  for (const [i, place] of places.entries()) {
    const strip = shared.get(key(stripFor(place)));
    const number = before && after ? numbered({ before, after, digits: named }, i + 1) : [];
    if (strip !== undefined) draw(document.getPage(i), place, stripFor(place).width, strip, number);
  }
  await document.flush();
  return ok(undefined);
};
