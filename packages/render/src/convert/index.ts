import { readFile, writeFile } from 'node:fs/promises';
import {
  type ArchivalObstacle,
  err,
  type FileType,
  ok,
  type Refusal,
  type Result,
  refusal,
} from '@gongkai/core';
import { withPdf } from '../pdfium/index.ts';
import { foreseeObstacles } from '../release/index.ts';
import { type Block, htmlBlocks, markdownBlocks, NestedTooDeep } from '../text/index.ts';
import { csvBlocks } from './csv.ts';
import { decodeText } from './encoding.ts';
import { imageToPdf } from './image.ts';
import { ofdToPdf } from './ofd/index.ts';
import { officeToPdf } from './office.ts';
import { plainTextBlocks } from './plain-text.ts';
import { typeset } from './typeset.ts';

export type ConvertJob = {
  /** Absolute path of the original. */
  readonly input: string;
  readonly type: FileType;
  /** The original's name; the title of a text that has none. */
  readonly name: string;
  /** Absolute path that the PDF is written to. */
  readonly output: string;
  /** Default 2,000. */
  readonly maxPages?: number;
};
export type Converted = {
  readonly pages: number;
  /** Names of the Chinese fonts that the original asks for and that another font stands in for. */
  readonly substitutedFonts: readonly string[];
  /** What of a PDF will keep its release from being PDF/A-2b. */
  readonly notArchival?: readonly ArchivalObstacle[];
};

const pageLimit = 2_000;

type Made = Result<{ pdf: Uint8Array; substitutedFonts: readonly string[] }, Refusal>;
const plain = (made: Result<Uint8Array, Refusal>): Made =>
  made.ok ? ok({ pdf: made.value, substitutedFonts: [] }) : made;

const textToPdf = (
  bytes: Uint8Array,
  name: string,
  read: (text: string) => Result<Block[], Refusal>,
): Made => {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  const blocks = read(text.value);
  return blocks.ok ? plain(typeset(blocks.value, name.replace(/\.[^.]*$/, ''))) : blocks;
};

const readMarkdown = (text: string): Result<Block[], Refusal> => {
  try {
    return ok(markdownBlocks(text));
  } catch (cause) {
    if (!(cause instanceof NestedTooDeep)) throw cause;
    const detail = 'lists or quotations stand too deep in each other';
    return err(refusal('conversion-failed', { detail, detailZh: '列表或引用嵌套太深' }));
  }
};

/** A direct object or a reference behind /Encrypt in a trailer: owner passwords too, which need none to be read. */
const encryption = /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/;

const checkedPdf = (bytes: Buffer): Made =>
  encryption.test(bytes.toString('latin1')) ? err(refusal('encrypted')) : plain(ok(bytes));

const make = async (bytes: Buffer, { type, name }: ConvertJob, maxPages: number): Promise<Made> => {
  switch (type) {
    case 'pdf':
      return checkedPdf(bytes);
    case 'ofd':
      return ofdToPdf(bytes, maxPages);
    case 'png':
    case 'jpg':
    case 'tiff':
      return plain(await imageToPdf(bytes, type, maxPages));
    case 'txt':
      return textToPdf(bytes, name, (text) => ok(plainTextBlocks(text)));
    case 'md':
      return textToPdf(bytes, name, readMarkdown);
    case 'html':
      return textToPdf(bytes, name, (text) => ok(htmlBlocks(text)));
    case 'csv':
      return textToPdf(bytes, name, csvBlocks);
    default:
      return officeToPdf(bytes, type);
  }
};

/**
 * Turns an original of any accepted type into a PDF whose pages match it; a PDF is checked and copied untouched. Blocks
 * the thread and may hang or burst on a hostile file: run it in a Cage (worker.ts). Throws only when the machine or the
 * converter itself is broken.
 */
export const convert = async (job: ConvertJob): Promise<Result<Converted, Refusal>> => {
  const maxPages = job.maxPages ?? pageLimit;
  const made = await make(await readFile(job.input), job, maxPages);
  if (!made.ok) return made;
  const { pdf, substitutedFonts } = made.value;
  const pages = await withPdf(pdf, (it) => it.pages);
  if (!pages.ok) return pages;
  if (pages.value > maxPages) return err(refusal('too-many-pages', { pages: pages.value, limit: maxPages }));
  // Only what came as a PDF brings fonts, colours and a tree of pages that are not ours.
  const notArchival = job.type === 'pdf' ? await foreseeObstacles(pdf) : ok([]);
  if (!notArchival.ok) return notArchival;
  await writeFile(job.output, pdf);
  return ok({
    pages: pages.value,
    substitutedFonts,
    ...(notArchival.value.length > 0 ? { notArchival: notArchival.value } : {}),
  });
};
