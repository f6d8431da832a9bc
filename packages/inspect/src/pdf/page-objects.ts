import type { Engine } from './engine.ts';
import { followedBy, identity, type Matrix, type Rectangle, transform } from './geometry.ts';
import { type Contour, fewestPoints, isLetterSized } from './outlines.ts';

export type TextInk = {
  readonly handle: number;
  /** Position in painting order: what has a higher one is painted over it. */
  readonly order: number;
  readonly renderMode: number;
  /** 0..255; undefined for a pattern fill. */
  readonly colour?: {
    readonly red: number;
    readonly green: number;
    readonly blue: number;
    readonly alpha: number;
  };
  /** What the clip path leaves of the page for it, when there is one. */
  readonly clip?: Rectangle;
};

export type Painted = {
  readonly handle: number;
  readonly order: number;
  readonly what: 'path' | 'image' | 'shading';
  readonly box: Rectangle;
  /** Able to hide what is beneath. */
  readonly covers: boolean;
  /** Hides nothing alone, but many of its kind close to each other do: slivers, hatching. */
  readonly thin: boolean;
  /** Of a filled path. */
  readonly colour?: TextInk['colour'];
};

export type PageObjects = {
  readonly texts: ReadonlyMap<number, TextInk>;
  readonly painted: readonly Painted[];
  /** The closed lines of its paths, of those that may be letters. */
  readonly contours: readonly Contour[];
};

const TEXT = 1;
const PATH = 2;
const IMAGE = 3;
const SHADING = 4;
const FORM = 5;
const deepest = 40;
/** A path of so many lines may be a hatch. */
const hatching = 24;
/** A path larger than a letter may be a line of them. */
const severalLetters = 30;
/** So many points of paths are looked at on a page; who has more has more than enough to be looked at whole. */
const mostPoints = 50_000;
const MOVE = 2;

/** All objects of the page in painting order, those inside form XObjects included. Boxes as displayed. */
export const readObjects = (engine: Engine, page: number, display: Matrix): PageObjects => {
  const { api, runtime, scratch } = engine;
  const texts = new Map<number, TextInk>();
  const painted: Painted[] = [];
  const contours: Contour[] = [];
  let points = 0;
  let order = 0;
  const float = (place: number): number => runtime.HEAPF32[(scratch >> 2) + place] ?? 0;

  const bounds = (object: number, matrix: Matrix): Rectangle => {
    api.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12);
    return transform(matrix, float(0), float(1), float(2), float(3));
  };
  const fill = (object: number): TextInk['colour'] => {
    if (!api.FPDFPageObj_GetFillColor(object, scratch, scratch + 4, scratch + 8, scratch + 12))
      return undefined;
    const at = scratch >> 2;
    const heap = runtime.HEAPU32;
    return {
      red: heap[at] ?? 0,
      green: heap[at + 1] ?? 0,
      blue: heap[at + 2] ?? 0,
      alpha: heap[at + 3] ?? 255,
    };
  };
  const clip = (object: number, matrix: Matrix): Rectangle | undefined => {
    const path = api.FPDFPageObj_GetClipPath(object);
    const paths = path === 0 ? 0 : api.FPDFClipPath_CountPaths(path);
    if (paths <= 0) return undefined;
    let left = Number.NEGATIVE_INFINITY;
    let top = Number.NEGATIVE_INFINITY;
    let right = Number.POSITIVE_INFINITY;
    let bottom = Number.POSITIVE_INFINITY;
    for (let index = 0; index < paths; index++) {
      const segments = Math.min(api.FPDFClipPath_CountPathSegments(path, index), 200);
      if (segments <= 0) continue;
      let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
      for (let segment = 0; segment < segments; segment++) {
        const at = api.FPDFClipPath_GetPathSegment(path, index, segment);
        if (at === 0 || !api.FPDFPathSegment_GetPoint(at, scratch, scratch + 4)) continue;
        x1 = Math.min(x1, float(0));
        x2 = Math.max(x2, float(0));
        y1 = Math.min(y1, float(1));
        y2 = Math.max(y2, float(1));
      }
      if (x1 > x2) continue;
      const box = transform(matrix, x1, y1, x2, y2);
      left = Math.max(left, box.left);
      top = Math.max(top, box.top);
      right = Math.min(right, box.right);
      bottom = Math.min(bottom, box.bottom);
    }
    return { left, top, right, bottom };
  };
  const readContours = (object: number, matrix: Matrix, box: Rectangle): void => {
    const count = api.FPDFPath_CountSegments(object);
    if (count < fewestPoints || (count < severalLetters && !isLetterSized(box))) return;
    points += count;
    if (points > mostPoints) return;
    const own: Matrix = api.FPDFPageObj_GetMatrix(object, scratch)
      ? [float(0), float(1), float(2), float(3), float(4), float(5)]
      : identity;
    const place = followedBy(own, matrix);
    let [x1, y1, x2, y2, first] = [Infinity, Infinity, -Infinity, -Infinity, 0];
    const close = (next: number): void => {
      if (next - first >= fewestPoints)
        contours.push({ box: transform(place, x1, y1, x2, y2), points: next - first });
      [x1, y1, x2, y2, first] = [Infinity, Infinity, -Infinity, -Infinity, next];
    };
    for (let index = 0; index < count; index++) {
      const segment = api.FPDFPath_GetPathSegment(object, index);
      if (segment === 0 || !api.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4)) continue;
      if (api.FPDFPathSegment_GetType(segment) === MOVE) close(index);
      x1 = Math.min(x1, float(0));
      x2 = Math.max(x2, float(0));
      y1 = Math.min(y1, float(1));
      y2 = Math.max(y2, float(1));
    }
    close(count);
  };
  const pathPaints = (object: number): Pick<Painted, 'covers' | 'thin' | 'colour'> => {
    if (!api.FPDFPath_GetDrawMode(object, scratch, scratch + 4)) return { covers: false, thin: false };
    const filled = (runtime.HEAP32[scratch >> 2] ?? 0) !== 0;
    const stroked = (runtime.HEAP32[(scratch >> 2) + 1] ?? 0) !== 0;
    const colour = filled ? fill(object) : undefined;
    if (filled && (colour === undefined || colour.alpha >= 100)) return { covers: true, thin: false, colour };
    if (!stroked) return { covers: false, thin: false };
    // A thick line is a bar too, and so may be a path of many thin ones.
    const thick = Boolean(api.FPDFPageObj_GetStrokeWidth(object, scratch)) && float(0) >= 4;
    const covers = thick || api.FPDFPath_CountSegments(object) >= hatching;
    return { covers, thin: !covers };
  };

  const visit = (object: number, matrix: Matrix, depth: number): void => {
    order += 1;
    const type = api.FPDFPageObj_GetType(object);
    if (type === TEXT) {
      const colour = fill(object);
      const clipped = clip(object, matrix);
      texts.set(object, {
        handle: object,
        order,
        renderMode: api.FPDFTextObj_GetTextRenderMode(object),
        ...(colour === undefined ? {} : { colour }),
        ...(clipped === undefined ? {} : { clip: clipped }),
      });
    } else if (type === PATH) {
      const box = bounds(object, matrix);
      painted.push({ handle: object, order, what: 'path', box, ...pathPaints(object) });
      readContours(object, matrix, box);
    } else if (type === IMAGE || type === SHADING) {
      const what = type === IMAGE ? 'image' : 'shading';
      painted.push({ handle: object, order, what, box: bounds(object, matrix), covers: true, thin: false });
    } else if (type === FORM && depth < deepest) {
      const own: Matrix = api.FPDFPageObj_GetMatrix(object, scratch)
        ? [float(0), float(1), float(2), float(3), float(4), float(5)]
        : identity;
      const inner = followedBy(own, matrix);
      const count = api.FPDFFormObj_CountObjects(object);
      for (let index = 0; index < count; index++)
        visit(api.FPDFFormObj_GetObject(object, index), inner, depth + 1);
    }
  };
  const count = api.FPDFPage_CountObjects(page);
  for (let index = 0; index < count; index++) visit(api.FPDFPage_GetObject(page, index), display, 0);
  return { texts, painted, contours };
};
