import { PDFArray, PDFBool, type PDFObject, type PDFRef } from 'pdf-lib';
import { Canvas, packed } from './canvas.ts';
import { type Plain, plainColour } from './colour.ts';
import { chain, identity, type Matrix, matrixOf, number } from './matrix.ts';
import { drawObjects } from './objects.ts';
import type { Scope } from './scope.ts';
import { child, childrenOf, type Element, numberOf, numbers } from './xml.ts';

type Stop = { readonly at: number; readonly colour: Plain };

const stopsOf = (element: Element, scope: Scope): Stop[] => {
  const segments =
    childrenOf(element, 'Segment').length > 0
      ? childrenOf(element, 'Segment')
      : childrenOf(element, 'Segement');
  const last = segments.length - 1;
  const stops = segments.map((segment, i): Stop => {
    const colour = child(segment, 'Color');
    if (colour === undefined) return scope.undrawable(element.name);
    if ((numberOf(colour, 'Alpha') ?? 255) !== 255) scope.undrawable(`${element.name} Segment Alpha`);
    return {
      at: Math.min(1, Math.max(0, numberOf(segment, 'Position') ?? (last === 0 ? 0 : i / last))),
      colour: plainColour(colour, scope),
    };
  });
  const space = stops[0]?.colour.space;
  if (stops.length < 2 || stops.some(({ colour }) => colour.space !== space)) scope.undrawable(element.name);
  return whole(stops.sort((one, other) => one.at - other.at));
};

/** From 0 to 1: before the first colour and behind the last one, these go on. */
const whole = (stops: readonly Stop[]): Stop[] => {
  const [first, last] = [stops[0], stops.at(-1)];
  return [
    ...(first !== undefined && first.at > 0 ? [{ ...first, at: 0 }] : []),
    ...stops,
    ...(last !== undefined && last.at < 1 ? [{ ...last, at: 1 }] : []),
  ];
};

const mostUnits = 500;
/** MapType: the colours once along the axis, or again and again, or to and fro, every MapUnit (GB/T 33190 table 29). */
const mapped = (element: Element, length: number, scope: Scope): { stops: Stop[]; units: number } => {
  const stops = stopsOf(element, scope);
  const type = element.attributes.MapType ?? 'Direct';
  if (type === 'Direct') return { stops, units: 1 };
  const units = length / (numberOf(element, 'MapUnit') ?? length);
  if (!/^(?:Repeat|Reflect)$/.test(type) || !(units > 0 && units <= mostUnits))
    scope.undrawable(`${element.name} MapType=${type}`);
  // Whether the pattern or its last colour goes on beyond the axis, the standard does not say.
  if ((numberOf(element, 'Extend') ?? 0) !== 0) scope.undrawable(`${element.name} MapType=${type} Extend`);
  const back = stops.map(({ at, colour }) => ({ at: 1 - at, colour })).reverse();
  const unrolled = Array.from({ length: Math.ceil(units) }, (_, unit) =>
    (type === 'Reflect' && unit % 2 === 1 ? back : stops).map(({ at, colour }) => ({
      at: unit + at,
      colour,
    })),
  );
  return { stops: unrolled.flat(), units };
};

/** A stitching function over the stops (ISO 32000-1 §7.10.4). */
const functionOf = (stops: readonly Stop[], { document: { context } }: Scope): PDFObject => {
  const pairs = stops
    .slice(1)
    .map((to, i) => ({ from: stops[i] ?? to, to }))
    // Two colours at one place are an edge.
    .filter(({ from, to }) => to.at > from.at);
  const functions = pairs.map(({ from, to }) =>
    context.obj({
      FunctionType: 2,
      Domain: [0, 1],
      C0: [...from.colour.components],
      C1: [...to.colour.components],
      N: 1,
    }),
  );
  return context.obj({
    FunctionType: 3,
    Domain: [0, stops.at(-1)?.at ?? 1],
    Functions: functions,
    Bounds: pairs.slice(1).map(({ from }) => from.at),
    Encode: pairs.flatMap(() => [0, 1]),
  });
};

/** Bit 1: beyond the start, bit 2: beyond the end (GB/T 33190 table 29). */
const extend = (element: Element, scope: Scope): PDFArray => {
  const said = numberOf(element, 'Extend') ?? 0;
  const array = PDFArray.withContext(scope.document.context);
  array.push(said & 1 ? PDFBool.True : PDFBool.False);
  array.push(said & 2 ? PDFBool.True : PDFBool.False);
  return array;
};

const point = (element: Element, attribute: string, scope: Scope): readonly [number, number] => {
  const [x, y] = numbers(element.attributes[attribute]);
  return x === undefined || y === undefined ? scope.undrawable(`${element.name} ${attribute}`) : [x, y];
};

const gradient = (element: Element, placed: Matrix, scope: Scope): PDFRef => {
  const { context } = scope.document;
  const [start, end] = [point(element, 'StartPoint', scope), point(element, 'EndPoint', scope)];
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
  const radial = element.name === 'RadialShd';
  if (radial && (numberOf(element, 'Eccentricity') ?? 0) !== 0) scope.undrawable('RadialShd Eccentricity');
  const radii = [numberOf(element, 'StartRadius') ?? 0, numberOf(element, 'EndRadius') ?? 0] as const;
  const { stops, units } = mapped(element, radial ? Math.abs(radii[1] - radii[0]) : length, scope);
  const shading = context.obj({
    ShadingType: radial ? 3 : 2,
    ColorSpace: stops[0]?.colour.space ?? 'DeviceRGB',
    Coords: radial ? [...start, radii[0], ...end, radii[1]] : [...start, ...end],
    Domain: [0, units],
    Function: functionOf(stops, scope),
    Extend: extend(element, scope),
  });
  return context.register(
    context.obj({
      Type: 'Pattern',
      PatternType: 2,
      Matrix: placed.map((it) => Number(number(it))),
      Shading: context.register(shading),
    }),
  );
};

const tiled = (element: Element, placed: Matrix, scope: Scope): PDFRef => {
  const { context } = scope.document;
  const reflected = element.attributes.ReflectMethod ?? 'Normal';
  if (reflected !== 'Normal') scope.undrawable(`Pattern ReflectMethod=${reflected}`);
  if (element.attributes.RelativeTo === 'Page') scope.undrawable('Pattern RelativeTo=Page');
  const [width, height] = [numberOf(element, 'Width') ?? 0, numberOf(element, 'Height') ?? 0];
  if (!(width > 0 && height > 0)) scope.undrawable('Pattern');
  const cell = new Canvas(scope.document);
  const content = child(element, 'CellContent');
  if (content !== undefined) drawObjects(content, cell, identity, [], scope);
  const matrix = chain(matrixOf(element.attributes.CTM) ?? identity, placed);
  return context.register(
    packed(context, cell.content, {
      Type: 'Pattern',
      PatternType: 1,
      PaintType: 1,
      TilingType: 1,
      BBox: [0, 0, width, height],
      XStep: Math.max(width, numberOf(element, 'XStep') ?? width),
      YStep: Math.max(height, numberOf(element, 'YStep') ?? height),
      Matrix: matrix.map((it) => Number(number(it))),
      Resources: cell.resources,
    }),
  );
};

/** A gradient or a tiled cell as a PDF pattern. Undrawable where PDF would show something else than OFD means. */
export const patternOf = (element: Element, placed: Matrix, scope: Scope): PDFRef => {
  switch (element.name) {
    case 'AxialShd':
    case 'RadialShd':
      return gradient(element, placed, scope);
    case 'Pattern':
      return tiled(element, placed, scope);
    default:
      return scope.undrawable(element.name);
  }
};
