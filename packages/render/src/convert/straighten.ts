import { type Greys, ok, type Refusal, type Result, skewOf } from '@gongkai/core';
import type { PDFDocument, PDFPage } from 'pdf-lib';
import { type Picture, withPdf } from '../pdfium/index.ts';

/** A hundred dots an inch show a line of letters well enough, and no picture larger than this is needed. */
const dpi = 100;
const mostPixels = 2_000;

/** The green of a picture, which is nearest to how light it looks. */
export const greysOf = ({ width, height, data }: Picture): Greys => ({
  width,
  height,
  pixels: Uint8Array.from({ length: width * height }, (_, at) => data[at * 4 + 1] ?? 255),
});

/**
 * Turns what is on a page about its middle. The paper grows by what would else be cut off: a corner that nobody sees would
 * still lie in the file.
 */
const turn = (page: PDFPage, degrees: number): void => {
  const { context } = page.node;
  const { width, height } = page.getSize();
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [across, up] = [width * cos + height * Math.abs(sin), height * cos + width * Math.abs(sin)];
  const [x, y] = [
    across / 2 - (width / 2) * cos + (height / 2) * sin,
    up / 2 - (width / 2) * sin - (height / 2) * cos,
  ];
  const matrix = [cos, sin, -sin, cos, x, y].map((it) => it.toFixed(6)).join(' ');
  page.node.wrapContentStreams(
    context.register(context.stream(`q ${matrix} cm\n`)),
    context.register(context.stream('\nQ')),
  );
  page.setSize(across, up);
};

/**
 * Sets pages of pictures straight that lie askew by 0.3 to 10 degrees, for reading by machine and by people. The pixels stay
 * as they were uploaded, only their place on the page is turned. `bytes`: the document as it stands.
 */
export const straighten = async (
  document: PDFDocument,
  bytes: Uint8Array,
): Promise<Result<number, Refusal>> => {
  const angles = await withPdf(bytes, (pdf) =>
    Array.from(
      { length: pdf.pages },
      (_, i) =>
        pdf.withPage(i + 1, (page) =>
          skewOf(greysOf(page.render(Math.min(dpi / 72, mostPixels / Math.max(page.width, page.height))))),
        ) ?? 0,
    ),
  );
  if (!angles.ok) return angles;
  let turned = 0;
  for (const [i, degrees] of angles.value.entries()) {
    if (degrees === 0) continue;
    turn(document.getPage(i), degrees);
    turned++;
  }
  return ok(turned);
};
