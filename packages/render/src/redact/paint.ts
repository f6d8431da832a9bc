import { type GroundLabel, groundIn, isMostlyIn, ok, type Refusal, type Result } from '@gongkai/core';
import { PDFDocument, type PDFEmbeddedPage } from 'pdf-lib';
import { loading } from '../in-one-go.ts';
import { addResource, layOver } from '../layer/index.ts';
import { displayedSize, type Frame, type Rect, toUser, uprightAt } from '../pdfium/index.ts';
import { compileTypst } from '../typst/index.ts';
import { type Label, labelData, labelSource } from './label.ts';

/** Boxes of one page in displayed points, each with the words of its ground. */
export type Covering = {
  readonly page: number;
  readonly frame: Frame;
  readonly boxes: readonly { rect: Rect; label: string }[];
  /** Grounds that stand beside their line, each at a place where nothing else does. */
  readonly margin: readonly (GroundLabel & { readonly place: Rect })[];
  /** No ground stands in a box. */
  readonly onlyMargin: boolean;
};

/** A box that reaches over the edge of the page is filled, but its ground would be text that nobody sees. */
const labelOn = (frame: Frame, rect: Rect, label: string): Label | undefined => {
  const { width, height } = displayedSize(frame);
  const inside = rect.left >= 0 && rect.top >= 0 && rect.right <= width && rect.bottom <= height;
  return inside ? groundIn(rect, label) : undefined;
};

const key = ({ text, size, black }: Label): string => `${size} ${black ? 'black' : 'white'} ${text}`;

const setLabels = async (
  document: PDFDocument,
  labels: readonly Label[],
  createdAt: Date,
): Promise<Result<Map<string, PDFEmbeddedPage>, Refusal>> => {
  if (labels.length === 0) return ok(new Map());
  const set = compileTypst({
    source: labelSource,
    files: { '/labels.json': labelData(labels) },
    createdAt,
    tagged: false,
  });
  if (!set.ok) return set;
  const pages = await document.embedPdf(
    await PDFDocument.load(set.value, loading),
    labels.map((_, i) => i),
  );
  return ok(
    new Map(labels.flatMap((label, i) => (pages[i] === undefined ? [] : [[key(label), pages[i]] as const]))),
  );
};

/** Fills every box with black and writes the ground into it. Refuses `glyph-missing`. */
export const paint = async (
  document: PDFDocument,
  coverings: readonly Covering[],
  createdAt: Date,
): Promise<Result<undefined, Refusal>> => {
  const black = true as const;
  const wanted = new Map<string, Label>();
  for (const { frame, boxes, margin, onlyMargin } of coverings) {
    for (const { rect, label } of onlyMargin ? [] : boxes) {
      const fitting = labelOn(frame, rect, label);
      if (fitting !== undefined) wanted.set(key(fitting), fitting);
    }
    for (const { text, size } of margin) wanted.set(key({ text, size, black }), { text, size, black });
  }
  const labels = await setLabels(document, [...wanted.values()], createdAt);
  if (!labels.ok) return labels;
  for (const { page: number, frame, boxes, margin, onlyMargin } of coverings) {
    const page = document.getPage(number - 1);
    const fills = boxes.map(({ rect }) => {
      const { left, right, top, bottom } = toUser(frame, rect);
      return `0 g ${[left, bottom, right - left, top - bottom].map((it) => it.toFixed(3)).join(' ')} re f`;
    });
    const drawAt = (
      label: Label | undefined,
      place: (drawn: PDFEmbeddedPage) => [number, number],
    ): string[] => {
      const drawn = label && labels.value.get(key(label));
      if (drawn === undefined) return [];
      const matrix = uprightAt(frame, ...place(drawn))
        .map((it) => it.toFixed(3))
        .join(' ');
      return [`q ${matrix} cm ${addResource(page, 'XObject', 'Ground', drawn.ref).toString()} Do Q`];
    };
    // After all the fills: no ground may lie under another box, where the gate would take it for covered text.
    const inBoxes = boxes.flatMap(({ rect, label }) =>
      drawAt(onlyMargin || isMostlyIn(rect, boxes) ? undefined : labelOn(frame, rect, label), (drawn) => [
        (rect.left + rect.right - drawn.width) / 2,
        (rect.top + rect.bottom + drawn.height) / 2,
      ]),
    );
    const beside = margin.flatMap(({ text, size, place }) =>
      drawAt({ text, size, black }, (drawn) => [
        place.right - drawn.width,
        (place.top + place.bottom + drawn.height) / 2,
      ]),
    );
    const grounds = [...inBoxes, ...beside];
    layOver(page, [...fills, ...grounds].join('\n'));
  }
  await document.flush();
  return ok(undefined);
};
