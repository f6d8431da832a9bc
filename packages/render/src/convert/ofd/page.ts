import { type PDFDocument, PDFName, type PDFRef } from 'pdf-lib';
import { Canvas, packed } from './canvas.ts';
import { type OfdDocument, type OfdPage, pageResources, type Stamp } from './document.ts';
import type { Fonts } from './fonts.ts';
import { imageOf } from './image.ts';
import { boxOf, chain, list, type Matrix, moved, number, scaled } from './matrix.ts';
import { drawObjects } from './objects.ts';
import type { Parts } from './parts.ts';
import { Resources } from './resources.ts';
import { Scope, type Tally } from './scope.ts';
import { sealPicture } from './seal.ts';
import { paramsOf } from './style.ts';
import { child, childrenOf, type Element, flag } from './xml.ts';

const perMillimetre = 72 / 25.4;
const orders = ['Background', 'Body', 'Foreground'];

/** What all pages of one file draw with. */
export type Press = {
  readonly document: PDFDocument;
  readonly fonts: Fonts;
  readonly tally: Tally;
  readonly repeated: { objects: number };
  readonly parts: Parts;
  /** Draws the first page of an OFD that is a seal's picture into a box. */
  readonly drawNested: (bytes: Uint8Array, canvas: Canvas, around: Matrix, scope: Scope) => void;
};

/** One document's own resources, read once. */
export const resourcesOf = (document: OfdDocument, { parts, fonts }: Press): Resources => {
  const resources = new Resources();
  for (const path of document.resources) resources.add(parts, path, fonts);
  if (document.defaultSpace !== undefined)
    resources.defaultSpace = resources.spaces.get(document.defaultSpace);
  return resources;
};

type Layer = { readonly element: Element; readonly order: number; readonly scope: Scope };

/** Templates lie below or above by their ZOrder; in one depth the template comes first (GB/T 33190 §7.7, table 17). */
const layersOf = (page: OfdPage, scopeFor: (content: Element, path: string) => Scope): Layer[] => {
  const layers = (content: Element): readonly Element[] => childrenOf(child(content, 'Content'), 'Layer');
  const order = (name: string | undefined): number => Math.max(0, orders.indexOf(name ?? 'Body'));
  const templates = page.templates.flatMap(({ content, path, zOrder }) => {
    const scope = scopeFor(content, path);
    return layers(content).map((element) => ({ element, order: order(zOrder), scope }));
  });
  const scope = scopeFor(page.content, page.path);
  const own = layers(page.content).map((element) => ({
    element,
    order: order(element.attributes.Type),
    scope,
  }));
  return [...templates, ...own].sort((one, other) => one.order - other.order);
};

const drawAnnotation = (annotation: Element, canvas: Canvas, around: Matrix, scope: Scope): void => {
  if (flag(annotation, 'Visible') === false) return;
  scope.at(annotation);
  for (const appearance of childrenOf(annotation, 'Appearance')) {
    const { x, y } = boxOf(appearance.attributes.Boundary) ?? { x: 0, y: 0 };
    canvas.within(() => drawObjects(appearance, canvas, chain(moved(x, y), around), [], scope));
    scope.tally.annotation += 1;
  }
};

const drawStamp = (stamp: Stamp, canvas: Canvas, around: Matrix, scope: Scope, press: Press): void => {
  const { parts } = press;
  const picture = stamp.sources
    .filter((it) => parts.has(it))
    .map((it) => sealPicture(parts.bytes(it)))
    .find((it) => it !== undefined);
  if (picture === undefined) scope.undrawable(`${stamp.name}: no picture of the seal`);
  const { x, y, width, height } = stamp.boundary;
  const placed = chain(moved(x, y), around);
  canvas.within(() => {
    if (stamp.clip !== undefined) {
      const { clip } = stamp;
      const [a, b, c, d, e, f] = chain(moved(clip.x, clip.y), placed);
      const corners = [
        [0, 0],
        [clip.width, 0],
        [clip.width, clip.height],
        [0, clip.height],
      ] as const;
      const path = corners.map(
        ([px, py], i) => `${list([a * px + c * py + e, b * px + d * py + f])} ${i === 0 ? 'm' : 'l'}`,
      );
      canvas.write(...path, 'h W n');
    }
    if (picture.type === 'ofd') {
      press.drawNested(picture.data, canvas, chain(scaled(width, height), placed), scope);
    } else {
      canvas.transform(chain([width, 0, 0, -height, 0, height], placed));
      canvas.write(`${canvas.name('XObject', imageOf(picture.data, scope))} Do`);
    }
  });
  scope.tally.seal += 1;
};

/** Draws what stands on a page, without seals and notes, into a stream. */
export const drawLayers = (
  page: OfdPage,
  resources: Resources,
  canvas: Canvas,
  around: Matrix,
  press: Press,
  number: number,
  images: Map<string, PDFRef>,
): Scope => {
  const scopeFor = (content: Element, path: string): Scope => {
    const more = pageResources(press.parts, content, path);
    const own = more.length === 0 ? resources : resources.over();
    for (const one of more) own.add(press.parts, one, press.fonts);
    return new Scope({ ...press, resources: own, page: number, images });
  };
  for (const { element, scope } of layersOf(page, scopeFor))
    drawObjects(element, canvas, around, paramsOf(element, scope), scope);
  return scopeFor(page.content, page.path);
};

/** One page of the OFD as one page of the PDF, of the same size. */
export const addPage = (
  page: OfdPage,
  document: OfdDocument,
  resources: Resources,
  press: Press,
  pageNumber: number,
  images: Map<string, PDFRef>,
): void => {
  const { x, y, width, height } = page.box;
  const size: [number, number] = [width * perMillimetre, height * perMillimetre];
  const around = chain(moved(-x, -y), [perMillimetre, 0, 0, -perMillimetre, 0, size[1]]);
  const canvas = new Canvas(press.document);
  const scope = drawLayers(page, resources, canvas, around, press, pageNumber, images);
  for (const annotation of document.annotations.get(page.id) ?? [])
    drawAnnotation(annotation, canvas, around, scope);
  for (const stamp of document.stamps)
    if (stamp.page === page.id) drawStamp(stamp, canvas, around, scope, press);
  const made = press.document.addPage(size.map((it) => Number(number(it))) as [number, number]);
  const { context } = press.document;
  made.node.set(PDFName.of('Contents'), context.register(packed(context, canvas.content)));
  made.node.set(PDFName.of('Resources'), canvas.resources);
};
