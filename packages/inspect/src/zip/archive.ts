import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { Refused, refuse } from '../intake/refused.ts';

/**
 * Limits of one package. Real ones stay far below: the 406 files of the corpus have at most 14 MB and 300 parts.
 */
export const limits = {
  entries: 10_000,
  totalBytes: 200 * 1024 * 1024,
  /** Deflate reaches 1032:1; sheets of zeros honestly reach about 100:1. Only parts over `ratioFrom` count. */
  ratio: 250,
  ratioFrom: 8 * 1024 * 1024,
} as const;

export type Part = { readonly name: string; readonly size: number; readonly entry: Entry };
export type Archive = {
  /** Files only, in the order of the central directory. */
  readonly parts: readonly Part[];
  /** Streams one part, checking size and CRC at its end. */
  readonly read: (part: Part, take: (chunk: Buffer) => void) => Promise<void>;
  readonly close: () => void;
};

const symbolicLink = 0o120000;

const checkName = (name: string): void => {
  const part = name.slice(0, 80);
  if (/^[/\\]|^[A-Za-z]:|\\|\u0000/.test(name)) refuse('path-escape', { part });
  if (name.split('/').includes('..')) refuse('path-escape', { part });
};

const checkSizes = (entries: readonly Part[]): void => {
  let total = 0;
  for (const { name, size, entry } of entries) {
    total += size;
    if (total > limits.totalBytes)
      refuse('archive-bomb', { detail: `> ${limits.totalBytes / 1024 / 1024} MB` });
    if (size > limits.ratioFrom && size > limits.ratio * entry.compressedSize) {
      refuse('archive-bomb', {
        detail: `${name.slice(0, 80)} ${Math.round(size / Math.max(1, entry.compressedSize))}:1`,
      });
    }
  }
};

const inconsistent = (detail: string): never => refuse('archive-inconsistent', { detail });

/**
 * Local headers against the central directory, and the ranges of the parts against each other. yauzl, fflate,
 * jszip and adm-zip each read something else from a file that contradicts itself (bad-inputs.md, table).
 */
const checkLayout = async (zip: ZipFile, parts: readonly Part[], directoryStart: number): Promise<void> => {
  const ranges: { start: number; end: number; name: string }[] = [];
  for (const { name, entry } of parts) {
    const header = await zip
      .readLocalFileHeaderPromise(entry)
      .catch((error: Error) => inconsistent(error.message));
    if (!header.fileName.equals(entry.fileNameRaw)) inconsistent(`${name.slice(0, 80)}: name`);
    if (header.compressionMethod !== entry.compressionMethod) inconsistent(`${name.slice(0, 80)}: method`);
    const sizesFollow = (header.generalPurposeBitFlag & 8) !== 0;
    const zip64 = header.compressedSize === 0xffffffff || header.uncompressedSize === 0xffffffff;
    if (!sizesFollow && !zip64) {
      if (
        header.compressedSize !== entry.compressedSize ||
        header.uncompressedSize !== entry.uncompressedSize
      ) {
        inconsistent(`${name.slice(0, 80)}: size`);
      }
    }
    ranges.push({
      start: entry.relativeOffsetOfLocalHeader,
      end: header.fileDataStart + entry.compressedSize,
      name,
    });
  }
  ranges.sort((one, other) => one.start - other.start);
  let end = 0;
  for (const range of ranges) {
    if (range.start < end) inconsistent(`${range.name.slice(0, 80)}: overlap`);
    end = range.end;
  }
  if (end > directoryStart) inconsistent('overlap with the directory');
  if ((ranges[0]?.start ?? 0) > 0) refuse('polyglot', { detail: `${ranges[0]?.start} bytes + ZIP` });
};

const list = async (zip: ZipFile): Promise<Part[]> => {
  const parts: Part[] = [];
  const names = new Set<string>();
  for await (const entry of zip.eachEntry()) {
    if (parts.length >= limits.entries) refuse('archive-bomb', { detail: `> ${limits.entries}` });
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    checkName(name);
    const mode = entry.versionMadeBy >> 8 === 3 ? entry.externalFileAttributes >>> 16 : 0;
    if ((mode & 0o170000) === symbolicLink) refuse('path-escape', { part: name.slice(0, 80) });
    if (entry.isEncrypted()) refuse('encrypted');
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
      inconsistent(`method ${entry.compressionMethod}`);
    const key = name.normalize('NFC').toLowerCase();
    if (names.has(key)) inconsistent(`${name.slice(0, 80)}: duplicate`);
    names.add(key);
    parts.push({ name, size: entry.uncompressedSize, entry });
  }
  return parts;
};

/** Opens a ZIP package, a file's or one in memory, after checking everything that can be checked without unpacking. Throws `Refused`. */
export const openArchive = async (from: string | Buffer): Promise<Archive> => {
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: true } as const;
  const opening = typeof from === 'string' ? openPromise(from, options) : fromBufferPromise(from, options);
  const zip = await opening.catch((error: Error) =>
    refuse('damaged', { detail: `ZIP: ${error.message.slice(0, 100)}` }),
  );
  try {
    if (zip.entryCount > limits.entries)
      refuse('archive-bomb', { detail: `${zip.entryCount} > ${limits.entries}` });
    // yauzl keeps where it reads next; before the first entry that is the start of the directory.
    const directoryStart = Number(zip.readEntryCursor);
    const all = await list(zip).catch((error: Error) => {
      if (error instanceof Refused) throw error;
      return refuse('damaged', { detail: `ZIP: ${error.message.slice(0, 100)}` });
    });
    checkSizes(all);
    await checkLayout(zip, all, directoryStart);
    const parts = all.filter(({ name }) => !name.endsWith('/'));
    return { parts, read: (part, take) => read(zip, part, take), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
};

const read = async (
  zip: ZipFile,
  { name, size, entry }: Part,
  take: (chunk: Buffer) => void,
): Promise<void> => {
  let sum = 0;
  let length = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      length += chunk.length;
      if (length > size) inconsistent(`${name.slice(0, 80)}: size`);
      take(chunk);
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    const message = error instanceof Error ? error.message : String(error);
    if (/bytes in the stream|too many bytes|not enough bytes/i.test(message))
      inconsistent(`${name.slice(0, 80)}: size`);
    refuse('damaged', { detail: `${name.slice(0, 80)}: ${message.slice(0, 80)}` });
  }
  if (length !== size) inconsistent(`${name.slice(0, 80)}: size`);
  if (sum >>> 0 !== entry.crc32 >>> 0) inconsistent(`${name.slice(0, 80)}: CRC`);
};
