import { ok, type Refusal, type Result } from '@gongkai/core';
import { PDFDocument } from 'pdf-lib';
import { families } from '../fonts/index.ts';
import { loading, saving } from '../in-one-go.ts';
import { addResource, layOver } from '../layer/index.ts';
import { displayedSize, uprightAt, withPdf } from '../pdfium/index.ts';
import { compileTypst } from '../typst/index.ts';

/** The side of the mark's own page, in points. */
const side = 400;

/** So pale that the console, which lights up what differs from the converted page, looks through it. */
const source = `
#set page(width: ${side}pt, height: ${side}pt, margin: 0pt, fill: none)
#set text(font: json("/fonts.json"), size: 46pt, fill: rgb(0, 0, 0, 20), lang: "zh")
#place(center + horizon, rotate(-35deg)[预览 未经批准])`;

/**
 * 预览: pale words over every page of a release that nobody has approved, so that it is taken for none. They go on last,
 * after every check of what is below.
 */
export const watermark = async (pdf: Uint8Array, createdAt: Date): Promise<Result<Uint8Array, Refusal>> => {
  const files = { '/fonts.json': Buffer.from(JSON.stringify(families('song'))) };
  const layer = compileTypst({ source, files, createdAt, tagged: false });
  if (!layer.ok) return layer;
  const frames = await withPdf(pdf, (open) =>
    Array.from({ length: open.pages }, (_, i) => open.withPage(i + 1, ({ frame }) => frame)),
  );
  if (!frames.ok) return frames;
  const document = await PDFDocument.load(pdf, loading);
  const [mark] = await document.embedPdf(await PDFDocument.load(layer.value, loading), [0]);
  for (const [i, frame] of frames.value.entries()) {
    if (frame === undefined || mark === undefined) continue;
    const page = document.getPage(i);
    const { width, height } = displayedSize(frame);
    const scale = Math.min(width, height) / side;
    const half = (side * scale) / 2;
    const [a, b, c, d, e, f] = uprightAt(frame, width / 2 - half, height / 2 + half);
    const matrix = [a * scale, b * scale, c * scale, d * scale, e, f].map((it) => it.toFixed(3)).join(' ');
    layOver(page, `q ${matrix} cm ${addResource(page, 'XObject', 'Preview', mark.ref).toString()} Do Q`);
  }
  await document.flush();
  return ok(await document.save({ ...saving, updateFieldAppearances: false, addDefaultPage: false }));
};
