import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { PDFDocument, type PDFName, type PDFPage, type PDFRef } from 'pdf-lib';
import { families } from '../fonts/index.ts';
import { loading } from '../in-one-go.ts';
import { addResource, layOver, pageContent } from '../layer/index.ts';
import { displayedSize, type Frame, overlap, type Page, type Rect, uprightAt } from '../pdfium/index.ts';
import { extend } from '../stamp/index.ts';
import { compileTypst } from '../typst/index.ts';
import type { PdfWriter } from '../writer/index.ts';
import { Carrier, standIn } from './copy.ts';

/** 总第 n 页, in points: what it takes, and its distance from the edges of the paper (printers leave 4 mm white). */
const ROOM = { width: 66, height: 11, edge: 13, side: 30 } as const;
const PIXELS_A_POINT = 1;
/** A scan is never quite even; ink differs by more than this from the paper. */
const INK = 48;
const LIGHT = 176;

export const pieces = ['总第', ...'0123456789', '页'] as const;
type Piece = (typeof pieces)[number];

/** Where the number goes on a page as the reader sees it; `extended`: nowhere was free, so the paper grows at its foot. */
export type LeafPlace = {
  readonly frame: Frame;
  readonly side: 'left' | 'right';
  readonly top: number;
  readonly extended: boolean;
  readonly scale: number;
};

const blank = (page: Page, { left, right, top, bottom }: Rect): boolean => {
  const { width, height, data } = page.render(PIXELS_A_POINT);
  const paper = data[1] ?? 255;
  // Dark letters on dark paper are no number.
  if (paper < LIGHT) return false;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y++)
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x++)
      if (Math.abs((data[(y * width + x) * 4 + 1] ?? 0) - paper) > INK) return false;
  return true;
};

/** The corner for this leaf: outer side at the head (正面右上角，背面左上角), else the other; else the paper grows. */
export const leafPlace = (page: Page, outer: 'left' | 'right'): LeafPlace => {
  const { frame, width } = page;
  const scale = width < 360 ? width / 360 : width > 1200 ? width / 1200 : 1;
  const objects = page.objects();
  const free = (side: 'left' | 'right'): boolean => {
    const [from, to] = [ROOM.side * scale, (ROOM.side + ROOM.width) * scale];
    const air = 3 * scale;
    const box = {
      left: (side === 'left' ? from : width - to) - air,
      right: (side === 'left' ? to : width - from) + air,
      top: ROOM.edge * scale - air,
      bottom: (ROOM.edge + ROOM.height) * scale + air,
    };
    // Bounds are larger than ink: where they touch, the pixels tell.
    return !objects.some((one) => overlap(one.box, box)) || blank(page, box);
  };
  const side = [outer, outer === 'left' ? 'right' : 'left'].find((it) => free(it as 'left' | 'right')) as
    | 'left'
    | 'right'
    | undefined;
  return { frame, side: side ?? outer, top: ROOM.edge * scale, extended: side === undefined, scale };
};

const source = `
#let data = json("/leaf.json")
#set page(width: auto, height: ${ROOM.height}pt, margin: 0pt, fill: none)
#set text(font: data.fonts, size: 8.5pt, weight: "bold", fill: luma(15%), lang: "zh", top-edge: "ascender", bottom-edge: "descender")
#for (i, piece) in data.pieces.enumerate() {
  if i > 0 { pagebreak() }
  align(horizon, box(piece))
}`;

/** The few pieces that all numbers of a volume are put together from, written once. */
export class LeafNumbers {
  readonly #pieces: ReadonlyMap<string, { readonly width: number; readonly stand: PDFRef }>;
  /** References that the pieces have in every document, for its `Carrier`. */
  readonly known: ReadonlyMap<PDFRef, PDFRef>;

  private constructor(
    made: ReadonlyMap<string, { readonly width: number; readonly stand: PDFRef }>,
    known: ReadonlyMap<PDFRef, PDFRef>,
  ) {
    this.#pieces = made;
    this.known = known;
  }

  static async write(writer: PdfWriter, createdAt: Date): Promise<Result<LeafNumbers, Refusal>> {
    const files = { '/leaf.json': Buffer.from(JSON.stringify({ fonts: families('hei'), pieces })) };
    const set = compileTypst({ source, files, createdAt, tagged: false });
    if (!set.ok) return set;
    const document = await PDFDocument.load(set.value, loading);
    if (document.getPageCount() !== pieces.length)
      return err(refusal('conversion-failed', { detail: 'leaf numbers' }));
    const carrier = new Carrier(writer, document, [], new Map(), 0);
    const made = new Map<Piece, { width: number; stand: PDFRef }>();
    const known = new Map<PDFRef, PDFRef>();
    for (const [n, piece] of pieces.entries()) {
      const page = document.getPage(n);
      const { width, height } = page.getSize();
      const form = document.context.flateStream(pageContent(page), {
        Type: 'XObject',
        Subtype: 'Form',
        BBox: [0, 0, width, height],
        Resources: page.node.Resources() ?? {},
      });
      const ref = writer.allocate();
      await writer.write(ref, carrier.carry(form));
      const stand = standIn(n);
      known.set(stand, ref);
      made.set(piece, { width, stand });
    }
    await carrier.drain();
    return ok(new LeafNumbers(made, known));
  }

  /** Draws 总第 n 页 on a page of a document that is then carried over. */
  draw(page: PDFPage, place: LeafPlace, n: number): void {
    const { scale, extended } = place;
    const frame = extended ? extend(page, place.frame, (ROOM.edge + ROOM.height) * scale) : place.frame;
    const { width, height } = displayedSize(frame);
    const parts = ['总第', ...String(n), '页'].flatMap((text) => {
      const found = this.#pieces.get(text);
      return found === undefined ? [] : [{ text, ...found }];
    });
    const gap = 2;
    const total = parts.reduce((sum, part) => sum + part.width, 2 * gap);
    const lower = extended ? height - (ROOM.edge - 4) * scale : place.top + ROOM.height * scale;
    let x = place.side === 'left' ? ROOM.side : width / scale - ROOM.side - total;
    const names = new Map<string, PDFName>();
    const drawn: string[] = [];
    for (const [at, { text, width: advance, stand }] of parts.entries()) {
      if (at === 1 || at === parts.length - 1) x += gap;
      const tag =
        names.get(text) ?? addResource(page, 'XObject', `Leaf${pieces.indexOf(text as Piece)}`, stand);
      names.set(text, tag);
      const [a, b, c, d, e, f] = uprightAt(frame, x * scale, lower);
      const matrix = [a * scale, b * scale, c * scale, d * scale, e, f].map((it) => it.toFixed(3)).join(' ');
      drawn.push(`q ${matrix} cm ${tag.toString()} Do Q`);
      x += advance;
    }
    const { crop } = place.frame;
    layOver(
      page,
      ['/Artifact <</Type /Pagination>> BDC', ...drawn, 'EMC'].join('\n'),
      extended ? [crop.left, crop.bottom, crop.right - crop.left, crop.top - crop.bottom] : undefined,
    );
  }
}
