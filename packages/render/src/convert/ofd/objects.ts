import type { Canvas } from './canvas.ts';
import { black, type Colour } from './colour.ts';
import { drawImage } from './image.ts';
import { chain, identity, type Matrix, matrixOf, placeOf } from './matrix.ts';
import { outline } from './outline.ts';
import type { Scope } from './scope.ts';
import { colourFor, type Looks, looksOf, setColour, setLine } from './style.ts';
import { drawText } from './text.ts';
import { child, childrenOf, type Element, flag, numberOf } from './xml.ts';

const deepest = 32;
/** Twelve composites that call the next ten times each are a trillion objects in 2 kB. */
const mostRepeated = 200_000;
/** Where nothing is said: strokes and letters are black. */
const ink: Colour = { plain: black, pattern: undefined, alpha: 1 };

/** Not shown by any reader: intake has told of it (inspect, ofd/page.ts), and it is not carried into the PDF. */
const unseen = (element: Element): boolean =>
  flag(element, 'Visible') === false || numberOf(element, 'Alpha') === 0;

const alphaOf = (element: Element): number =>
  Math.min(1, Math.max(0, (numberOf(element, 'Alpha') ?? 255) / 255));

const setAlpha = (canvas: Canvas, element: Element, fill?: Colour, stroke?: Colour): void => {
  const own = alphaOf(element);
  canvas.alpha(own * (fill?.alpha ?? 1), own * (stroke?.alpha ?? 1));
};

/** Each Clip cuts what the ones before have left; the areas of one Clip are taken together (GB/T 33190 §8.4). */
const clip = (canvas: Canvas, element: Element, placed: Matrix, around: Matrix, scope: Scope): void => {
  for (const clips of childrenOf(element, 'Clips')) {
    const from = flag(clips, 'TransFlag') === false ? around : placed;
    for (const one of childrenOf(clips, 'Clip')) {
      const areas = childrenOf(one, 'Area').map((area) => {
        const path = child(area, 'Path');
        const data = child(path, 'AbbreviatedData');
        if (path === undefined || data === undefined) return scope.undrawable('Clip Text');
        const matrix = chain(placeOf(path), chain(matrixOf(area.attributes.CTM) ?? identity, from));
        return { operators: outline(data.text, scope, matrix), evenOdd: path.attributes.Rule === 'Even-Odd' };
      });
      const evenOdd = areas.some((it) => it.evenOdd);
      if (evenOdd && areas.length > 1) scope.undrawable('Clip Even-Odd');
      // An empty clip lets nothing through.
      const operators = areas.flatMap((it) => it.operators);
      canvas.write(...(operators.length === 0 ? ['0 0 0 0 re'] : operators), evenOdd ? 'W* n' : 'W n');
    }
  }
};

const drawPath = (element: Element, canvas: Canvas, placed: Matrix, looks: Looks, scope: Scope): void => {
  const data = child(element, 'AbbreviatedData');
  if (data === undefined) scope.undrawable('AbbreviatedData');
  const stroke =
    (flag(element, 'Stroke') ?? true) ? (colourFor(looks, 'StrokeColor', scope) ?? ink) : undefined;
  // What is to be filled with no colour stays clear (GB/T 33190 table 35).
  const fill = flag(element, 'Fill') === true ? colourFor(looks, 'FillColor', scope) : undefined;
  const operators = outline(data.text, scope);
  if (operators.length === 0 || (stroke === undefined && fill === undefined)) return;
  setAlpha(canvas, element, fill, stroke);
  if (fill !== undefined) setColour(canvas, fill, 'fill', placed, scope);
  if (stroke !== undefined) setColour(canvas, stroke, 'stroke', placed, scope);
  canvas.transform(placed);
  if (stroke !== undefined) setLine(canvas, looks);
  const star = element.attributes.Rule === 'Even-Odd' ? '*' : '';
  const paint = fill === undefined ? 'S' : stroke === undefined ? `f${star}` : `B${star}`;
  canvas.write(...operators, paint);
};

const drawComposite = (
  element: Element,
  canvas: Canvas,
  placed: Matrix,
  looks: Looks,
  scope: Scope,
  depth: number,
): void => {
  const unit = scope.resources.units.get(element.attributes.ResourceID ?? '');
  const content = child(unit, 'Content');
  if (unit === undefined || content === undefined)
    scope.undrawable(`ResourceID=${element.attributes.ResourceID ?? '?'}`);
  if (alphaOf(element) !== 1) scope.undrawable('Alpha');
  scope.repeated.objects += content.children.length;
  if (scope.repeated.objects > mostRepeated) scope.undrawable(`> ${mostRepeated} objects`);
  drawObjects(content, canvas, placed, looks, scope, depth + 1);
};

const drawObject = (
  element: Element,
  canvas: Canvas,
  around: Matrix,
  inherited: Looks,
  scope: Scope,
  depth: number,
): void => {
  if (unseen(element)) return;
  scope.at(element);
  const placed = chain(placeOf(element), around);
  const looks = looksOf(element, inherited, scope);
  canvas.within(() => {
    clip(canvas, element, placed, around, scope);
    switch (element.name) {
      case 'TextObject':
        setAlpha(
          canvas,
          element,
          colourFor(looks, 'FillColor', scope),
          colourFor(looks, 'StrokeColor', scope),
        );
        drawText(element, canvas, placed, looks, scope);
        scope.tally.text += 1;
        return;
      case 'PathObject':
        drawPath(element, canvas, placed, looks, scope);
        scope.tally.path += 1;
        return;
      case 'ImageObject':
        setAlpha(canvas, element);
        drawImage(element, canvas, placed, scope);
        scope.tally.image += 1;
        return;
      case 'CompositeObject':
        drawComposite(element, canvas, placed, looks, scope, depth);
        scope.tally.composite += 1;
        return;
      default:
        scope.undrawable('');
    }
  });
};

/** Notes of a program to itself, and what a reader does on a click: nothing of it is drawn. */
const silent = new Set(['Actions', 'Clips', 'Border']);

/**
 * The objects of a layer, a block, a cell or an appearance, in their order (GB/T 33190 §7.7). `around` leads from their space to
 * that of the stream. An element that no rule here draws is refused, with page and object.
 */
export const drawObjects = (
  block: Element,
  canvas: Canvas,
  around: Matrix,
  inherited: Looks,
  scope: Scope,
  depth = 0,
): void => {
  if (depth > deepest) scope.undrawable('depth');
  for (const element of block.children) {
    if (silent.has(element.name)) continue;
    if (element.name === 'PageBlock') drawObjects(element, canvas, around, inherited, scope, depth + 1);
    else drawObject(element, canvas, around, inherited, scope, depth);
  }
};
