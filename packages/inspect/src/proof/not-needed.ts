import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFStream } from 'pdf-lib';

import { beyondAllowed } from './allowed.ts';

const name = (text: string): PDFName => PDFName.of(text);

/** Nothing that a reader of a release needs stands under these keys, wherever they are. */
const never = [
  'AA',
  'AF',
  'Alternates',
  'Collection',
  'EmbeddedFile',
  'EmbeddedFiles',
  'EF',
  'Encrypt',
  'Filespec',
  'JavaScript',
  'JS',
  'Launch',
  'LastModified',
  'OpenAction',
  'OPI',
  'Perms',
  'PieceInfo',
  'Popup',
  'Prev',
  'RichMediaContent',
  'Renditions',
  'SubmitForm',
  'Thumb',
  'Threads',
  'URLS',
  'XFA',
] as const;

const catalog = new Set([
  'Type',
  'Version',
  'Pages',
  'PageLabels',
  'PageMode',
  'PageLayout',
  'Outlines',
  'Dests',
  'Names',
  'OutputIntents',
  'StructTreeRoot',
  'MarkInfo',
  'Metadata',
  'Lang',
  'ViewerPreferences',
]);
const page = new Set([
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
  'Group',
  'Annots',
  'Tabs',
  'StructParents',
  'UserUnit',
]);
const info = new Set([
  'Title',
  'Author',
  'Subject',
  'Keywords',
  'Creator',
  'Producer',
  'CreationDate',
  'ModDate',
]);

const besides = (dict: PDFDict, allowed: ReadonlySet<string>): string | undefined =>
  dict
    .keys()
    .map((key) => key.decodeText())
    .find((key) => !allowed.has(key));

const links = (node: PDFDict): boolean => {
  const annotations = node.lookup(name('Annots'));
  if (!(annotations instanceof PDFArray)) return true;
  return annotations.asArray().every((_, i) => {
    const one = annotations.lookup(i);
    return one instanceof PDFDict && (one.lookup(name('Subtype')) === name('Link') || isSignature(one));
  });
};

const isSignature = (field: PDFDict): boolean => field.lookup(name('FT')) === name('Sig');

/** A form of nothing but signatures is no form to fill in. */
const onlySignatures = (form: PDFObject | undefined): boolean => {
  const fields = form instanceof PDFDict ? form.lookup(name('Fields')) : undefined;
  if (!(fields instanceof PDFArray) || fields.size() === 0) return false;
  return fields.asArray().every((_, i) => {
    const field = fields.lookup(i);
    return field instanceof PDFDict && isSignature(field);
  });
};

/** What a release holds that it does not need, as a sentence about the file; undefined when there is nothing. */
export const notNeeded = (document: PDFDocument): string | undefined => {
  const { context } = document;
  const strange = besides(document.catalog, catalog);
  if (
    strange !== undefined &&
    !(strange === 'AcroForm' && onlySignatures(document.catalog.lookup(name('AcroForm'))))
  )
    return `the catalogue has /${strange}`;
  const about = context.lookup(context.trailerInfo.Info);
  const said = about instanceof PDFDict ? besides(about, info) : undefined;
  if (said !== undefined) return `the properties have /${said}`;
  for (const [index, { node }] of document.getPages().entries()) {
    const other = besides(node, page);
    if (other !== undefined) return `p. ${index + 1} has /${other}`;
    if (!links(node)) return `p. ${index + 1} has a note, a field or something else that is no link`;
  }
  const metadata = document.catalog.get(name('Metadata'));
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    const where = `object ${ref.objectNumber}`;
    if (object instanceof PDFStream && object.dict.lookup(name('Type')) === name('XRef')) continue;
    const visit = (it: PDFObject): string | undefined => {
      const dict = it instanceof PDFStream ? it.dict : it;
      const below = dict instanceof PDFDict ? dict.values() : it instanceof PDFArray ? it.asArray() : [];
      if (dict instanceof PDFDict) {
        // /Prev is also the bookmark before.
        const key = never.find((one) => dict.has(name(one)) && !(one === 'Prev' && dict.has(name('Title'))));
        if (key !== undefined) return `${where} has /${key}`;
        if (dict.has(name('Metadata')) && dict !== document.catalog) return `${where} has /Metadata`;
        if (dict.lookup(name('Subtype')) === name('XML') && ref !== metadata)
          return `${where} holds metadata`;
        const action = dict.lookup(name('S'));
        if (action instanceof PDFName && never.some((one) => action === name(one)))
          return `${where} has an action`;
      }
      for (const one of below) {
        const found = visit(one);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    const found = visit(object);
    if (found !== undefined) return found;
  }
  return beyondAllowed(document);
};
