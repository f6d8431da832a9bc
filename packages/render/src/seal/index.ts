import { type Impression, ok, type Refusal, type Result } from '@gongkai/core';
import { type PDFDocument, type PDFEmbeddedPage, PDFName, type PDFPage, type PDFRef } from 'pdf-lib';
import { addResource, embedOutlined, layOver } from '../layer/index.ts';
import { type Frame, toUser, uprightAt, withPdf } from '../pdfium/index.ts';
import { type Seal, SIDE, sealPage } from './outlines.ts';

const numbers = (...list: number[]): string => list.map((it) => it.toFixed(3)).join(' ');

/** Draws the part of a seal that this page shows. Multiplied with what is beneath, which stays as dark as it was. */
const press = (page: PDFPage, frame: Frame, one: Impression, seal: PDFEmbeddedPage, ink: PDFRef): void => {
  const scale = one.diameter / SIDE;
  const [a, b, c, d, e, f] = uprightAt(frame, one.x, one.y + one.diameter);
  const { x, y, width, height } = one.shown;
  const shown = toUser(frame, { left: x, top: y, right: x + width, bottom: y + height });
  const clip = numbers(shown.left, shown.bottom, shown.right - shown.left, shown.top - shown.bottom);
  layOver(
    page,
    [
      '/Artifact BMC',
      `q ${clip} re W n ${addResource(page, 'ExtGState', 'SealInk', ink).toString()} gs`,
      `${numbers(a * scale, b * scale, c * scale, d * scale, e, f)} cm`,
      `${addResource(page, 'XObject', 'Seal', seal.ref).toString()} Do Q`,
      'EMC',
    ].join('\n'),
  );
};

/** A graphics state that only darkens. */
export const multiplying = (document: PDFDocument): PDFRef =>
  document.context.register(document.context.obj({ Type: 'ExtGState', BM: PDFName.of('Multiply') }));

/**
 * 图形印章: presses a drawn seal, whole or in slices over the edges (骑缝章), where the plan says. It is a picture and no
 * electronic seal. `bytes` is the document as it stands, for the frames of its pages. Refuses `glyph-missing`.
 */
export const laySeals = async (
  document: PDFDocument,
  bytes: Uint8Array,
  seal: Seal,
  createdAt: Date,
): Promise<Result<undefined, Refusal>> => {
  const drawn = sealPage(seal, createdAt);
  if (!drawn.ok) return drawn;
  const frames = await withPdf(bytes, (pdf) => {
    const wanted = new Set(seal.impressions.map(({ shown }) => shown.page));
    return new Map([...wanted].map((number) => [number, pdf.withPage(number, ({ frame }) => frame)]));
  });
  if (!frames.ok) return frames;
  const page = await embedOutlined(document, drawn.value, 2);
  const ink = multiplying(document);
  for (const one of seal.impressions) {
    const frame = frames.value.get(one.shown.page);
    if (frame !== undefined) press(document.getPage(one.shown.page - 1), frame, one, page, ink);
  }
  await document.flush();
  return ok(undefined);
};
