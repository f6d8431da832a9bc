import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';
import { bookmarks } from '../release/outline.ts';
import { wordsIn } from './string-words.ts';

const name = (text: string): PDFName => PDFName.of(text);

/** Words of this many characters or fewer are too common to be looked for outside their box. */
const COMMON = 1;

/** Takes covered words out of bookmarks and links too: a heading with a name stands on its page and in the outline. */
export const forget = (document: PDFDocument, secrets: readonly string[]): void => {
  const wanted = [...new Set(secrets)].filter((it) => [...it].length > COMMON);
  const tells = (words: string): boolean => wanted.some((it) => words.includes(it));
  for (const item of bookmarks(document.context, document.catalog.lookup(name('Outlines')))) {
    const written = item.lookup(name('Title'));
    if (!tells(wordsIn(written))) continue;
    let title = written instanceof PDFString || written instanceof PDFHexString ? written.decodeText() : '';
    title = title.replace(/\s/g, '');
    for (const one of wanted) title = title.replaceAll(one, '■■');
    item.set(name('Title'), PDFHexString.fromText(title));
  }
  for (const page of document.getPages()) {
    const links = page.node.lookup(name('Annots'));
    if (!(links instanceof PDFArray)) continue;
    for (let i = links.size() - 1; i >= 0; i--) {
      const link = links.lookup(i);
      if (link instanceof PDFDict) link.delete(name('PDFIUM_HasGeneratedAP')); // pdfium's own note
      const action = link instanceof PDFDict ? link.lookup(name('A')) : undefined;
      if (action instanceof PDFDict && tells(wordsIn(action.lookup(name('URI'))))) links.remove(i);
    }
  }
};
