import { type PDFDocument, PDFName } from 'pdf-lib';
import type { Character, Frame, Picture, Rect } from '../pdfium/index.ts';
import { displayedSize, uprightAt } from '../pdfium/index.ts';
import { invisibleText } from './invisible-text.ts';
import { blacken, encode } from './picture.ts';

/** 200 dpi: what a copier makes, readable in print, about 150 to 350 kB a page. */
export const SCALE = 200 / 72;

/** A page as it will be rebuilt: its picture at `SCALE` and the characters that may stay. */
export type Likeness = {
  readonly picture: Picture;
  readonly frame: Frame;
  readonly characters: readonly Character[];
};

/**
 * Makes page `number` anew from pixels with the boxes painted into them, so that nothing of its old content is left;
 * the remaining text lies over the picture unseen, so that it can still be searched, copied and read aloud.
 */
export const rebuild = (
  document: PDFDocument,
  number: number,
  likeness: Likeness,
  boxes: readonly Rect[],
): void => {
  const { picture, frame, characters } = likeness;
  const { context } = document;
  const { node } = document.getPage(number - 1);
  blacken(picture, SCALE, boxes);
  const { bytes, filter, colours, bits } = encode(picture);
  const image = context.register(
    context.stream(bytes, {
      Type: 'XObject',
      Subtype: 'Image',
      Width: picture.width,
      Height: picture.height,
      ColorSpace: colours,
      BitsPerComponent: bits,
      Filter: filter,
    }),
  );
  const { width, height } = displayedSize(frame);
  const [a, b, c, d, e, f] = uprightAt(frame, 0, height);
  const matrix = [a * width, b * width, c * height, d * height, e, f].map((it) => it.toFixed(4)).join(' ');
  const text = invisibleText(document, frame, characters);
  const content = `q ${matrix} cm /Page Do Q\n${text.operators('/Text')}`;
  node.set(PDFName.of('Contents'), context.register(context.flateStream(content)));
  node.set(PDFName.of('Resources'), context.obj({ XObject: { Page: image }, Font: { Text: text.font } }));
  node.delete(PDFName.of('Group'));
  node.delete(PDFName.of('StructParents'));
};
