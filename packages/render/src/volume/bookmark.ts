import {
  type PDFArray,
  PDFContext,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFRef,
  PDFString,
} from 'pdf-lib';
import type { PdfWriter } from '../writer/index.ts';
import type { Carrier } from './copy.ts';

const name = (text: string): PDFName => PDFName.of(text);

/** 书签: `to` is an explicit destination in the volume. */
export type Bookmark = {
  readonly title: string;
  readonly to?: PDFArray | undefined;
  readonly under: readonly Bookmark[];
};

/** A document's own bookmarks stop at this depth and number: an outline may run in circles. */
const deepest = 6;
const most = 2_000;

/** The bookmarks that a document brings along; those that lead nowhere keep their place as headings. */
export const ownBookmarks = (document: PDFDocument, carrier: Carrier): Bookmark[] => {
  const seen = new Set<PDFObject>();
  const read = (first: PDFObject | undefined, depth: number): Bookmark[] => {
    const found: Bookmark[] = [];
    for (
      let at = first;
      at instanceof PDFDict && !seen.has(at) && seen.size < most;
      at = at.lookup(name('Next'))
    ) {
      seen.add(at);
      const title = at.lookup(name('Title'));
      const action = at.lookup(name('A'));
      const target =
        at.lookup(name('Dest')) ?? (action instanceof PDFDict ? action.lookup(name('D')) : undefined);
      const text = title instanceof PDFString || title instanceof PDFHexString ? title.decodeText() : '';
      const under = depth < deepest ? read(at.lookup(name('First')), depth + 1) : [];
      if (text !== '') found.push({ title: text, to: carrier.destination(target), under });
    }
    return found;
  };
  const outlines = document.catalog.lookup(name('Outlines'));
  return outlines instanceof PDFDict ? read(outlines.lookup(name('First')), 1) : [];
};

/** Writes the outline, closed below its first level, and returns its root. */
export const writeBookmarks = async (writer: PdfWriter, bookmarks: readonly Bookmark[]): Promise<PDFRef> => {
  const context = PDFContext.create();
  const level = async (parent: PDFRef, ones: readonly Bookmark[]): Promise<PDFDict> => {
    const refs = ones.map(() => writer.allocate());
    for (const [n, { title, to, under }] of ones.entries()) {
      const own = refs[n] as PDFRef;
      const item = PDFDict.withContext(context);
      item.set(name('Title'), PDFHexString.fromText(title));
      item.set(name('Parent'), parent);
      if (to !== undefined) item.set(name('Dest'), to);
      const [before, after] = [refs[n - 1], refs[n + 1]];
      if (before !== undefined) item.set(name('Prev'), before);
      if (after !== undefined) item.set(name('Next'), after);
      if (under.length > 0) {
        for (const [key, value] of (await level(own, under)).entries()) item.set(key, value);
        item.set(name('Count'), PDFNumber.of(-under.length));
      }
      await writer.write(own, item);
    }
    const ends = PDFDict.withContext(context);
    const [first, last] = [refs[0], refs.at(-1)];
    if (first !== undefined && last !== undefined) {
      ends.set(name('First'), first);
      ends.set(name('Last'), last);
    }
    return ends;
  };
  const root = writer.allocate();
  const outlines = await level(root, bookmarks);
  outlines.set(name('Type'), name('Outlines'));
  outlines.set(name('Count'), PDFNumber.of(bookmarks.length));
  await writer.write(root, outlines);
  return root;
};
