import { ok, type Refusal, type Result } from '@gongkai/core';
import { PDFDocument, type PDFEmbeddedPage } from 'pdf-lib';
import { loading } from '../in-one-go.ts';
import { addResource, layOver } from '../layer/index.ts';
import { displayedSize, type Frame, type Rect, toUser, uprightAt } from '../pdfium/index.ts';
import { compileTypst } from '../typst/index.ts';
import { type Label, labelData, labelFor, labelSource } from './label.ts';

/** Boxes of one page in displayed points, each with the words of its ground. */
export type Covering = {
  readonly page: number;
  readonly frame: Frame;
  readonly boxes: readonly { rect: Rect; label: string }[];
};

/** A box that reaches over the edge of the page is filled, but its ground would be text that nobody sees. */
const labelOn = (frame: Frame, rect: Rect, label: string): Label | undefined => {
  const { width, height } = displayedSize(frame);
  const inside = rect.left >= 0 && rect.top >= 0 && rect.right <= width && rect.bottom <= height;
  return inside ? labelFor(rect, label) : undefined;
};

const key = ({ text, size }: Label): string => `${size} ${text}`;

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

const areaOf = ({ left, right, top, bottom }: Rect): number =>
  Math.max(0, right - left) * Math.max(0, bottom - top);

/** Whether a larger box of the page lies over most of this one: one ground is enough for both. */
const isMostlyIn = (rect: Rect, boxes: Covering['boxes']): boolean =>
  boxes.some(({ rect: other }) => {
    if (other === rect || areaOf(other) <= areaOf(rect)) return false;
    const shared = {
      left: Math.max(rect.left, other.left),
      right: Math.min(rect.right, other.right),
      top: Math.max(rect.top, other.top),
      bottom: Math.min(rect.bottom, other.bottom),
    };
    return areaOf(shared) > areaOf(rect) / 2;
  });

/** Fills every box with black and writes the ground into it. Refuses `glyph-missing`. */
export const paint = async (
  document: PDFDocument,
  coverings: readonly Covering[],
  createdAt: Date,
): Promise<Result<undefined, Refusal>> => {
  const wanted = new Map<string, Label>();
  for (const { frame, boxes } of coverings)
    for (const { rect, label } of boxes) {
      const fitting = labelOn(frame, rect, label);
      if (fitting !== undefined) wanted.set(key(fitting), fitting);
    }
  const labels = await setLabels(document, [...wanted.values()], createdAt);
  if (!labels.ok) return labels;
  for (const { page: number, frame, boxes } of coverings) {
    const page = document.getPage(number - 1);
    const fills = boxes.map(({ rect }) => {
      const { left, right, top, bottom } = toUser(frame, rect);
      return `0 g ${[left, bottom, right - left, top - bottom].map((it) => it.toFixed(3)).join(' ')} re f`;
    });
    // After all the fills: no ground may lie under another box, where the gate would take it for covered text.
    const grounds = boxes.flatMap(({ rect, label }) => {
      const fitting = isMostlyIn(rect, boxes) ? undefined : labelOn(frame, rect, label);
      const drawn = fitting && labels.value.get(key(fitting));
      if (drawn === undefined) return [];
      const x = (rect.left + rect.right - drawn.width) / 2;
      const y = (rect.top + rect.bottom + drawn.height) / 2;
      const matrix = uprightAt(frame, x, y)
        .map((it) => it.toFixed(3))
        .join(' ');
      return [`q ${matrix} cm ${addResource(page, 'XObject', 'Ground', drawn.ref).toString()} Do Q`];
    });
    layOver(page, [...fills, ...grounds].join('\n'));
  }
  await document.flush();
  return ok(undefined);
};
