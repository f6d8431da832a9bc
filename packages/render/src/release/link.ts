import { type PDFContext, PDFDict, PDFHexString, PDFName, type PDFObject, PDFString } from 'pdf-lib';

const name = (text: string): PDFName => PDFName.of(text);
const keys = new Set([
  'Type',
  'Subtype',
  'Rect',
  'Border',
  'C',
  'H',
  'Dest',
  'A',
  'QuadPoints',
  'F',
  'BS',
  'StructParent',
]);

/** The address of a URI action, when it is a plain web address. */
const webAddress = (action: PDFDict): boolean => {
  const uri = action.lookup(name('URI'));
  return (uri instanceof PDFString || uri instanceof PDFHexString) && /^https?:\/\//i.test(uri.decodeText());
};

/** Reduces an action to where it leads; false when it does anything but lead to a page or a web address. */
export const keepAction = (action: PDFDict): boolean => {
  const kind = action.lookup(name('S'));
  const keep = kind === name('GoTo') ? action.has(name('D')) : kind === name('URI') && webAddress(action);
  for (const key of action.keys())
    if (!['Type', 'S', 'D', 'URI'].includes(key.decodeText())) action.delete(key);
  return keep;
};

/** Whether an annotation may stay: only links inside the document and to web pages do, stripped to the link. */
export const keepLink = (context: PDFContext, annotation: PDFObject): boolean => {
  const dict = context.lookup(annotation);
  if (!(dict instanceof PDFDict) || dict.lookup(name('Subtype')) !== name('Link')) return false;
  for (const key of dict.keys()) if (!keys.has(key.decodeText())) dict.delete(key);
  const action = dict.lookup(name('A'));
  if (action === undefined) return dict.has(name('Dest'));
  return action instanceof PDFDict && keepAction(action);
};
