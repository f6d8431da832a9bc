import { ok, type Refusal, type Result, watermarkSquare } from '@gongkai/core';
import type { PDFDocument } from 'pdf-lib';
import { families } from '../fonts/index.ts';
import { addResource, embedOutlined, layOver } from '../layer/index.ts';
import { displayedSize, uprightAt, withPdf } from '../pdfium/index.ts';
import { multiplying } from '../seal/index.ts';
import { outlinedPage } from '../typst/index.ts';

/** The side of the mark's own page, in points. */
const side = 400;

/**
 * A tenth darker than paper, and multiplied: letters beneath stay as dark as they were, white ones on black turn a little
 * grey. What ended is marked in red.
 */
const inks = { grey: 'luma(228)', red: 'rgb("#ffdede")' } as const;

const source = (ink: keyof typeof inks): string => `
#let data = json("/mark.json")
#set page(width: ${side}pt, height: ${side}pt, margin: 0pt, fill: none)
#set text(font: data.fonts, size: data.size * 1pt, fill: ${inks[ink]}, weight: "bold", lang: "zh")
#place(center + horizon, rotate(-35deg, data.words))`;

type Mark = {
  readonly words: string;
  readonly ink: keyof typeof inks;
  /** How much lower than where a release has it, in widths, as far as the page goes. */
  readonly lower?: number;
};

/**
 * 水印: pale words across every page, large as the page allows, the same on pages of all sizes and rotations. They never
 * make text unreadable. `bytes` is the document as it stands, for the frames of its pages.
 */
export const layWatermark = async (
  document: PDFDocument,
  bytes: Uint8Array,
  { words, ink, lower = 0 }: Mark,
  createdAt: Date,
): Promise<Result<undefined, Refusal>> => {
  const size = Math.min(88, 370 / [...words].length);
  const files = { '/mark.json': Buffer.from(JSON.stringify({ fonts: families('song'), words, size })) };
  const layer = outlinedPage({ source: source(ink), files, createdAt }, side);
  if (!layer.ok) return layer;
  const frames = await withPdf(bytes, (open) =>
    Array.from({ length: open.pages }, (_, i) => open.withPage(i + 1, ({ frame }) => frame)),
  );
  if (!frames.ok) return frames;
  const mark = await embedOutlined(document, layer.value, 1);
  const state = multiplying(document);
  for (const [i, frame] of frames.value.entries()) {
    if (frame === undefined) continue;
    const page = document.getPage(i);
    const size = displayedSize(frame);
    const { x, y, width } = watermarkSquare({ page: i + 1, ...size });
    const scale = width / side;
    const down = Math.max(0, Math.min(lower * width, size.height - y - width));
    const [a, b, c, d, e, f] = uprightAt(frame, x, y + down + width);
    const matrix = [a * scale, b * scale, c * scale, d * scale, e, f].map((it) => it.toFixed(3)).join(' ');
    const pale = addResource(page, 'ExtGState', 'Pale', state).toString();
    const drawn = addResource(page, 'XObject', 'Watermark', mark.ref).toString();
    layOver(page, `/Artifact BMC\nq ${pale} gs ${matrix} cm ${drawn} Do Q\nEMC`);
  }
  await document.flush();
  return ok(undefined);
};
