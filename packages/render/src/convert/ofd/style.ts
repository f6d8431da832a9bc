import type { Canvas } from './canvas.ts';
import { type Colour, colourOf, setterOf } from './colour.ts';
import { list, type Matrix, number } from './matrix.ts';
import { patternOf } from './pattern.ts';
import type { Scope } from './scope.ts';
import { child, type Element, numbers } from './xml.ts';

/** Where an object's looks are said: by itself, by its DrawParam, by those of what holds it. The first one wins. */
export type Looks = readonly Element[];

const mostRelatives = 32;

/** A DrawParam and those that it builds on (GB/T 33190 §8.2). */
export const paramsOf = (element: Element, scope: Scope): Element[] => {
  const found: Element[] = [];
  let id = element.attributes.DrawParam;
  while (id !== undefined) {
    const param = scope.resources.params.get(id);
    if (param === undefined || found.length > mostRelatives) return scope.undrawable(`DrawParam ${id}`);
    found.push(param);
    id = param.attributes.Relative;
  }
  return found;
};

export const looksOf = (element: Element, inherited: Looks, scope: Scope): Looks => [
  element,
  ...paramsOf(element, scope),
  ...inherited,
];

const said = (looks: Looks, attribute: string): string | undefined =>
  looks.find((it) => it.attributes[attribute] !== undefined)?.attributes[attribute];
const amount = (looks: Looks, attribute: string): number | undefined => numbers(said(looks, attribute))[0];

export const colourFor = (
  looks: Looks,
  name: 'FillColor' | 'StrokeColor',
  scope: Scope,
): Colour | undefined => {
  const element = looks.flatMap((it) => child(it, name) ?? [])[0];
  return element === undefined ? undefined : colourOf(element, scope);
};

const caps: Readonly<Record<string, number>> = { Butt: 0, Round: 1, Square: 2 };
const joins: Readonly<Record<string, number>> = { Miter: 0, Round: 1, Bevel: 2 };

/** Millimetres, in the object's own space. */
export const setLine = (canvas: Canvas, looks: Looks): void => {
  const dash = numbers(said(looks, 'DashPattern'));
  canvas.write(
    `${number(amount(looks, 'LineWidth') ?? 0.353)} w`,
    `${caps[said(looks, 'Cap') ?? 'Butt'] ?? 0} J`,
    `${joins[said(looks, 'Join') ?? 'Miter'] ?? 0} j`,
    `${number(Math.max(1, amount(looks, 'MiterLimit') ?? 3.528))} M`,
  );
  if (dash.some((it) => it > 0))
    canvas.write(`[${list(dash)}] ${number(amount(looks, 'DashOffset') ?? 0)} d`);
};

/** `placed` is the way from the object's space to that of the stream: patterns are not moved by `cm`. */
export const setColour = (
  canvas: Canvas,
  colour: Colour,
  use: 'fill' | 'stroke',
  placed: Matrix,
  scope: Scope,
): void => {
  const { plain, pattern } = colour;
  if (plain !== undefined) {
    canvas.write(`${list(plain.components)} ${setterOf(plain.space, use)}`);
  } else if (pattern !== undefined) {
    const name = canvas.name('Pattern', patternOf(pattern, placed, scope));
    canvas.write(use === 'fill' ? `/Pattern cs ${name} scn` : `/Pattern CS ${name} SCN`);
  }
};
