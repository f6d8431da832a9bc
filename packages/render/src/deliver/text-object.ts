import { chain, type Matrix } from '../convert/ofd/matrix.ts';
import type { Package } from './package.ts';
import type { ReadGlyph } from './second-reader.ts';
import type { State } from './state.ts';
import {
  apply,
  type Box,
  boxOfPoints,
  colour,
  hairline,
  list,
  matrixText,
  number,
  scaleOf,
} from './terms.ts';
import { escapeXml, Unsaid } from './unsaid.ts';

/** XML 1.0 cannot say other control characters; U+FFFF and U+FFFE are none. */
const sayable = /^[\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]+$/u;

type Shown = { readonly text: string; readonly glyph: number; readonly at: number };

/** CGTransform: which glyphs draw the letters, in stretches of one glyph a letter. A space that no glyph draws has none. */
const transformsOf = (shown: readonly Shown[]): string => {
  const stretches: { from: number; codes: number; glyphs: number[] }[] = [];
  let position = 0;
  for (const { text, glyph } of shown) {
    const codes = [...text].length;
    const last = stretches.at(-1);
    const goesOn =
      codes === 1 &&
      last !== undefined &&
      last.codes === last.glyphs.length &&
      last.from + last.codes === position;
    if (glyph !== 0 && goesOn) {
      last.codes += 1;
      last.glyphs.push(glyph);
    } else if (glyph !== 0) stretches.push({ from: position, codes, glyphs: [glyph] });
    position += codes;
  }
  return stretches
    .map(
      ({ from, codes, glyphs }) =>
        `<ofd:CGTransform CodePosition="${from}" CodeCount="${codes}" GlyphCount="${glyphs.length}"><ofd:Glyphs>${glyphs.join(' ')}</ofd:Glyphs></ofd:CGTransform>`,
    )
    .join('');
};

const none = { advance: 0 };

/** What one string of a page is in an OFD (GB/T 33190 §11), and how far the pen goes on. Throws `Unsaid`. */
export const textObject = (
  glyphs: readonly (ReadGlyph | number)[],
  state: State,
  at: { readonly matrix: Matrix; readonly x: number; readonly y: number },
  into: Package,
  whole: string,
  clipsOf: (box: Box) => string,
): { readonly advance: number; readonly object?: string } => {
  const { font, size } = state;
  if (font === undefined || font.isType3Font || font.vertical || font.missingFile || font.data === undefined)
    throw new Unsaid('font');
  if (size === 0) return none;
  if (state.mode > 3) throw new Unsaid('letters as a clip');
  const em = size * ((font.fontMatrix?.[0] ?? 0.001) * 1000);
  const direction = state.turned ? -1 : 1;
  const typeface = into.font(font);
  const hidden = state.mode === 3;
  // From the em square, y up, to millimetres on the page.
  const line = chain(chain([1, 0, 0, 1, at.x, at.y + state.rise], at.matrix), state.matrix);
  const [ux, uy] = [line[0] * state.wide * direction, line[1] * state.wide * direction];
  const tall = Math.hypot(line[2], line[3]) * em;
  if (!(tall > 1e-4)) return none;
  // Size is how tall an em is; the matrix is what is left: turned, slanted or wide.
  const unit = (em / tall) * direction;
  const matrix: Matrix = [
    (ux * em) / tall,
    (uy * em) / tall,
    -line[2] * unit,
    -line[3] * unit,
    line[4],
    line[5],
  ];
  let pen = 0;
  const shown: Shown[] = [];
  for (const glyph of glyphs) {
    if (typeof glyph === 'number') {
      pen -= (glyph * size) / 1000;
      continue;
    }
    if (glyph.accent) throw new Unsaid('accent');
    const spacing = (glyph.isSpace ? state.wordSpace : 0) + state.charSpace;
    const white = /^\s+$/.test(glyph.unicode);
    const own = glyph.isInFont ? typeface.glyphOf(glyph.fontChar) : 0;
    // What is not mapped is drawn as a missing letter by some: a space is drawn by a glyph that is empty.
    const drawn = own === 0 && white ? typeface.blank : own;
    const text = glyph.unicode;
    if (text !== '' && !sayable.test(text)) throw new Unsaid('character');
    // A letter that nothing draws says nothing, either; a space says that it is one.
    if (text !== '' && (drawn !== 0 || white)) shown.push({ text, glyph: drawn, at: pen });
    else if (drawn !== 0) throw new Unsaid('glyph without text');
    else if (text !== '') throw new Unsaid('text without glyph');
    pen += glyph.width * size * (font.fontMatrix?.[0] ?? 0.001) + spacing * direction;
  }
  const advance = pen * state.wide * direction;
  if (shown.length === 0) return { advance };
  const step = (at: number): number => (at / em) * tall;
  const deltas = shown.slice(1).map(({ at }, i) => step(at) - step(shown[i]?.at ?? 0));
  const first = step(shown[0]?.at ?? 0);
  const last = step(shown.at(-1)?.at ?? 0) + tall;
  const box = boxOfPoints(
    ([first - tall, last + tall] as const).flatMap((x) =>
      ([-1.2 * tall, 0.5 * tall] as const).map((y) => apply(matrix, x, y)),
    ),
  );
  // The object's own box is around its letters, so that a reader finds what was clicked on.
  const placed: Matrix = [
    matrix[0],
    matrix[1],
    matrix[2],
    matrix[3],
    matrix[4] - box.left,
    matrix[5] - box.top,
  ];
  const mapped = transformsOf(shown);
  const filled = !hidden && state.mode !== 1;
  const stroked = !hidden && state.mode >= 1;
  const stroke = stroked
    ? ` Stroke="true" LineWidth="${number(Math.max(hairline, state.lineWidth * scaleOf(state.matrix)))}"`
    : '';
  const boundary = list([box.left, box.top, box.right - box.left, box.bottom - box.top]);
  const clips = hidden ? '' : clipsOf(box);
  // A clip is said in the page's own millimetres: then the object's box is the page.
  const where =
    clips === ''
      ? `Boundary="${boundary}" CTM="${matrixText(placed)}"`
      : `${whole} CTM="${matrixText(matrix)}"`;
  const words = escapeXml(shown.map(({ text }) => text).join(''));
  const object = `<ofd:TextObject ID="${into.id()}" ${where} Font="${typeface.id}" Size="${number(tall)}"${filled || hidden ? '' : ' Fill="false"'}${stroke}>${filled ? colour('FillColor', state.fill, state.fillAlpha) : ''}${stroked ? colour('StrokeColor', state.stroke, state.strokeAlpha) : ''}${clips}${mapped}<ofd:TextCode X="${number(first)}" Y="0"${deltas.length > 0 ? ` DeltaX="${list(deltas)}"` : ''}>${words}</ofd:TextCode></ofd:TextObject>`;
  return { advance, object };
};
