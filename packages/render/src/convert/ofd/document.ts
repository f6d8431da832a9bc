import { type Box, boxOf } from './matrix.ts';
import type { Parts } from './parts.ts';
import { damaged } from './undrawable.ts';
import { child, childrenOf, type Element, textOf } from './xml.ts';

/** One page as its parts say, before anything is drawn. */
export type OfdPage = {
  readonly id: string;
  readonly path: string;
  readonly content: Element;
  /** Millimetres. */
  readonly box: Box;
  readonly templates: readonly {
    readonly zOrder: string;
    readonly content: Element;
    readonly path: string;
  }[];
};
/** A seal or signature's mark on a page. */
export type Stamp = {
  readonly page: string;
  readonly boundary: Box;
  readonly clip: Box | undefined;
  /** Seal.esl and SignedValue.dat, where they are. */
  readonly sources: readonly string[];
  readonly name: string;
};
export type OfdDocument = {
  readonly resources: readonly string[];
  readonly pages: readonly OfdPage[];
  readonly defaultSpace: string | undefined;
  /** Appearances by page ID. */
  readonly annotations: ReadonlyMap<string, readonly Element[]>;
  readonly stamps: readonly Stamp[];
};

/** A file of one OFD has few documents and pages; more is an attack (the page limit is checked again later). */
const mostPages = 20_000;

const areaOf = (holder: Element | undefined): Box | undefined => boxOf(textOf(child(holder, 'PhysicalBox')));

const resourcesIn = (
  parts: Parts,
  holder: Element | undefined,
  from: string,
  names: readonly string[],
): string[] =>
  names
    .flatMap((name) => childrenOf(holder, name).flatMap((it) => textOf(it) ?? []))
    .map((it) => parts.path(it, from));

const pagesOf = (parts: Parts, root: Element, path: string): OfdPage[] => {
  const common = child(root, 'CommonData');
  const templates = new Map(
    childrenOf(common, 'TemplatePage').map((it) => [
      it.attributes.ID ?? '',
      { path: parts.path(it.attributes.BaseLoc ?? '', path), zOrder: it.attributes.ZOrder ?? 'Background' },
    ]),
  );
  const listed = childrenOf(child(root, 'Pages'), 'Page');
  if (listed.length > mostPages) damaged(`${listed.length} pages`);
  return listed.map((listedPage): OfdPage => {
    const at = parts.path(listedPage.attributes.BaseLoc ?? '', path);
    const content = parts.xml(at);
    const used = childrenOf(content, 'Template').map((it) => {
      const template = templates.get(it.attributes.TemplateID ?? '');
      if (template === undefined) return damaged(`${at}: TemplateID ${it.attributes.TemplateID ?? '?'}`);
      const zOrder = it.attributes.ZOrder ?? template.zOrder;
      return { zOrder, content: parts.xml(template.path), path: template.path };
    });
    const box = areaOf(child(content, 'Area')) ??
      used.map((it) => areaOf(child(it.content, 'Area'))).find((it) => it !== undefined) ??
      areaOf(child(common, 'PageArea')) ?? { x: 0, y: 0, width: 210, height: 297 };
    return { id: listedPage.attributes.ID ?? '', path: at, content, box, templates: used };
  });
};

const annotationsOf = (parts: Parts, root: Element, path: string): Map<string, Element[]> => {
  const found = new Map<string, Element[]>();
  for (const location of childrenOf(root, 'Annotations').flatMap((it) => textOf(it) ?? [])) {
    const at = parts.path(location, path);
    for (const page of childrenOf(parts.xml(at), 'Page')) {
      const file = textOf(child(page, 'FileLoc'));
      if (file === undefined) continue;
      const id = page.attributes.PageID ?? '';
      const annotations = childrenOf(parts.xml(parts.path(file, at)), 'Annot');
      found.set(id, [...(found.get(id) ?? []), ...annotations]);
    }
  }
  return found;
};

const stampsOf = (parts: Parts, body: Element): Stamp[] =>
  childrenOf(body, 'Signatures').flatMap((it) => {
    const location = textOf(it);
    if (location === undefined) return [];
    const list = parts.path(location, 'OFD.xml');
    return childrenOf(parts.xml(list), 'Signature').flatMap((listed) => {
      const at = parts.path(listed.attributes.BaseLoc ?? '', list);
      const signature = parts.xml(at);
      const info = child(signature, 'SignedInfo');
      const seal = textOf(child(child(info, 'Seal'), 'BaseLoc'));
      const signed = textOf(child(signature, 'SignedValue'));
      const sources = [seal, signed].flatMap((one) => (one === undefined ? [] : parts.path(one, at)));
      return childrenOf(info, 'StampAnnot').map((stamp): Stamp => {
        const boundary = boxOf(stamp.attributes.Boundary);
        const name = `Signature ID=${listed.attributes.ID ?? '?'}`;
        if (boundary === undefined) return damaged(`${at}: StampAnnot`);
        return {
          page: stamp.attributes.PageRef ?? '',
          boundary,
          clip: boxOf(stamp.attributes.Clip),
          sources,
          name,
        };
      });
    });
  });

/** The documents of the file, in their order (GB/T 33190 §7.4 to §7.7). Throws `Undrawable` when the parts do not hold together. */
export const documentsOf = (parts: Parts): OfdDocument[] => {
  const bodies = childrenOf(parts.xml('OFD.xml'), 'DocBody');
  return bodies.map((body): OfdDocument => {
    const location = textOf(child(body, 'DocRoot')) ?? damaged('OFD.xml: DocRoot');
    const path = parts.path(location, 'OFD.xml');
    const root = parts.xml(path);
    const common = child(root, 'CommonData');
    return {
      resources: resourcesIn(parts, common, path, ['PublicRes', 'DocumentRes']),
      pages: pagesOf(parts, root, path),
      defaultSpace: textOf(child(common, 'DefaultCS')),
      annotations: annotationsOf(parts, root, path),
      stamps: stampsOf(parts, body),
    };
  });
};

/** Resources that a page brings for itself. */
export const pageResources = (parts: Parts, content: Element, path: string): string[] =>
  resourcesIn(parts, content, path, ['PageRes']);
