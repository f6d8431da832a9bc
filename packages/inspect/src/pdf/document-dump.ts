import { inflateSync } from 'node:zlib';
import type { Finding } from '@gongkai/core';
import { photographFindings } from '../photograph/metadata.ts';
import type { PdfDocument } from './engine.ts';

/** What the objects of a document say outside of their streams. */
export type DocumentDump = {
  /** Names that make a reader do something. */
  readonly actions: readonly string[];
  readonly layers: boolean;
  /** Every text string: bookmarks, alternative texts, field names and values, metadata. */
  readonly strings: readonly string[];
  readonly metadata: readonly string[];
  /** What tags say in place of what is seen: /Alt, /ActualText, /E. */
  readonly alternatives: readonly string[];
  /** Values and defaults of form fields. */
  readonly fieldValues: readonly string[];
  /** What photographs in it say besides their pixels. */
  readonly photographs: readonly Finding[];
  /** What programs leave in a file for themselves. */
  readonly leftovers: readonly ('Thumb' | 'PieceInfo')[];
};

const most = 64 * 1024 * 1024;
const dangerous = [
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'ResetForm',
  'GoToE',
  'Rendition',
  'RichMedia',
  'Movie',
  'Sound',
];

/**
 * pdfium writes the document anew: object streams are unpacked, names unescaped, encryption removed, so that
 * nothing hides from a plain reading of the dictionaries (row 36 of bad-inputs.md). Undefined when the file is
 * too large for that.
 */
export const dumpDocument = ({ engine, handle }: PdfDocument, fileSize: number): DocumentDump | undefined => {
  if (fileSize > most) return undefined;
  const { api, runtime } = engine;
  const writer = api.PDFiumExt_OpenFileWriter();
  let buffer = 0;
  try {
    api.PDFiumExt_SaveAsCopy(handle, writer);
    const size = api.PDFiumExt_GetFileWriterSize(writer);
    if (size <= 0) return undefined;
    buffer = runtime.wasmExports.malloc(size);
    api.PDFiumExt_GetFileWriterData(writer, buffer, size);
    return readDump(Buffer.from(runtime.HEAPU8.subarray(buffer, buffer + size)));
  } finally {
    if (buffer !== 0) runtime.wasmExports.free(buffer);
    api.PDFiumExt_CloseFileWriter(writer);
  }
};

export const readDump = (bytes: Buffer): DocumentDump => {
  const dictionaries: string[] = [];
  const metadata: string[] = [];
  const photographs: Finding[] = [];
  let pictures = 0;
  let from = 0;
  for (let at = bytes.indexOf('stream\r\n', from); at !== -1; at = bytes.indexOf('stream\r\n', from)) {
    const dictionary = bytes.toString('latin1', from, at);
    const start = at + 8;
    const lengths = [...dictionary.matchAll(/\/Length (\d+)/g)];
    const length = Number(lengths.at(-1)?.[1] ?? 0);
    dictionaries.push(dictionary);
    const header = dictionary.slice(dictionary.lastIndexOf(' obj'));
    if (/\/Subtype ?\/XML/.test(header) && !/\/Filter/.test(header)) {
      metadata.push(bytes.toString('utf8', start, Math.min(start + length, start + 1_000_000)));
    }
    if (/\/DCTDecode|\/DCT(?![A-Za-z])/.test(header) && photographs.length < mostPhotographs) {
      pictures += 1;
      photographs.push(...photograph(bytes.subarray(start, start + length), header, pictures));
    }
    from = Math.max(start + length, at + 8);
  }
  dictionaries.push(bytes.toString('latin1', from));
  const all = dictionaries.join('\n');
  const withoutStrings = all.replace(/\((?:\\[\s\S]|[^\\()])*\)/g, '()');
  return {
    actions: [
      ...dangerous.filter((name) => new RegExp(`/(?:S ?/)?${name}(?![A-Za-z0-9])`).test(withoutStrings)),
      ...(opensAddress(withoutStrings) ? ['URI'] : []),
    ],
    layers: /\/OCProperties(?![A-Za-z])/.test(withoutStrings),
    strings: textStrings(all),
    metadata,
    photographs,
    alternatives: stringsAt(all, /\/(?:Alt|ActualText|E)\s*(?=[(<])/g),
    fieldValues: stringsAt(all, /\/D?V\s*\[?\s*(?=[(<])/g),
    leftovers: (['Thumb', 'PieceInfo'] as const).filter((name) =>
      new RegExp(`/${name}(?![A-Za-z0-9])`).test(withoutStrings),
    ),
  };
};

/** Findings: a reviewer needs no more to send it back. */
const mostPhotographs = 500;
const mostUnpacked = 64 * 1024 * 1024;

const photograph = (bytes: Buffer, header: string, number: number): Finding[] => {
  try {
    const packed = /\/Fl(?:ateDecode)?[\s/\]]/.test(header);
    const picture = packed ? inflateSync(bytes, { maxOutputLength: mostUnpacked }) : bytes;
    return photographFindings(picture, `picture ${number}`);
  } catch {
    return []; // no reader can show it, and rendering leaves it as it is
  }
};

/** A page on the web that opens by itself tells somebody there who reads. */
const opensAddress = (all: string): boolean => {
  const address = /^[^>]{0,400}\/S\s*\/URI(?![A-Za-z])/;
  return [...all.matchAll(/\/(?:OpenAction|AA)\s*(?:(\d+) 0 R|(?=<<))/g)].some(
    ({ 1: number, index, 0: start }) => {
      if (number === undefined)
        return address.test(all.slice(index + start.length, index + start.length + 500));
      const at = all.search(new RegExp(`(?:^|\\s)${number} 0 obj`));
      return at !== -1 && address.test(all.slice(at, at + 500).replace(/^\s*\d+ 0 obj\s*/, ''));
    },
  );
};

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const literal = (body: string): string =>
  body.replace(
    /\\(?:([0-7]{1,3})|\r\n|([\s\S]))/g,
    (_, octal: string | undefined, other: string | undefined) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
      return other === undefined || other === '\n' || other === '\r' ? '' : (escapes[other] ?? other);
    },
  );

const decode = (raw: string): string => {
  if (raw.startsWith('\xfe\xff')) {
    const bytes = Buffer.from(raw.slice(2), 'latin1');
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString('utf16le');
  }
  if (raw.startsWith('\xef\xbb\xbf')) return Buffer.from(raw.slice(3), 'latin1').toString('utf8');
  return raw;
};

const aString = /\(((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*)\)|<([0-9A-Fa-f\s]{4,})>/g;

const stringOf = (match: RegExpMatchArray | RegExpExecArray): string =>
  decode(
    match[1] === undefined
      ? Buffer.from((match[2] ?? '').replace(/\s/g, ''), 'hex').toString('latin1')
      : literal(match[1]),
  ).trim();

/** The strings that stand right behind a key. */
const stringsAt = (all: string, key: RegExp): string[] => {
  const next = new RegExp(aString.source, 'y');
  const found = new Set<string>();
  for (const { index, 0: start } of all.matchAll(key)) {
    next.lastIndex = index + start.length;
    const match = next.exec(all);
    const text = match === null ? '' : stringOf(match);
    if (text !== '' && !/[\u0000-\u0008\u000e-\u001f]/.test(text)) found.add(text);
    if (found.size >= 2_000) break;
  }
  return [...found];
};

const textStrings = (all: string): string[] => {
  const found = new Set<string>();
  for (const match of all.matchAll(aString)) {
    const text = stringOf(match);
    if (text.length > 1 && !/[\u0000-\u0008\u000e-\u001f]/.test(text)) found.add(text);
    if (found.size > 200_000) break;
  }
  return [...found];
};
