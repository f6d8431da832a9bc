import { families } from '../fonts/index.ts';
import type { Rect } from '../pdfium/index.ts';

/** The ground as it stands in a box: white, small, only where the whole of it fits. */
export type Label = { readonly text: string; readonly size: number };

const LARGEST = 7;
const SMALLEST = 4.5;

/** The label for a box of displayed points; undefined where it would not be readable. */
export const labelFor = (box: Rect, text: string): Label | undefined => {
  const [width, height] = [box.right - box.left - 3, box.bottom - box.top - 1.5];
  // 0.5 pt steps, so that boxes share their labels
  const size = Math.floor(Math.min(LARGEST, height / 1.1, width / [...text].length) * 2) / 2;
  return text !== '' && size >= SMALLEST ? { text, size } : undefined;
};

/** Labels as a Typst document, one tight page each. */
export const labelSource = `
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: json("/labels.json").fonts, fill: white, lang: "zh", top-edge: "ascender", bottom-edge: "descender")
#for (i, label) in json("/labels.json").labels.enumerate() {
  if i > 0 { pagebreak() }
  text(size: label.size * 1pt, label.text)
}`;

export const labelData = (labels: readonly Label[]): Uint8Array =>
  Buffer.from(JSON.stringify({ fonts: families('hei'), labels }));
