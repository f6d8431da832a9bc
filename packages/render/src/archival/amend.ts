import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import { decoded } from '../layer/index.ts';
import { srgbProfile } from './colour-profile.ts';

const name = (text: string): PDFName => PDFName.of(text);

/** 6.2.4.2: the colours of the file are sRGB; whatever a document said of its printing press is left behind. */
const giveProfile = ({ context, catalog }: PDFDocument): void => {
  const profile = context.register(context.flateStream(srgbProfile(), { N: 3, Alternate: 'DeviceRGB' }));
  const intent = {
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: PDFString.of('sRGB IEC61966-2.1'),
    Info: PDFString.of('sRGB IEC61966-2.1'),
    DestOutputProfile: profile,
  };
  catalog.set(name('OutputIntents'), context.obj([context.obj(intent)]));
};

/** 6.3.2: a link is printed and is not hidden. */
const showLinks = (document: PDFDocument): void => {
  for (const { node } of document.getPages()) {
    const annotations = node.lookup(name('Annots'));
    if (!(annotations instanceof PDFArray)) continue;
    for (let i = 0; i < annotations.size(); i++) {
      const one = annotations.lookup(i);
      if (one instanceof PDFDict) one.set(name('F'), PDFNumber.of(4));
    }
  }
};

/** 6.2.2: contents name their resources themselves, and inherit them from no tree of pages. */
const ownResources = (document: PDFDocument): void => {
  for (const { node } of document.getPages()) {
    const inherited = node.Resources();
    if (!node.has(name('Resources')) && inherited !== undefined) node.set(name('Resources'), inherited);
    const seen = new Set<PDFDict>();
    const give = (resources: PDFDict): void => {
      if (seen.has(resources)) return;
      seen.add(resources);
      const objects = resources.lookup(name('XObject'));
      if (!(objects instanceof PDFDict)) return;
      for (const key of objects.keys()) {
        const object = objects.lookup(key);
        if (!(object instanceof PDFStream) || object.dict.lookup(name('Subtype')) !== name('Form')) continue;
        const own = object.dict.lookup(name('Resources'));
        if (own instanceof PDFDict) give(own);
        else object.dict.set(name('Resources'), node.get(name('Resources')) ?? resources);
      }
    };
    const own = node.Resources();
    if (own !== undefined) give(own);
  }
};

const filters = (dict: PDFDict): readonly (PDFObject | undefined)[] => {
  const filter = dict.lookup(name('Filter'));
  return filter instanceof PDFArray ? filter.asArray().map((_, i) => filter.lookup(i)) : [filter];
};

const amendStream = (document: PDFDocument, stream: PDFRawStream): PDFStream | undefined => {
  const { dict } = stream;
  for (const key of ['F', 'FFilter', 'FDecodeParms', 'OPI', 'Ref', 'Alternates']) dict.delete(name(key));
  const kind = dict.lookup(name('Subtype'));
  if (kind === name('Image')) dict.delete(name('Interpolate'));
  // 6.1.7: no LZW. Other filters of the same stream go with it.
  if (!filters(dict).includes(name('LZWDecode'))) return undefined;
  const bytes = decoded(stream);
  if (bytes === undefined) return undefined;
  const fresh = document.context.flateStream(bytes);
  for (const [key, value] of dict.entries())
    if (!['Length', 'Filter', 'DecodeParms'].includes(key.decodeText())) fresh.dict.set(key, value);
  return fresh;
};

const amendDict = (dict: PDFDict): void => {
  const kind = dict.lookup(name('Type'));
  if (kind === name('FontDescriptor')) {
    // 6.2.11.4.2: a list of the glyphs is complete or it is not there.
    dict.delete(name('CIDSet'));
    dict.delete(name('CharSet'));
  }
  if (dict.lookup(name('Subtype')) === name('CIDFontType2') && !dict.has(name('CIDToGIDMap')))
    dict.set(name('CIDToGIDMap'), name('Identity'));
  // 6.2.5: how dots are set on a press is no part of what a page looks like on a screen.
  for (const key of ['HTP', 'HT', 'HTO']) if (kind === name('ExtGState')) dict.delete(name(key));
};

/** Brings a release to what ISO 19005-2 asks, wherever nothing that is seen changes by it. */
export const amend = (document: PDFDocument): void => {
  const { context } = document;
  giveProfile(document);
  showLinks(document);
  ownResources(document);
  const visit = (object: PDFObject): void => {
    const dict = object instanceof PDFStream ? object.dict : object;
    if (dict instanceof PDFDict) amendDict(dict);
    const below = dict instanceof PDFDict ? dict.values() : dict instanceof PDFArray ? dict.asArray() : [];
    for (const one of below) visit(one);
  };
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    visit(object);
    if (!(object instanceof PDFRawStream)) continue;
    const fresh = amendStream(document, object);
    if (fresh !== undefined) context.assign(ref, fresh);
  }
};
