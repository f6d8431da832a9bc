import { type Engine, readDoubles, readFloats, withMemory } from './engine.ts';
import { displayedSize, type Frame, type Rect, toDisplayed, toUser } from './geometry.ts';

/** One character of the text layer, in displayed points: `box` is its ink, `line` its share of the line. */
export type Character = { readonly text: string; readonly box: Rect; readonly line: Rect };

/** Kinds of page objects, as pdfium numbers them. */
const kinds = ['unknown', 'text', 'path', 'image', 'shading', 'form'] as const;
export type PageObject = {
  readonly kind: (typeof kinds)[number];
  readonly box: Rect;
  /** Segments of a path; 0 otherwise. */
  readonly segments: number;
};

/** Rows of RGBA pixels. */
export type Picture = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** a to f, as PDF writes them. */
type Matrix = readonly number[];
const identity: Matrix = [1, 0, 0, 1, 0, 0];
const deepestForm = 8;

const within = (own: Matrix, outer: Matrix): Matrix => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = own;
  const [A = 1, B = 0, C = 0, D = 1, E = 0, F = 0] = outer;
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
};

const placed = (
  { left, bottom, right, top }: Rect,
  [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix,
): Rect => {
  const corners = [
    [left, bottom],
    [right, bottom],
    [left, top],
    [right, top],
  ] as const;
  const xs = corners.map(([x, y]) => a * x + c * y + e);
  const ys = corners.map(([x, y]) => b * x + d * y + f);
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) };
};

const BGRA = 4;
const REVERSE_BYTE_ORDER = 0x10;
const DRAW_ANNOTATIONS = 0x01;

/** One loaded page. Valid until its document closes. */
export class Page {
  readonly number: number;
  readonly frame: Frame;
  readonly width: number;
  readonly height: number;
  readonly #pdfium: Engine;
  readonly #page: number;

  constructor(pdfium: Engine, page: number, number: number) {
    this.#pdfium = pdfium;
    this.#page = page;
    this.number = number;
    const [left = 0, top = 0, right = 0, bottom = 0] = withMemory(pdfium, 16, (at) => {
      pdfium.FPDF_GetPageBoundingBox(page, at);
      return readFloats(pdfium, at, 4);
    });
    const quarters = ((pdfium.FPDFPage_GetRotation(page) % 4) + 4) % 4;
    this.frame = {
      crop: { left, top, right, bottom },
      rotation: ([0, 90, 180, 270] as const)[quarters] ?? 0,
    };
    const size = displayedSize(this.frame);
    this.width = size.width;
    this.height = size.height;
  }

  /** Every character that has a place on the page, generated spaces left out. */
  characters(): Character[] {
    const pdfium = this.#pdfium;
    const text = pdfium.FPDFText_LoadPage(this.#page);
    if (text === 0) return [];
    try {
      return withMemory(pdfium, 32, (at) => {
        const found: Character[] = [];
        const count = pdfium.FPDFText_CountChars(text);
        for (let i = 0; i < count; i++) {
          const code = pdfium.FPDFText_GetUnicode(text, i);
          if (code < 0x20 || code > 0x10ffff || pdfium.FPDFText_IsGenerated(text, i) === 1) continue;
          if (!pdfium.FPDFText_GetCharBox(text, i, at, at + 8, at + 16, at + 24)) continue;
          const [left = 0, right = 0, bottom = 0, top = 0] = readDoubles(pdfium, at, 4);
          const box = toDisplayed(this.frame, { left, right, bottom, top });
          const loose = pdfium.FPDFText_GetLooseCharBox(text, i, at) ? readFloats(pdfium, at, 4) : undefined;
          const [l = left, t = top, r = right, b = bottom] = loose ?? [];
          const line = toDisplayed(this.frame, { left: l, top: t, right: r, bottom: b });
          found.push({ text: String.fromCodePoint(code), box, line });
        }
        return found;
      });
    } finally {
      pdfium.FPDFText_ClosePage(text);
    }
  }

  /** The objects of the page's own content, in paint order. */
  objects(): PageObject[] {
    const pdfium = this.#pdfium;
    return withMemory(pdfium, 16, (at) =>
      Array.from({ length: pdfium.FPDFPage_CountObjects(this.#page) }, (_, i) => {
        const object = pdfium.FPDFPage_GetObject(this.#page, i);
        const kind = kinds[pdfium.FPDFPageObj_GetType(object)] ?? 'unknown';
        pdfium.FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12);
        const [left = 0, bottom = 0, right = 0, top = 0] = readFloats(pdfium, at, 4);
        const segments = kind === 'path' ? pdfium.FPDFPath_CountSegments(object) : 0;
        return { kind, box: toDisplayed(this.frame, { left, bottom, right, top }), segments };
      }),
    );
  }

  /** Where its pictures stand, also those inside Form XObjects: some scanners' programs put the page into one. */
  pictures(): Rect[] {
    const pdfium = this.#pdfium;
    return withMemory(pdfium, 24, (at) => {
      const found: Rect[] = [];
      const visit = (object: number, outer: Matrix, depth: number): void => {
        const kind = kinds[pdfium.FPDFPageObj_GetType(object)];
        if (kind === 'image') {
          pdfium.FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12);
          const [left = 0, bottom = 0, right = 0, top = 0] = readFloats(pdfium, at, 4);
          found.push(toDisplayed(this.frame, placed({ left, bottom, right, top }, outer)));
        } else if (kind === 'form' && depth < deepestForm) {
          const own = pdfium.FPDFPageObj_GetMatrix(object, at) ? readFloats(pdfium, at, 6) : identity;
          const count = pdfium.FPDFFormObj_CountObjects(object);
          for (let i = 0; i < count; i++)
            visit(pdfium.FPDFFormObj_GetObject(object, i), within(own, outer), depth + 1);
        }
      };
      const count = pdfium.FPDFPage_CountObjects(this.#page);
      for (let i = 0; i < count; i++) visit(pdfium.FPDFPage_GetObject(this.#page, i), identity, 0);
      return found;
    });
  }

  /** Draws the page as displayed, on white. `scale` is pixels a point: 200 / 72 gives 200 dpi. */
  render(scale: number): Picture {
    const pdfium = this.#pdfium;
    const width = Math.max(1, Math.round(this.width * scale));
    const height = Math.max(1, Math.round(this.height * scale));
    const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, BGRA, 0, width * 4);
    if (bitmap === 0) throw new Error(`no memory for a picture of ${width} × ${height}`);
    try {
      pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
      pdfium.FPDF_RenderPageBitmap(
        bitmap,
        this.#page,
        0,
        0,
        width,
        height,
        0,
        REVERSE_BYTE_ORDER | DRAW_ANNOTATIONS,
      );
      const at = pdfium.FPDFBitmap_GetBuffer(bitmap);
      return { width, height, data: pdfium.pdfium.HEAPU8.slice(at, at + width * height * 4) };
    } finally {
      pdfium.FPDFBitmap_Destroy(bitmap);
    }
  }

  /**
   * Takes the glyphs under these displayed boxes out of the page and its Form XObjects, and writes the content anew.
   * Once a page: repeated calls leave text behind in unreferenced streams (measured, reference/pdf.md §0).
   */
  removeText(boxes: readonly Rect[]): boolean {
    const pdfium = this.#pdfium;
    const took = withMemory(pdfium, boxes.length * 32, (at) => {
      for (const [i, box] of boxes.entries()) {
        const { left, right, top, bottom } = toUser(this.frame, box);
        const corners = [left, top, right, top, left, bottom, right, bottom];
        for (const [j, value] of corners.entries())
          pdfium.pdfium.setValue(at + i * 32 + j * 4, value, 'float');
      }
      return pdfium.EPDFText_RedactInQuads(this.#page, at, boxes.length, true, false);
    });
    pdfium.FPDFPage_GenerateContent(this.#page);
    return took;
  }

  close(): void {
    this.#pdfium.FPDF_ClosePage(this.#page);
  }
}
