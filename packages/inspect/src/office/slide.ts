import type { Attributes, XmlReader } from '../zip/xml-reader.ts';
import type { Collected } from './collected.ts';
import { noteDescription } from './description.ts';

/** Measures of a slide, in EMU; undefined until ppt/presentation.xml has told them. */
export type SlideSize = { width?: number; height?: number };

export const presentationReader = (size: SlideSize): XmlReader => ({
  open: (name, attributes) => {
    if (!name.endsWith(':sldSz')) return;
    size.width = Number(attributes.cx);
    size.height = Number(attributes.cy);
  },
});

type Shape = { depth: number; text: string; box?: [left: number, top: number]; size?: [number, number] };

const pair = (attributes: Attributes, one: string, other: string): [number, number] => [
  Number(attributes[one]),
  Number(attributes[other]),
];

const isOutside = ({ box, size: own }: Shape, { width, height }: SlideSize): boolean => {
  if (box === undefined || own === undefined || width === undefined || height === undefined) return false;
  const [left, top] = box;
  return left >= width || top >= height || left + own[0] <= 0 || top + own[1] <= 0;
};

/** ppt/slides/*.xml: slides that are not shown, and boxes that stand beside the slide. */
export const slideReader = (collected: Collected, part: string, size: SlideSize): XmlReader => {
  let shape: Shape | undefined;
  let groups = 0;
  return {
    open: (name, attributes, depth) => {
      if (depth === 1 && name.endsWith(':sld') && /^(?:0|false)$/.test(attributes.show ?? '1'))
        collected.add({ kind: 'hidden-sheet', severity: 'high', rule: 'hidden-slide', text: part, part });
      noteDescription(collected, part, name, attributes);
      // Boxes of a group are measured in the group's own space.
      if (name === 'p:grpSp') groups += 1;
      if (name === 'p:sp' && groups === 0) shape = { depth, text: '' };
      if (shape === undefined) return;
      if (name === 'a:off') shape.box = pair(attributes, 'x', 'y');
      if (name === 'a:ext' && attributes.cx !== undefined) shape.size = pair(attributes, 'cx', 'cy');
    },
    text: (text) => {
      if (shape !== undefined && shape.text.length < 2_000) shape.text += text;
    },
    close: (name, depth) => {
      if (name === 'p:grpSp') groups -= 1;
      if (shape?.depth !== depth) return;
      if (shape.text.trim() !== '' && isOutside(shape, size))
        collected.add({ kind: 'off-page-text', severity: 'high', rule: 'off-slide', text: shape.text, part });
      shape = undefined;
    },
  };
};
