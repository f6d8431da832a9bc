import { PDFArray, PDFDict, PDFName, type PDFObject } from 'pdf-lib';

const name = (text: string): PDFName => PDFName.of(text);

/** The pairs of a name tree (`Names`) or number tree (`Nums`), flat; one that runs in circles ends where it closes. */
export const pairsOf = (
  root: PDFObject | undefined,
  leaves: 'Names' | 'Nums',
): readonly (readonly [key: PDFObject, value: PDFObject])[] => {
  const found: (readonly [PDFObject, PDFObject])[] = [];
  const seen = new Set<PDFObject>();
  const walk = (node: PDFObject | undefined): void => {
    if (!(node instanceof PDFDict) || seen.has(node)) return;
    seen.add(node);
    const pairs = node.lookup(name(leaves));
    if (pairs instanceof PDFArray)
      for (let at = 0; at + 1 < pairs.size(); at += 2) {
        const [key, value] = [pairs.lookup(at), pairs.get(at + 1)];
        if (key !== undefined && value !== undefined) found.push([key, value]);
      }
    const kids = node.lookup(name('Kids'));
    if (kids instanceof PDFArray) for (let at = 0; at < kids.size(); at++) walk(kids.lookup(at));
  };
  walk(root);
  return found;
};
