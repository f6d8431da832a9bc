import type { Scope } from './scope.ts';
import { Undrawable } from './undrawable.ts';
import { child, childrenOf, type Element, numberOf } from './xml.ts';

/** A plain colour in PDF's terms; components 0 to 1. */
export type Plain = {
  readonly space: 'DeviceGray' | 'DeviceRGB' | 'DeviceCMYK';
  readonly components: readonly number[];
};
export type Colour = {
  readonly plain: Plain | undefined;
  /** A gradient or a tiled cell instead. */
  readonly pattern: Element | undefined;
  /** 0 to 1. */
  readonly alpha: number;
};

export type ColourSpace = {
  readonly type: 'GRAY' | 'RGB' | 'CMYK';
  readonly bits: number;
  readonly palette: readonly (readonly number[])[];
};

/** `#ff` and `255` both are written. */
export const componentsIn = (value: string): number[] =>
  value
    .trim()
    .split(/[\s,]+/)
    .filter((it) => it !== '')
    .map((it) => (it.startsWith('#') ? Number.parseInt(it.slice(1), 16) : Number(it)));

export const colourSpaceOf = (element: Element): ColourSpace => {
  const type = element.attributes.Type?.toUpperCase();
  if (type !== 'GRAY' && type !== 'RGB' && type !== 'CMYK')
    throw new Undrawable('not-drawable', { page: 0, object: `ColorSpace ${type ?? '?'}` });
  return {
    type,
    bits: numberOf(element, 'BitsPerComponent') ?? 8,
    palette: childrenOf(child(element, 'Palette'), 'CV').map((it) => componentsIn(it.text)),
  };
};

const spaces = { 1: 'DeviceGray', 3: 'DeviceRGB', 4: 'DeviceCMYK' } as const;
const rgb: ColourSpace = { type: 'RGB', bits: 8, palette: [] };
export const black: Plain = { space: 'DeviceGray', components: [0] };

export const plainColour = (element: Element, scope: Scope): Plain => {
  const id = element.attributes.ColorSpace;
  const space = id === undefined ? scope.defaultSpace : scope.space(id);
  const { bits, palette, type } = space ?? rgb;
  const index = numberOf(element, 'Index');
  const value = element.attributes.Value;
  const listed =
    value === undefined ? (index === undefined ? undefined : palette[index]) : componentsIn(value);
  // No value: every channel 0 (GB/T 33190 §8.3.2).
  const components = listed ?? new Array<number>({ GRAY: 1, RGB: 3, CMYK: 4 }[type]).fill(0);
  const name = spaces[components.length as 1 | 3 | 4];
  if (name === undefined || components.some((it) => !Number.isFinite(it)))
    return scope.undrawable(`Color ${value ?? ''}`);
  const most = 2 ** bits - 1;
  return { space: name, components: components.map((it) => Math.min(1, Math.max(0, it / most))) };
};

const patterns = new Set(['Pattern', 'AxialShd', 'RadialShd', 'GouraudShd', 'LaGourandShd', 'LaGouraudShd']);

export const colourOf = (element: Element, scope: Scope): Colour => {
  const pattern = element.children.find(({ name }) => patterns.has(name));
  const alpha = Math.min(1, Math.max(0, (numberOf(element, 'Alpha') ?? 255) / 255));
  return { plain: pattern === undefined ? plainColour(element, scope) : undefined, pattern, alpha };
};

const setters = {
  DeviceGray: { fill: 'g', stroke: 'G' },
  DeviceRGB: { fill: 'rg', stroke: 'RG' },
  DeviceCMYK: { fill: 'k', stroke: 'K' },
} as const;
export const setterOf = (space: Plain['space'], use: 'fill' | 'stroke'): string => setters[space][use];
