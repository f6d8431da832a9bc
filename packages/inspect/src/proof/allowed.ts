import { kindUnder, mayHaveText, type Shape, shapeOf } from '@gongkai/core';
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
 * Follows everything that the catalogue leads to and says the first thing that a release may not have (core
 * `release/allowed.ts`), with the object that has it; undefined when there is nothing.
 */
export const beyondAllowed = ({ context, catalog }: PDFDocument): string | undefined => {
  const known = new Map<PDFObject, Set<string>>();
  const open: { object: PDFObject; kind: string; where: string }[] = [];
  let found: string | undefined;

  /** Whether an object may stand where its kind is expected; what it leads to is looked at later. */
  const may = (given: PDFObject | undefined, kind: string, inside: string): boolean => {
    const where = given instanceof PDFRef ? `object ${given.objectNumber}` : inside;
    const object = given instanceof PDFRef ? context.lookup(given) : given;
    if (object === undefined) return true;
    if (object instanceof PDFString || object instanceof PDFHexString) return mayHaveText(kind);
    if (object instanceof PDFArray) return object.asArray().every((one) => may(one, kind, where));
    if (!(object instanceof PDFDict) && !(object instanceof PDFStream)) return true;
    const kinds = known.get(object) ?? new Set();
    known.set(object, kinds);
    if (kinds.has(kind)) return true;
    kinds.add(kind);
    open.push({ object, kind, where });
    return true;
  };

  const look = (dict: PDFDict, shape: Shape, stream: boolean, where: string): string | undefined => {
    for (const [key, value] of dict.entries()) {
      const name = key.decodeText();
      const under = kindUnder(shape, name, stream);
      if (under === undefined || !may(value, under, where)) return `${where} has /${name}`;
    }
    return undefined;
  };

  may(catalog, 'catalogue', 'the catalogue');
  for (let next = open.pop(); next !== undefined && found === undefined; next = open.pop()) {
    const { object, kind, where } = next;
    const stream = object instanceof PDFStream;
    const dict = stream ? object.dict : (object as PDFDict);
    const shape = shapeOf(kind, { stream, wordUnder: wordUnder(dict) });
    found = shape === undefined ? `${where} is no ${kind}` : look(dict, shape, stream, where);
  }
  return found;
};
