import { kindUnder, mayHaveText, shapeOf } from '@gongkai/core';
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFStream,
  PDFString,
} from 'pdf-lib';

const wordUnder = (dict: PDFDict) => (key: string) => {
  const value = dict.lookup(PDFName.of(key));
  if (value === undefined) return undefined;
  if (value instanceof PDFName) return value.decodeText();
  return value instanceof PDFNumber ? String(value.asNumber()) : '';
};

/**
 * Leaves of a document what a release may consist of (core `release/allowed.ts`): keys that are not named there go, and so does
 * what stands under a key where it may not stand.
 */
export const keepAllowed = ({ context, catalog }: PDFDocument): void => {
  const done = new Map<PDFObject, Map<string, boolean>>();

  const keep = (given: PDFObject | undefined, kind: string): boolean => {
    const object = given instanceof PDFRef ? context.lookup(given) : given;
    if (object === undefined) return true;
    if (object instanceof PDFString || object instanceof PDFHexString) return mayHaveText(kind);
    if (object instanceof PDFArray) {
      let all = true;
      for (const one of object.asArray()) all = keep(one, kind) && all;
      return all;
    }
    const stream = object instanceof PDFStream;
    if (!stream && !(object instanceof PDFDict)) return true;
    const dict = stream ? object.dict : object;
    const before = done.get(object)?.get(kind);
    if (before !== undefined) return before;
    const shape = shapeOf(kind, { stream, wordUnder: wordUnder(dict) });
    // Said before it is looked into: objects lead back to themselves.
    done.set(object, (done.get(object) ?? new Map()).set(kind, shape !== undefined));
    if (shape === undefined) return false;
    for (const [key, value] of dict.entries()) {
      const under = kindUnder(shape, key.decodeText(), stream);
      if (under === undefined || !keep(value, under)) dict.delete(key);
    }
    return true;
  };
  keep(catalog, 'catalogue');
};
