import iconv from 'iconv-lite';
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import { decoded, pageContent, tokens } from '../layer/index.ts';
import { fontsOf, shownText } from './shown-text.ts';
import { wordsIn } from './string-words.ts';

/**
 * How much words say: a letter or digit 1, a Hanzi 2. Below these, bytes and strings hold them by chance (`ato` in
 * `Creator`), and only what pages and Form XObjects show is compared.
 */
const TELLING = { shown: 2, string: 4, bytes: 6 } as const;
const weight = (words: string): number =>
  [...words].reduce((sum, it) => sum + ((it.codePointAt(0) ?? 0) > 0x2000 ? 2 : 1), 0);

const name = (text: string): PDFName => PDFName.of(text);

/** The ways in which the words could stand in bytes that no font map explains. */
const spellings = (words: string): Buffer[] => {
  const forms = [
    Buffer.from(words, 'utf8'),
    Buffer.from(words, 'utf16le').swap16(),
    Buffer.from(words, 'utf16le'),
    iconv.encode(words, 'gb18030'),
  ];
  return [...new Map(forms.map((it) => [it.toString('hex'), it])).values()];
};

const count = (within: Buffer, what: Buffer): number => {
  let found = 0;
  for (let at = within.indexOf(what); at >= 0; at = within.indexOf(what, at + what.length)) found++;
  return found;
};

/** Everything in a document that could hold words. */
type Places = {
  /** Strings outside of contents: titles of bookmarks, addresses, properties. */
  readonly strings: string[];
  /** Decoded streams as they are, and the strings inside them put together. */
  readonly streams: { readonly raw: Buffer; readonly joined: Buffer }[];
  /** What each page and each Form XObject or pattern shows, read with its fonts. */
  readonly shown: string[];
};

const places = (document: PDFDocument): Places => {
  const found: Places = { strings: [], streams: [], shown: [] };
  const visit = (object: PDFObject): void => {
    if (object instanceof PDFString || object instanceof PDFHexString) found.strings.push(wordsIn(object));
    else if (object instanceof PDFDict) object.values().forEach(visit);
    else if (object instanceof PDFArray) object.asArray().forEach(visit);
    else if (object instanceof PDFStream) {
      visit(object.dict);
      if (object.dict.lookup(name('Subtype')) === name('Image')) return;
      if (object.dict.lookup(name('Type')) === name('ObjStm')) return; // its objects are visited one by one
      const bytes = decoded(object);
      if (bytes === undefined) return;
      const strings = [...tokens(bytes)].flatMap((it) => (it.kind === 'string' ? [it.bytes] : []));
      found.streams.push({ raw: Buffer.from(bytes), joined: Buffer.concat(strings) });
      const resources = object.dict.lookup(name('Resources'));
      if (resources !== undefined) found.shown.push(shownText(bytes, fontsOf(resources)));
    }
  };
  // The release's own metadata says what the plan says; there is no other (strip).
  const own = [document.context.trailerInfo.Info, document.catalog.get(name('Metadata'))];
  for (const [ref, object] of document.context.enumerateIndirectObjects())
    if (!own.includes(ref)) visit(object);
  for (const page of document.getPages())
    found.shown.push(shownText(pageContent(page), fontsOf(page.node.Resources())));
  return found;
};

/**
 * The secrets that a document holds more often than its pages show them. `visible` is the text of all pages as a
 * reader extracts it, without white space: a name that was covered in one place may rightly stand in another.
 */
export const residue = (document: PDFDocument, secrets: readonly string[], visible: string): string[] => {
  const wanted = [...new Set(secrets)].filter((it) => weight(it) >= TELLING.shown);
  if (wanted.length === 0) return [];
  const { strings, streams, shown } = places(document);
  return wanted.filter((words) => {
    const allowed = visible.split(words).length - 1;
    const telling = weight(words);
    if (allowed === 0 && telling >= TELLING.string && strings.some((it) => it.includes(words))) return true;
    if (shown.reduce((sum, it) => sum + it.split(words).length - 1, 0) > allowed) return true;
    if (telling < TELLING.bytes) return false;
    return spellings(words).some(
      (form) =>
        streams.reduce((sum, { raw, joined }) => sum + Math.max(count(raw, form), count(joined, form)), 0) >
        allowed,
    );
  });
};
