import { type PDFContext, PDFDict, PDFName, type PDFObject, PDFRef } from 'pdf-lib';
import { keepAction } from './link.ts';

const name = (text: string): PDFName => PDFName.of(text);
const keys = new Set(['Title', 'Parent', 'Prev', 'Next', 'First', 'Last', 'Count', 'Dest', 'A', 'C', 'F']);

/** The bookmarks (书签), each once; an outline that runs in circles is cut where it closes. */
export const bookmarks = (context: PDFContext, outline: PDFObject | undefined): PDFDict[] => {
  const found = new Set<PDFDict>();
  const open: (PDFObject | undefined)[] = [
    outline instanceof PDFDict ? outline.get(name('First')) : undefined,
  ];
  while (open.length > 0) {
    const at = open.pop();
    const item = at instanceof PDFRef ? context.lookup(at) : at;
    if (!(item instanceof PDFDict) || found.has(item)) continue;
    found.add(item);
    open.push(item.get(name('Next')), item.get(name('First')));
  }
  return [...found];
};

/** Keeps titles and places, drops what a bookmark could do besides. False when there is no bookmark. */
export const stripOutline = (context: PDFContext, outline: PDFObject | undefined): boolean => {
  const items = bookmarks(context, outline);
  for (const item of items) {
    for (const key of item.keys()) if (!keys.has(key.decodeText())) item.delete(key);
    const action = item.lookup(name('A'));
    if (action !== undefined && !(action instanceof PDFDict && keepAction(action))) item.delete(name('A'));
  }
  return items.length > 0;
};
