import type { Canvas } from './canvas.ts';
import { black, type Colour } from './colour.ts';
import type { OfdFont } from './fonts.ts';
import { chain, list, type Matrix, number } from './matrix.ts';
import type { Scope } from './scope.ts';
import { colourFor, type Looks, setColour, setLine } from './style.ts';
import type { Typeface } from './typeface.ts';
import { Undrawable } from './undrawable.ts';
import { childrenOf, type Element, flag, numberOf, numbers } from './xml.ts';

/** A glyph, what it reads as, and its way from the one before, in millimetres. */
type Placed = {
  readonly typeface: Typeface;
  readonly glyph: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
};

const ink: Colour = { plain: black, pattern: undefined, alpha: 1 };
/** Letters that are drawn by nothing: white space that a font has no glyph for. */
const blank = /^[\s\u200b\ufeff]$/u;

/** A font with a glyph for the character: the OFD's own, else ours. Refuses `glyph-missing` with page and character. */
const glyphFor = (
  font: OfdFont,
  character: string,
  scope: Scope,
): { typeface: Typeface; glyph: number } | undefined => {
  const code = character.codePointAt(0) ?? 0;
  const own = font.own?.face.glyphOf(code) ?? 0;
  if (font.own !== undefined && own !== 0) return { typeface: font.own, glyph: own };
  for (const typeface of font.standIns()) {
    const glyph = typeface.face.glyphOf(code);
    if (glyph === 0) continue;
    if (!blank.test(character)) scope.fonts.standsIn(font.name);
    return { typeface, glyph };
  }
  if (blank.test(character)) return undefined;
  throw new Undrawable('glyph-missing', { page: scope.page, character });
};

type Mapped = { readonly codes: number; readonly glyphs: readonly number[] };

/** CGTransform: which codes are drawn by which glyphs of the OFD's own font (GB/T 33190 §11.4). */
const transformsOf = (element: Element, font: OfdFont, scope: Scope): Map<number, Mapped> => {
  const found = new Map<number, Mapped>();
  for (const transform of childrenOf(element, 'CGTransform')) {
    const at = numberOf(transform, 'CodePosition') ?? 0;
    const codes = numberOf(transform, 'CodeCount') ?? 1;
    const glyphs = numbers(childrenOf(transform, 'Glyphs')[0]?.text);
    if (codes < 1 || glyphs.length === 0) scope.undrawable('CGTransform');
    // Each code has its glyph: told one by one, so that each reads as its own character.
    if (codes === glyphs.length)
      for (const [i, glyph] of glyphs.entries()) found.set(at + i, { codes: 1, glyphs: [glyph] });
    else found.set(at, { codes, glyphs });
    if (
      font.own !== undefined &&
      glyphs.some((glyph) => !(glyph >= 0 && glyph < (font.own?.face.glyphs ?? 0)))
    )
      scope.undrawable(`CGTransform ${glyphs.slice(0, 8).join(' ')}`);
  }
  return found;
};

/** The last offset goes on where the list ends; where there is none, nothing moves (GB/T 33190 table 46). */
const offset = (offsets: readonly number[], i: number): number => offsets[i] ?? offsets.at(-1) ?? 0;

const runsOf = (element: Element, font: OfdFont, scope: Scope): Placed[][] => {
  const transforms = transformsOf(element, font, scope);
  const runs: Placed[][] = [];
  let [x, y] = [0, 0];
  let position = 0;
  for (const textCode of childrenOf(element, 'TextCode')) {
    x = numberOf(textCode, 'X') ?? x;
    y = numberOf(textCode, 'Y') ?? y;
    const [across, down] = [numbers(textCode.attributes.DeltaX), numbers(textCode.attributes.DeltaY)];
    const characters = [...textCode.text.replace(/[\r\n\t]/g, '')];
    const run: Placed[] = [];
    let [penX, penY, step] = [x, y, 0];
    const put = (typeface: Typeface | undefined, glyph: number, text: string): void => {
      if (typeface !== undefined) run.push({ typeface, glyph, text, x: penX, y: penY });
      penX += offset(across, step);
      penY += offset(down, step);
      step += 1;
    };
    for (let i = 0; i < characters.length; ) {
      const mapped = font.own === undefined ? undefined : transforms.get(position);
      if (mapped === undefined) {
        const character = characters[i] ?? '';
        const found = glyphFor(font, character, scope);
        put(found?.typeface, found?.glyph ?? 0, character);
        i += 1;
        position += character.length;
        continue;
      }
      const codes = characters.slice(i, i + mapped.codes);
      // A ligature reads as all its letters; of several glyphs for them, the first does.
      for (const [at, glyph] of mapped.glyphs.entries()) put(font.own, glyph, at === 0 ? codes.join('') : '');
      i += mapped.codes;
      position += mapped.codes;
    }
    runs.push(run);
  }
  return runs;
};

const slant = Math.tan((12 * Math.PI) / 180);
/** How much a stroke thickens letters whose font has no bold, of the size. */
const thicker = 0.03;

/** From the em square, y up, to the object's space, y down: turned by CharDirection, narrowed by HScale. */
const emTo = (element: Element, size: number, italic: boolean): Matrix => {
  const turn = ((numberOf(element, 'CharDirection') ?? 0) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const wide = numberOf(element, 'HScale') ?? 1;
  const lean = italic ? slant : 0;
  return [size * wide * cos, size * wide * sin, size * (sin + lean * cos), size * (lean * sin - cos), 0, 0];
};

const writeRun = (run: readonly Placed[], canvas: Canvas, em: Matrix, placed: Matrix): void => {
  const tall = Math.hypot(...(chain(em, placed).slice(2, 4) as [number, number])) || 1;
  const upright = em[1] === 0;
  let parts: string[] = [];
  let open = '';
  let chosen: unknown;
  let pen: Placed | undefined;
  let ahead = 0;
  const flush = (): void => {
    if (open !== '') parts.push(`<${open}>`);
    if (parts.length > 0) canvas.write(`[${parts.join(' ')}] TJ`);
    [parts, open] = [[], ''];
  };
  for (const letter of run) {
    const { font, code } = letter.typeface.use(letter.glyph, letter.text);
    const level = pen !== undefined && upright && letter.y === pen.y && font === chosen;
    if (level && pen !== undefined) {
      // Within one TJ what differs from the glyph's own width is made good, in thousandths of the size.
      const shift = ahead - ((letter.x - pen.x) * 1000) / em[0];
      if (Math.abs(shift) >= 0.5) {
        if (open !== '') parts.push(`<${open}>`);
        parts.push(number(Math.round(shift * 100) / 100));
        open = '';
      }
    } else {
      flush();
      const at = chain([em[0], em[1], em[2], em[3], letter.x, letter.y], placed);
      if (font !== chosen) canvas.write(`${canvas.name('Font', font)} ${number(tall)} Tf`);
      chosen = font;
      canvas.write(`${list([at[0] / tall, at[1] / tall, at[2] / tall, at[3] / tall, at[4], at[5]])} Tm`);
    }
    open += code;
    pen = letter;
    ahead = letter.typeface.face.advance(letter.glyph);
  }
  flush();
};

/** A TextObject (GB/T 33190 §11.2): each glyph where the file says, from the file's own font where it has one. */
export const drawText = (
  element: Element,
  canvas: Canvas,
  placed: Matrix,
  looks: Looks,
  scope: Scope,
): void => {
  const font = scope.font(element.attributes.Font);
  if (font.own === undefined && font.unreadable && childrenOf(element, 'CGTransform').length > 0)
    scope.undrawable(`Font ${font.name}`);
  const size = numberOf(element, 'Size') ?? scope.undrawable('Size');
  const runs = runsOf(element, font, scope);
  const ours = font.own === undefined;
  const bold = ours && !font.boldStandIn && (font.bold || (numberOf(element, 'Weight') ?? 400) >= 600);
  const em = emTo(element, size, flag(element, 'Italic') ?? (ours && font.italic));
  const filled = flag(element, 'Fill') ?? true;
  const stroked = flag(element, 'Stroke') ?? false;
  const fill = filled ? (colourFor(looks, 'FillColor', scope) ?? ink) : undefined;
  const stroke = stroked ? (colourFor(looks, 'StrokeColor', scope) ?? ink) : bold ? fill : undefined;
  if (fill !== undefined) setColour(canvas, fill, 'fill', placed, scope);
  if (stroke !== undefined) {
    setColour(canvas, stroke, 'stroke', placed, scope);
    if (stroked) setLine(canvas, looks);
    else canvas.write(`${number(size * thicker * Math.hypot(placed[2], placed[3]))} w`);
  }
  // Neither filled nor stroked is text all the same: it stays, unseen, and the inspection tells of it.
  const mode = fill === undefined ? (stroke === undefined ? 3 : 1) : stroke === undefined ? 0 : 2;
  canvas.write('BT', `${mode} Tr`);
  for (const run of runs) writeRun(run, canvas, em, placed);
  canvas.write('ET');
};
