import { chain, identity, type Matrix } from '../convert/ofd/matrix.ts';
import type { Package } from './package.ts';
import { pixelsOf } from './pixels.ts';
import type { ReadFont, ReadGlyph, ReadImage, ReadPage } from './second-reader.ts';
import { type State, start } from './state.ts';
import {
  alphaText,
  apply,
  type Box,
  boxOfPoints,
  caps,
  colour,
  hairline,
  inside,
  joins,
  list,
  matrixText,
  number,
  outlineOf,
  perPoint,
  rectangle,
  scaleOf,
} from './terms.ts';
import { textObject } from './text-object.ts';
import { Unsaid } from './unsaid.ts';

const isMatrix = (given: unknown): given is ArrayLike<number> =>
  typeof given === 'object' && given !== null && (given as ArrayLike<number>).length === 6;
const matrixIn = (args: readonly unknown[]): Matrix => {
  const given = isMatrix(args[0]) ? args[0] : args;
  return Array.from(given as ArrayLike<number>) as unknown as Matrix;
};

/** How a path is painted: filled, stroked. */
const paints: Readonly<Record<string, readonly [fill: boolean, stroke: boolean]>> = {
  fill: [true, false],
  eoFill: [true, false],
  stroke: [false, true],
  closeStroke: [false, true],
  fillStroke: [true, true],
  eoFillStroke: [true, true],
  closeFillStroke: [true, true],
  closeEOFillStroke: [true, true],
  endPath: [false, false],
};

/** One page's operators as the objects of an OFD page (GB/T 33190 §8 to §11). Throws `Unsaid` for what it cannot say. */
export class PageWriter {
  readonly #page: ReadPage;
  readonly #package: Package;
  readonly #objects: string[] = [];
  /** OFD cannot darken what is below; dark letters over a mark look the same. Where they do not, the comparison tells. */
  readonly #below: string[] = [];
  readonly #stack: State[] = [];
  readonly #width: number;
  readonly #height: number;
  #state: State;
  #pendingClip: 'clip' | 'eoClip' | undefined;
  #textMatrix: Matrix = identity;
  #x = 0;
  #y = 0;
  #lineX = 0;
  #lineY = 0;

  constructor(page: ReadPage, into: Package) {
    this.#page = page;
    this.#package = into;
    const viewport = page.getViewport({ scale: perPoint });
    [this.#width, this.#height] = [viewport.width, viewport.height];
    this.#state = start(viewport.transform as unknown as Matrix);
  }

  async write(names: ReadonlyMap<number, string>): Promise<string> {
    const { fnArray, argsArray } = await this.#page.getOperatorList({ intent: 'display', annotationMode: 0 });
    for (const [i, fn] of fnArray.entries()) await this.#take(names.get(fn) ?? '', argsArray[i] ?? [], names);
    return [...this.#below, ...this.#objects].join('\n');
  }

  #put(object: string, below = this.#state.darkens): void {
    (below ? this.#below : this.#objects).push(object);
  }

  get #whole(): string {
    return `Boundary="0 0 ${number(this.#width)} ${number(this.#height)}"`;
  }

  #clips(box: Box, moved: boolean): string {
    const needed = this.#state.clips.filter((it) => !(it.upright && inside(box, it.box)));
    if (needed.length === 0) return '';
    const each = needed.map(
      (it) =>
        `<ofd:Clip><ofd:Area><ofd:Path ${this.#whole} Stroke="false" Fill="true"${it.evenOdd ? ' Rule="Even-Odd"' : ''}><ofd:AbbreviatedData>${it.data || 'M 0 0 C'}</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip>`,
    );
    return `<ofd:Clips${moved ? ' TransFlag="false"' : ''}>${each.join('')}</ofd:Clips>`;
  }

  #path(
    commands: ArrayLike<number> | undefined,
    paint: { fill: boolean; stroke: boolean; evenOdd: boolean },
  ): void {
    const state = this.#state;
    const outline = outlineOf(commands ?? [], state.matrix);
    const clip = this.#pendingClip;
    this.#pendingClip = undefined;
    if ((paint.fill || paint.stroke) && outline.data !== '') {
      const width = Math.max(hairline, state.lineWidth * scaleOf(state.matrix));
      const grow = paint.stroke ? width * Math.max(1, state.miter) : 0;
      const { left, top, right, bottom } = outline.box;
      const box = { left: left - grow, top: top - grow, right: right + grow, bottom: bottom + grow };
      const dash = state.dash.map((it) => it * scaleOf(state.matrix));
      const line = paint.stroke
        ? ` LineWidth="${number(width)}" Cap="${caps[state.cap] ?? 'Butt'}" Join="${joins[state.join] ?? 'Miter'}" MiterLimit="${number(state.miter)}"${dash.length > 0 && dash.some((it) => it > 0) ? ` DashPattern="${list(dash)}" DashOffset="${number(state.dashOffset * scaleOf(state.matrix))}"` : ''}`
        : '';
      const rule = paint.evenOdd ? ' Rule="Even-Odd"' : '';
      this.#put(
        `<ofd:PathObject ID="${this.#package.id()}" ${this.#whole} Stroke="${paint.stroke}" Fill="${paint.fill}"${rule}${line}>${paint.fill ? colour('FillColor', state.fill, state.fillAlpha) : ''}${paint.stroke ? colour('StrokeColor', state.stroke, state.strokeAlpha) : ''}${this.#clips(box, false)}<ofd:AbbreviatedData>${outline.data}</ofd:AbbreviatedData></ofd:PathObject>`,
      );
    }
    if (clip !== undefined) state.clips = [...state.clips, { ...outline, evenOdd: clip === 'eoClip' }];
  }

  #image(image: ReadImage): void {
    const { matrix, fillAlpha } = this.#state;
    // The unit square, y up, onto the page; an OFD's picture hangs from its upper edge.
    const [a, b, c, d, e, f] = matrix;
    const placed: Matrix = [a, b, -c, -d, e + c, f + d];
    const corners = [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const;
    const box = boxOfPoints(corners.map(([x, y]) => apply(matrix, x, y)));
    const { width, height } = image;
    const resource = this.#package.picture({ width, height, data: pixelsOf(image) });
    this.#put(
      `<ofd:ImageObject ID="${this.#package.id()}" ${this.#whole} CTM="${matrixText(placed)}" ResourceID="${resource}"${alphaText(fillAlpha)}>${this.#clips(box, true)}</ofd:ImageObject>`,
    );
  }

  #text(glyphs: readonly (ReadGlyph | number)[]): void {
    const at = { matrix: this.#textMatrix, x: this.#x, y: this.#y };
    const { advance, object } = textObject(glyphs, this.#state, at, this.#package, this.#whole, (box) =>
      this.#clips(box, true),
    );
    this.#x += advance;
    // Text that nobody sees lies over a picture of itself: here, under it. A reader need not know how to draw what is not seen.
    if (object !== undefined) this.#put(object, this.#state.darkens || this.#state.mode === 3);
  }

  #move(x: number, y: number): void {
    this.#lineX += x;
    this.#lineY += y;
    [this.#x, this.#y] = [this.#lineX, this.#lineY];
  }

  #looks(pairs: readonly (readonly [string, unknown])[]): void {
    const state = this.#state;
    for (const [key, value] of pairs)
      if (key === 'ca') state.fillAlpha = value as number;
      else if (key === 'CA') state.strokeAlpha = value as number;
      else if (key === 'LW') state.lineWidth = value as number;
      else if (key === 'LC') state.cap = value as number;
      else if (key === 'LJ') state.join = value as number;
      else if (key === 'ML') state.miter = value as number;
      else if (key === 'D') [state.dash, state.dashOffset] = value as [number[], number];
      else if (key === 'BM') {
        if (value !== 'source-over' && value !== 'multiply') throw new Unsaid('blend mode');
        state.darkens = value === 'multiply';
      } else if (key === 'SMask' && value) throw new Unsaid('soft mask');
      else if (key === 'TR' && value) throw new Unsaid('transfer function');
      else if (key === 'Font') throw new Unsaid('font of a state');
  }

  async #object(id: unknown): Promise<ReadImage> {
    const store = typeof id === 'string' && id.startsWith('g_') ? this.#page.commonObjs : this.#page.objs;
    if (typeof id !== 'string') throw new Unsaid('picture');
    const image = await new Promise<unknown>((resolve) => store.get(id, resolve));
    if (image === null || image === undefined) throw new Unsaid('picture');
    return image as ReadImage;
  }

  async #take(name: string, args: readonly unknown[], names: ReadonlyMap<number, string>): Promise<void> {
    const state = this.#state;
    const [first, second] = args as readonly number[];
    switch (name) {
      case 'save':
        this.#stack.push({ ...state });
        return;
      case 'restore':
        this.#state = this.#stack.pop() ?? state;
        return;
      case 'transform':
        state.matrix = chain(matrixIn(args), state.matrix);
        return;
      case 'setLineWidth':
        state.lineWidth = first ?? 1;
        return;
      case 'setLineCap':
        state.cap = first ?? 0;
        return;
      case 'setLineJoin':
        state.join = first ?? 0;
        return;
      case 'setMiterLimit':
        state.miter = first ?? 10;
        return;
      case 'setDash':
        [state.dash, state.dashOffset] = [Array.from((args[0] ?? []) as number[]), second ?? 0];
        return;
      case 'setGState':
        return this.#looks((args[0] ?? []) as [string, unknown][]);
      case 'setFillRGBColor':
        state.fill = String(args[0]);
        return;
      case 'setStrokeRGBColor':
        state.stroke = String(args[0]);
        return;
      case 'clip':
      case 'eoClip':
        this.#pendingClip = name;
        return;
      case 'constructPath':
        return this.#construct(args, names);
      case 'beginText':
        this.#textMatrix = identity;
        [this.#x, this.#y, this.#lineX, this.#lineY] = [0, 0, 0, 0];
        return;
      case 'setCharSpacing':
        state.charSpace = first ?? 0;
        return;
      case 'setWordSpacing':
        state.wordSpace = first ?? 0;
        return;
      case 'setHScale':
        state.wide = (first ?? 100) / 100;
        return;
      case 'setLeading':
        state.leading = -(first ?? 0);
        return;
      case 'setFont':
        state.font = this.#page.commonObjs.get(String(args[0])) as ReadFont;
        [state.size, state.turned] = [Math.abs(second ?? 0), (second ?? 0) < 0];
        return;
      case 'setTextRenderingMode':
        state.mode = first ?? 0;
        return;
      case 'setTextRise':
        state.rise = first ?? 0;
        return;
      case 'moveText':
        return this.#move(first ?? 0, second ?? 0);
      case 'setLeadingMoveText':
        state.leading = second ?? 0;
        return this.#move(first ?? 0, second ?? 0);
      case 'setTextMatrix':
        this.#textMatrix = matrixIn(args);
        [this.#x, this.#y, this.#lineX, this.#lineY] = [0, 0, 0, 0];
        return;
      case 'nextLine':
        return this.#move(0, state.leading);
      case 'showText':
        return this.#text(args[0] as (ReadGlyph | number)[]);
      case 'paintImageXObject':
        return this.#image(await this.#object(args[0]));
      case 'paintInlineImageXObject':
        return this.#image(args[0] as ReadImage);
      case 'paintFormXObjectBegin':
        this.#stack.push({ ...state });
        if (args[0]) state.matrix = chain(matrixIn([args[0]]), state.matrix);
        if (args[1]) {
          this.#pendingClip = 'clip';
          this.#path(rectangle(Array.from(args[1] as ArrayLike<number>)), {
            fill: false,
            stroke: false,
            evenOdd: false,
          });
        }
        return;
      case 'paintFormXObjectEnd':
        this.#state = this.#stack.pop() ?? state;
        return;
      case 'beginGroup': {
        // A group in which nothing blends, drawn whole, looks like its parts.
        const group = args[0] as { knockout?: boolean; smask?: unknown };
        if (group.knockout || group.smask || state.fillAlpha !== 1) throw new Unsaid('group');
        this.#stack.push({ ...state });
        return;
      }
      case 'endGroup':
        this.#state = this.#stack.pop() ?? state;
        return;
      case 'dependency':
      case 'endText':
      case 'setRenderingIntent':
      case 'setFlatness':
      case 'beginMarkedContent':
      case 'beginMarkedContentProps':
      case 'endMarkedContent':
      case 'markPoint':
      case 'markPointProps':
      case 'beginCompat':
      case 'endCompat':
        return;
      default:
        throw new Unsaid(name);
    }
  }

  #construct(args: readonly unknown[], names: ReadonlyMap<number, string>): void {
    const [operator, data] = args as [number, (ArrayLike<number> | null)[]];
    const name = names.get(operator) ?? '';
    const paint = paints[name];
    if (paint === undefined) throw new Unsaid(name);
    const [fill, stroke] = paint;
    this.#path(data[0] ?? undefined, { fill, stroke, evenOdd: /EOFill/i.test(name) });
  }
}
