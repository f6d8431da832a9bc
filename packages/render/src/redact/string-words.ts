import { PDFHexString, type PDFObject, PDFString } from 'pdf-lib';

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that is only a percent sign
  }
};

/**
 * The words in a string object without white space, in every way that readers take them: as PDF text, as UTF-8
 * (addresses of links), and with its %-escapes read. Empty for any other object.
 */
export const wordsIn = (object: PDFObject | undefined): string => {
  if (!(object instanceof PDFString || object instanceof PDFHexString)) return '';
  const utf8 = Buffer.from(object.asBytes()).toString('utf8');
  return [object.decodeText(), utf8, unescaped(utf8)].map((it) => it.replace(/\s/g, '')).join('\n');
};
