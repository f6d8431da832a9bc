import type { GroundLabel } from '@gongkai/core';
import { families } from '../fonts/index.ts';

/** A ground as it is set: white in a box, black beside a line. */
export type Label = GroundLabel & { readonly black?: true };

/** Labels as a Typst document, one tight page each. */
export const labelSource = `
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: json("/labels.json").fonts, lang: "zh", top-edge: "ascender", bottom-edge: "descender")
#for (i, label) in json("/labels.json").labels.enumerate() {
  if i > 0 { pagebreak() }
  text(size: label.size * 1pt, fill: if label.at("black", default: false) { black } else { white }, label.text)
}`;

export const labelData = (labels: readonly Label[]): Uint8Array =>
  Buffer.from(JSON.stringify({ fonts: families('hei'), labels }));
