import { inflateSync } from 'node:zlib';
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from 'pdf-lib';
import { withoutMetadata } from '../convert/jpeg.ts';
import { packed } from '../layer/index.ts';
import { keepLink } from './link.ts';
import { stripOutline } from './outline.ts';
import { flattenWidgets } from './widget.ts';

/** Of one picture: more than any camera makes. */
const mostUnpacked = 200 * 1024 * 1024;

const name = (text: string): PDFName => PDFName.of(text);

/** What a page may bring along. Everything else (PieceInfo, Thumb, AA, Metadata, B, …) is left behind. */
const pageKeys = new Set(
  [
    'Type',
    'Parent',
    'Resources',
    'MediaBox',
    'CropBox',
    'BleedBox',
    'TrimBox',
    'ArtBox',
    'Contents',
    'Rotate',
  ].concat(['Group', 'Annots', 'Tabs', 'StructParents', 'UserUnit']),
);
const treeKeys = new Set(['Type', 'Parent', 'Kids', 'Count', 'Resources', 'MediaBox', 'CropBox', 'Rotate']);
/** What the catalog may bring along: no OpenAction, AA, AcroForm, AF, Collection, Perms, Metadata, … */
const catalogKeys = new Set(
  [
    'Type',
    'Version',
    'Pages',
    'PageLabels',
    'Outlines',
    'Dests',
    'Names',
    'OCProperties',
    'OutputIntents',
  ].concat(['StructTreeRoot', 'MarkInfo']),
);
/** Never wanted, wherever they stand. */
const unwanted = [
  'PieceInfo',
  'Thumb',
  'Metadata',
  'AA',
  'OpenAction',
  'JS',
  'LastModified',
  'Alternates',
  'AF',
  'OPI',
];

const only = (dict: PDFDict, keys: ReadonlySet<string>): void => {
  for (const key of dict.keys()) if (!keys.has(key.decodeText())) dict.delete(key);
};

const stripTree = (node: PDFDict, seen: Set<PDFDict>): void => {
  if (seen.has(node)) return;
  seen.add(node);
  const kids = node.lookup(name('Kids'));
  if (!(kids instanceof PDFArray)) return; // a leaf: stripped as a page
  only(node, treeKeys);
  for (let i = 0; i < kids.size(); i++) {
    const kid = kids.lookup(i);
    if (kid instanceof PDFDict) stripTree(kid, seen);
  }
};

const children = (object: PDFObject): Iterable<PDFObject> => {
  if (object instanceof PDFArray) return object.asArray();
  if (object instanceof PDFStream) return object.dict.values();
  return object instanceof PDFDict ? object.values() : [];
};

/** Every object that can be reached from `root`, each once; `visit` may take keys out before the walk goes on. */
export const walk = (
  context: PDFContext,
  root: PDFObject,
  visit: (object: PDFObject) => void,
): Set<PDFRef> => {
  const refs = new Set<PDFRef>();
  const open: PDFObject[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next instanceof PDFRef) {
      if (refs.has(next)) continue;
      refs.add(next);
      const object = context.lookup(next);
      if (object !== undefined) open.push(object);
      continue;
    }
    visit(next);
    for (const child of children(next)) open.push(child);
  }
  return refs;
};

/** Drops every object that nothing refers to: pdf-lib would write them all, deleted pages and old text included. */
export const collectGarbage = (document: PDFDocument): void => {
  const { context } = document;
  const reached = walk(context, document.catalog, () => undefined);
  for (const entry of [context.trailerInfo.Root, context.trailerInfo.Info])
    if (entry instanceof PDFRef) for (const ref of walk(context, entry, () => undefined)) reached.add(ref);
  for (const [ref] of context.enumerateIndirectObjects()) if (!reached.has(ref)) context.delete(ref);
};

const filtersOf = (dict: PDFDict): readonly string[] => {
  const filter = dict.lookup(name('Filter'));
  const all = filter instanceof PDFArray ? filter.asArray().map((_, at) => filter.lookup(at)) : [filter];
  return all.flatMap((one) => (one instanceof PDFName ? [one.decodeText()] : []));
};

/** A photograph keeps what the camera knew (place, device, its thumbnail) inside of its own stream: Word hands it on as it is. */
const stripPhotographs = ({ context }: PDFDocument): void => {
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream)) continue;
    const filters = filtersOf(object.dict);
    if (filters.at(-1) !== 'DCTDecode') continue;
    const packed = filters.slice(0, -1);
    if (packed.some((filter) => filter !== 'FlateDecode' && filter !== 'Fl')) continue;
    let bytes: Buffer = Buffer.from(object.contents);
    try {
      for (const _ of packed) bytes = inflateSync(bytes, { maxOutputLength: mostUnpacked });
    } catch {
      continue; // no reader can show it either
    }
    const bare = withoutMetadata(bytes);
    if (bare === undefined) continue;
    const dict = object.dict.clone(context);
    dict.set(name('Filter'), name('DCTDecode'));
    if (packed.length > 0) dict.delete(name('DecodeParms'));
    context.assign(ref, PDFRawStream.of(dict, bare));
  }
};

/**
 * Compresses what is not: smaller, and no stream shows bytes that look like the end of an earlier revision
 * (character maps end in `%%EOF`). Metadata stays readable for programs that do not parse PDF (ISO 19005-2, 6.6.2).
 */
export const compress = ({ context }: PDFDocument): void => {
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || object.dict.has(name('Filter'))) continue;
    if (object.dict.lookup(name('Type')) === name('Metadata') || object.contents.length < 64) continue;
    const smaller = packed(context, object.contents);
    for (const [key, value] of object.dict.entries())
      if (key !== name('Length')) smaller.dict.set(key, value);
    smaller.dict.delete(name('DecodeParms'));
    context.assign(ref, smaller);
  }
};

/**
 * Leaves of a document only what a reader of the release is meant to have: pages, bookmarks, page labels, named
 * places, plain links, tags. Form fields become part of the page as they look. What is gone: metadata, private data
 * of programs, thumbnails, scripts and actions, attachments, comments.
 */
export const strip = (document: PDFDocument): void => {
  const { catalog, context } = document;
  for (const page of document.getPages()) {
    flattenWidgets(page);
    only(page.node, pageKeys);
    const annotations = page.node.lookup(name('Annots'));
    const kept =
      annotations instanceof PDFArray ? annotations.asArray().filter((it) => keepLink(context, it)) : [];
    // A tag may still point at what was dropped: the object itself has to go, not only the way to it.
    if (annotations instanceof PDFArray)
      for (const one of annotations.asArray())
        if (one instanceof PDFRef && !kept.includes(one)) context.delete(one);
    if (kept.length > 0) page.node.set(name('Annots'), context.obj(kept));
    else page.node.delete(name('Annots'));
  }
  stripTree(catalog.Pages(), new Set());
  only(catalog, catalogKeys);
  const names = catalog.lookup(name('Names'));
  if (names instanceof PDFDict) only(names, new Set(['Dests']));
  const bookmarks = stripOutline(context, catalog.lookup(name('Outlines')));
  if (!bookmarks) catalog.delete(name('Outlines'));
  else catalog.set(name('PageMode'), name('UseOutlines'));
  walk(context, catalog, (object) => {
    const dict = object instanceof PDFStream ? object.dict : object;
    if (dict instanceof PDFDict) for (const key of unwanted) dict.delete(name(key));
  });
  delete context.trailerInfo.Info;
  delete context.trailerInfo.ID;
  delete context.trailerInfo.Encrypt;
  collectGarbage(document);
  stripPhotographs(document);
};

/** Tags hold the words of the page a second time, so a document with redactions goes without them. */
export const dropTags = (document: PDFDocument): void => {
  document.catalog.delete(name('StructTreeRoot'));
  document.catalog.delete(name('MarkInfo'));
  for (const page of document.getPages()) {
    page.node.delete(name('StructParents'));
    page.node.set(name('Tabs'), name('R'));
  }
  walk(document.context, document.catalog, (object) => {
    const dict = object instanceof PDFStream ? object.dict : object;
    if (!(dict instanceof PDFDict)) return;
    const at = dict.get(name('StructParent')) ?? dict.get(name('StructParents'));
    if (at instanceof PDFNumber) for (const key of ['StructParent', 'StructParents']) dict.delete(name(key));
  });
};
