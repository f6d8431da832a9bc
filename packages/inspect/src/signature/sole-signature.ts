import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, type PDFObject, PDFRef } from 'pdf-lib';
import { readSignatures, signedRanges } from './read-signatures.ts';

const name = (text: string): PDFName => PDFName.of(text);
const load = (bytes: Uint8Array): Promise<PDFDocument> =>
  PDFDocument.load(bytes, { updateMetadata: false, parseSpeed: Number.POSITIVE_INFINITY });

const only = (dict: PDFObject | undefined, ...keys: readonly string[]): dict is PDFDict =>
  dict instanceof PDFDict && dict.keys().every((key) => keys.includes(key.decodeText()));

const isReference = (value: PDFObject | undefined, to: PDFRef | undefined): boolean =>
  value instanceof PDFRef && to !== undefined && value.objectNumber === to.objectNumber;

/** Tells whether the increment says nothing but one signature: the catalogue with a form, the form, its field, the signature. */
const besidesOneSignature = (before: PDFDocument, after: PDFDocument): string | undefined => {
  const old = new Map(
    before.context.enumerateIndirectObjects().map(([ref, object]) => [ref.objectNumber, object.toString()]),
  );
  const root = after.context.trailerInfo.Root;
  const fresh: [PDFRef, PDFObject][] = [];
  for (const [ref, object] of after.context.enumerateIndirectObjects()) {
    const was = old.get(ref.objectNumber);
    if (was === object.toString()) continue;
    if (was === undefined) fresh.push([ref, object]);
    else if (!isReference(root, ref)) return `object ${ref.objectNumber} was written anew`;
  }
  for (const number of old.keys())
    if (after.context.lookup(PDFRef.of(number)) === undefined) return `object ${number} is gone`;
  const { catalog } = after;
  const said = catalog.get(name('AcroForm'));
  const form = catalog.lookup(name('AcroForm'));
  const kept = new Map(before.catalog.entries().map(([key, value]) => [key.toString(), value.toString()]));
  for (const [key, value] of catalog.entries())
    if (key !== name('AcroForm') && kept.get(key.toString()) !== value.toString())
      return `the catalogue's ${key}`;
  if (kept.has('/AcroForm') || catalog.keys().length !== kept.size + 1) return 'the catalogue';
  if (!only(form, 'Fields', 'SigFlags')) return 'the form';
  const fields = form.lookup(name('Fields'));
  const place = fields instanceof PDFArray && fields.size() === 1 ? fields.get(0) : undefined;
  const field = place instanceof PDFRef ? after.context.lookup(place) : undefined;
  if (!only(field, 'FT', 'T', 'V', 'Type', 'Subtype', 'F', 'P', 'Rect')) return 'the field';
  const box = field.lookup(name('Rect'));
  const flat =
    box instanceof PDFArray && box.asArray().every((one) => one instanceof PDFNumber && one.asNumber() === 0);
  if (!flat || field.lookup(name('FT')) !== name('Sig')) return 'the field shows something';
  const signature = field.lookup(name('V'));
  if (!only(signature, 'Type', 'Filter', 'SubFilter', 'ByteRange', 'Contents', 'M', 'Reason', 'Name'))
    return 'the signature';
  const known = [said, place, field.get(name('V'))];
  const stranger = fresh.find(
    ([ref, object]) =>
      !known.some((one) => isReference(one, ref)) &&
      !('dict' in object && (object.dict as PDFDict).lookup(name('Type')) === name('XRef')),
  );
  return stranger === undefined ? undefined : `object ${stranger[0].objectNumber}`;
};

/** DER says its own length; behind it a signature has room that must be empty. */
const padding = (contents: Uint8Array): Uint8Array => {
  const short = contents[1] ?? 0;
  if (short < 128) return contents.subarray(2 + short);
  let length = 0;
  for (let i = 0; i < (short & 127); i++) length = length * 256 + (contents[2 + i] ?? 0);
  return contents.subarray(2 + (short & 127) + length);
};

/**
 * That behind `end`, the end of its first revision, a file holds one increment which adds one signature over the whole file and
 * nothing else: no page, no text, no appearance, no byte between its objects. Says what else there is; undefined when there is
 * nothing. What the file shows is then what its first `end` bytes show.
 */
export const soleSignature = async (bytes: Uint8Array, end: number): Promise<string | undefined> => {
  const [range, ...others] = signedRanges(bytes);
  if (range === undefined || others.length > 0) return 'the second revision is no signature';
  if (range.first[0] !== 0 || range.first[1] <= end) return 'the signature leaves out a part of the file';
  const [signature] = readSignatures(bytes);
  if (signature?.state !== 'intact') return `the signature is ${signature?.state}`;
  if (padding(range.contents).some((byte) => byte !== 0)) return 'something stands behind the signature';
  const raw = Buffer.from(bytes.subarray(end));
  const text = raw.toString('latin1');
  // Between objects only white space: a comment could say anything, and no reader of objects would see it.
  const gaps = text
    .replace(/\d+ 0 obj\s*<<[\s\S]*?>>\s*(?:stream\r?\n[\s\S]{0,200}?\r?\nendstream\s*)?endobj/g, '')
    .replace(/startxref\s+\d+\s+%%EOF/, '');
  if (gaps.trim() !== '') return 'something stands between the objects of the second revision';
  const spoken = text
    .replace(/stream\r?\n[\s\S]*?\r?\nendstream/g, '')
    .replace(/startxref\s+\d+\s+%%EOF/, '');
  if (spoken.includes('%')) return 'a comment stands in the second revision';
  return besidesOneSignature(await load(bytes.subarray(0, end)), await load(bytes));
};
