import { err, type FileType, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { substitutedFonts } from './font-names.ts';
import { libreOffice, type OfficeDocument } from './libreoffice.ts';
import { withoutMissingGlyphs } from './missing-glyph.ts';
import { pdfOptions } from './pdf-options.ts';
import { resolveRevisions } from './revisions.ts';
import { type NativeOffice, nativeOffice } from './soffice.ts';

export type OfficeType = Extract<
  FileType,
  'docx' | 'doc' | 'wps' | 'odt' | 'rtf' | 'xlsx' | 'xls' | 'et' | 'ods' | 'pptx' | 'ppt' | 'odp'
>;

const containers: Readonly<Record<OfficeType, 'zip' | 'ole' | 'rtf'>> = {
  docx: 'zip',
  xlsx: 'zip',
  pptx: 'zip',
  odt: 'zip',
  ods: 'zip',
  odp: 'zip',
  doc: 'ole',
  wps: 'ole',
  xls: 'ole',
  et: 'ole',
  ppt: 'ole',
  rtf: 'rtf',
}; // prettier-ignore

/** WPS Office writes Microsoft's own binary formats under other names. */
const extensionOf = (type: OfficeType): string => ({ wps: 'doc', et: 'xls' })[type as string] ?? type;

const kindOf = (type: OfficeType): OfficeDocument['kind'] => {
  if (['xlsx', 'xls', 'et', 'ods'].includes(type)) return 'spreadsheet';
  return ['pptx', 'ppt', 'odp'].includes(type) ? 'presentation' : 'text';
};

const oleMagic = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const oleStreams: Partial<Record<OfficeType, readonly string[]>> = {
  doc: ['WordDocument'],
  wps: ['WordDocument'],
  xls: ['Workbook', 'Book'],
  et: ['Workbook', 'Book'],
  ppt: ['PowerPoint Document'],
};
/**
 * Whether the bytes are of their kind at all. LibreOffice would open rubbish as text and print it; zips are tried when
 * their fonts are read.
 */
const isOfType = (bytes: Uint8Array, type: OfficeType): boolean => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 'rtf') return buffer.toString('latin1', 0, 5) === '{\\rtf';
  const streams = oleStreams[type];
  if (streams === undefined) return true;
  return (
    buffer.subarray(0, 8).equals(oleMagic) &&
    streams.some((it) => buffer.includes(Buffer.from(`${it}\0`, 'utf16le')))
  );
};

type Printed =
  | Uint8Array
  | 'no-output'
  | 'other-kind'
  | { readonly tracked: number; readonly docx: Uint8Array | undefined };

const print = (document: OfficeDocument, kind: OfficeDocument['kind']): Printed => {
  if (document.kind !== kind) return 'other-kind';
  const tracked = document.trackedChanges();
  if (tracked > 0) return { tracked, docx: document.save('docx') };
  return document.save('pdf', pdfOptions) ?? 'no-output';
};

const failed = (detail: string): Result<never, Refusal> =>
  err(refusal('conversion-failed', { detail: detail.slice(0, 200) }));

/** A program on the machine cannot be asked for tracked changes, so texts are looked at as .docx first. */
const printNatively = async (
  native: NativeOffice,
  bytes: Uint8Array,
  extension: string,
): Promise<Uint8Array | string> => {
  if (!['doc', 'rtf', 'odt'].includes(extension)) return native(bytes, extension, 'pdf');
  const docx = await native(bytes, extension, 'docx');
  if (typeof docx === 'string') return docx;
  const resolved = resolveRevisions(docx);
  return resolved === docx ? native(bytes, extension, 'pdf') : native(resolved, 'docx', 'pdf');
};

const converted = async (
  original: Uint8Array,
  type: OfficeType,
): Promise<Result<{ pdf: Uint8Array; substitutedFonts: string[] }, Refusal>> => {
  if (!isOfType(original, type)) return failed(`not ${type}`);
  let bytes = original;
  let fonts: string[];
  try {
    bytes = type === 'docx' ? resolveRevisions(original) : original;
    fonts = substitutedFonts(original, containers[type]);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
  const native = nativeOffice();
  if (native !== undefined) {
    const pdf = await printNatively(native, bytes, extensionOf(type));
    return typeof pdf === 'string' ? failed(pdf) : ok({ pdf, substitutedFonts: fonts });
  }
  const office = await libreOffice();
  let printed: Printed | { readonly refused: string } = office.open(bytes, extensionOf(type), (it) =>
    print(it, kindOf(type)),
  );
  // .doc, .rtf and .odt keep their changes in ways of their own: go through .docx, whose changes we can accept.
  if (typeof printed === 'object' && 'docx' in printed && printed.docx !== undefined) {
    printed = office.open(resolveRevisions(printed.docx), 'docx', (it) => print(it, 'text'));
  }
  if (printed === 'other-kind') return failed(`not a ${kindOf(type)}`);
  if (printed === 'no-output') return failed('no output');
  if (printed instanceof Uint8Array) return ok({ pdf: printed, substitutedFonts: fonts });
  if ('refused' in printed) return failed(printed.refused);
  return failed(`${printed.tracked} tracked changes could not be resolved`);
};

/** Bytes of an office document to bytes of a PDF, tracked changes accepted; refused where a character could not be drawn. */
export const officeToPdf = async (
  original: Uint8Array,
  type: OfficeType,
): Promise<Result<{ pdf: Uint8Array; substitutedFonts: string[] }, Refusal>> => {
  const made = await converted(original, type);
  if (!made.ok) return made;
  const drawn = await withoutMissingGlyphs(made.value.pdf);
  return drawn.ok ? made : drawn;
};
