import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import { readContent, textOf } from './content.ts';
import { type FontMap, fontMap, read } from './font-map.ts';

/** Something that a file says, and where. */
export type Passage = {
  readonly where: string;
  readonly text: string;
  /**
   * `shown`: drawn with a font; `aside`: a string of its own; `name`: a key or a name; `letters`: the
   * alphabet of a font; `decoded`: a stream read as text; `page`: as a reader copies it from a page.
   */
  readonly kind: 'page' | 'shown' | 'aside' | 'name' | 'letters' | 'decoded';
  readonly page?: number;
};

export type FileSaid = {
  readonly passages: readonly Passage[];
  /** Decoded streams that are neither contents nor text (pictures, fonts): only bytes can be looked for in them. */
  readonly bytes: readonly { readonly where: string; readonly bytes: Buffer }[];
  /** Objects that nothing leads to. */
  readonly stray: readonly string[];
};

const name = (text: string): PDFName => PDFName.of(text);
/** What is longer is a table or a picture and is searched as bytes. */
const mostText = 1 << 20;

export const open = (bytes: Uint8Array): Promise<PDFDocument> =>
  PDFDocument.load(bytes, { updateMetadata: false, parseSpeed: Number.POSITIVE_INFINITY });

const unpacked = (stream: PDFStream): Buffer => {
  if (stream instanceof PDFRawStream) {
    try {
      return Buffer.from(decodePDFRawStream(stream).decode());
    } catch {
      return Buffer.from(stream.contents); // JPEG and its like: as it lies there
    }
  }
  return Buffer.from(stream.getContents());
};

const children = (object: PDFObject): readonly PDFObject[] => {
  if (object instanceof PDFArray) return object.asArray();
  if (object instanceof PDFStream) return object.dict.values();
  return object instanceof PDFDict ? object.values() : [];
};

const reached = (document: PDFDocument): Set<string> => {
  const { context } = document;
  const seen = new Set<string>();
  const { Root, Info, ID, Encrypt } = context.trailerInfo;
  const open = [Root, Info, ID, Encrypt].filter((it) => it !== undefined);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!(next instanceof PDFRef)) open.push(...children(next));
    else if (!seen.has(next.tag)) {
      seen.add(next.tag);
      const object = context.lookup(next);
      if (object !== undefined) open.push(object);
    }
  }
  return seen;
};

const fontsOf = (resources: PDFObject | undefined, known: Map<PDFObject, FontMap>): Map<string, FontMap> => {
  const fonts = new Map<string, FontMap>();
  const entries = resources instanceof PDFDict ? resources.lookup(name('Font')) : undefined;
  if (!(entries instanceof PDFDict)) return fonts;
  for (const key of entries.keys()) {
    const font = entries.lookup(key);
    if (!(font instanceof PDFDict)) continue;
    let map = known.get(font);
    if (map === undefined) {
      const cmap = font.lookup(name('ToUnicode'));
      const wide = font.lookup(name('Subtype')) === name('Type0') ? 2 : 1;
      map = fontMap(cmap instanceof PDFStream ? unpacked(cmap).toString('latin1') : '', wide);
      known.set(font, map);
    }
    fonts.set(key.asString().slice(1), map);
  }
  return fonts;
};

/** What is drawn with fonts that are known; where they are not, with every font of the file in turn. */
const shownIn = (bytes: Buffer, fonts: ReadonlyMap<string, FontMap>, all: readonly FontMap[]): string[] => {
  const { shown } = readContent(bytes);
  if (shown.length === 0) return [];
  if (fonts.size > 0) return [shown.map((it) => read(fonts.get(it.font), it.bytes)).join('')];
  return [undefined, ...all].map((map) => shown.map((it) => read(map, it.bytes)).join(''));
};

const contentOf = (page: PDFDict): Buffer => {
  const contents = page.lookup(name('Contents'));
  const parts =
    contents instanceof PDFArray ? contents.asArray().map((_, i) => contents.lookup(i)) : [contents];
  return Buffer.concat(
    parts.flatMap((part) => (part instanceof PDFStream ? [unpacked(part), Buffer.from('\n')] : [])),
  );
};

const keyOf = (key: PDFName): string => {
  try {
    return key.decodeText();
  } catch {
    return key.asString();
  }
};

/** Every string and name below an object that is not an object of its own, with the key that it stands under. */
const asides = (object: PDFObject, where: string, out: Passage[]): void => {
  const visit = (it: PDFObject, key: string): void => {
    const at = key === '' ? where : `${where} /${key}`;
    if (key === 'CreationDate' || key === 'ModDate') return; // when it was published is no secret
    if (it instanceof PDFString || it instanceof PDFHexString) {
      const text = textOf(Buffer.from(it.asBytes()));
      out.push({ kind: 'aside', where: at, text });
      if (/%[0-9a-f]{2}/i.test(text))
        try {
          out.push({ kind: 'aside', where: at, text: decodeURIComponent(text) });
        } catch {} // a percent sign that is only that
    } else if (it instanceof PDFName) out.push({ kind: 'name', where: at, text: keyOf(it) });
    else if (it instanceof PDFArray) for (const one of it.asArray()) visit(one, key);
    else if (it instanceof PDFDict)
      for (const [inner, value] of it.entries()) {
        out.push({ kind: 'name', where: at, text: keyOf(inner) });
        visit(value, keyOf(inner));
      }
  };
  visit(object instanceof PDFStream ? object.dict : object, '');
};

const isPicture = (dict: PDFDict): boolean => dict.lookup(name('Subtype')) === name('Image');
const isFontFile = (dict: PDFDict): boolean =>
  dict.has(name('Length1')) ||
  ['Type1C', 'CIDFontType0C', 'OpenType'].some((it) => dict.lookup(name('Subtype')) === name(it));

/** Everything that a file says, drawn or not, reached or not. */
export const readFile = (document: PDFDocument): FileSaid => {
  const { context } = document;
  const objects = context.enumerateIndirectObjects();
  const known = new Map<PDFObject, FontMap>();
  const led = reached(document);
  const passages: Passage[] = [];
  const bytes: { where: string; bytes: Buffer }[] = [];
  const stray: string[] = [];
  const drawnByPages = new Set<PDFObject>();
  for (const [index, { node }] of document.getPages().entries()) {
    const contents = node.lookup(name('Contents'));
    for (const part of contents instanceof PDFArray ? contents.asArray() : [node.get(name('Contents'))]) {
      const stream = context.lookup(part);
      if (stream !== undefined) drawnByPages.add(stream);
    }
    const [text = ''] = shownIn(contentOf(node), fontsOf(node.Resources(), known), []);
    passages.push({ kind: 'shown', where: `p. ${index + 1}`, page: index + 1, text });
  }
  // All fonts, for contents whose own are not told.
  for (const [, object] of objects)
    if (object instanceof PDFDict && object.lookup(name('Type')) === name('Font'))
      fontsOf(context.obj({ Font: { One: object } }), known);
  const all = [...known.values()].filter(({ characters }) => characters.size > 0);
  for (const map of all)
    passages.push({
      kind: 'letters',
      where: 'the letters of a font',
      text: [...map.characters.values()].join(''),
    });
  for (const [ref, object] of objects) {
    const where = `object ${ref.objectNumber}`;
    if (
      object instanceof PDFStream &&
      ['ObjStm', 'XRef'].some((it) => object.dict.lookup(name('Type')) === name(it))
    )
      continue; // read apart, object by object
    if (!led.has(ref.tag)) stray.push(where);
    asides(object, where, passages);
    if (!(object instanceof PDFStream)) continue;
    const content = unpacked(object);
    if (isPicture(object.dict) || isFontFile(object.dict) || content.length > mostText) {
      bytes.push({ where, bytes: content });
      if (content.length <= mostText || isPicture(object.dict) || isFontFile(object.dict)) continue;
    }
    const { aside, shown } = readContent(content);
    for (const text of aside) passages.push({ kind: 'aside', where, text });
    if (drawnByPages.has(object)) continue;
    const resources = object.dict.lookup(name('Resources'));
    if (resources !== undefined || object.dict.lookup(name('Subtype')) === name('Form')) {
      for (const text of shownIn(content, fontsOf(resources, known), all))
        passages.push({ kind: 'shown', where, text });
      continue;
    }
    // A character map, metadata, a colour profile, or contents that no page draws.
    for (const text of shownIn(content, new Map(), led.has(ref.tag) ? [] : all))
      passages.push({ kind: 'aside', where, text });
    for (const one of shown)
      if (one.bytes.length > 2)
        passages.push({ kind: 'aside', where, text: new TextDecoder('utf-16be').decode(one.bytes) });
    for (const encoding of ['utf-8', 'utf-16be', 'utf-16le', 'gb18030'])
      passages.push({ kind: 'decoded', where, text: new TextDecoder(encoding).decode(content) });
  }
  return { passages, bytes, stray };
};
