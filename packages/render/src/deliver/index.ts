import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { PDFDocument } from 'pdf-lib';
import { ofdToPdf } from '../convert/ofd/index.ts';
import { loading } from '../in-one-go.ts';
import { withPdf } from '../pdfium/index.ts';
import { type Look, lookOf, sameLook } from './compare.ts';
import { Package, type Said } from './package.ts';
import { PageWriter } from './page-writer.ts';
import { picturePage } from './picture-page.ts';
import { withOperators } from './second-reader.ts';
import { Unsaid } from './unsaid.ts';

export type Delivered = {
  readonly pages: number;
  readonly bytes: number;
  /** Pages that went as pictures, with their text under them (from 1). */
  readonly pictures: readonly number[];
};

const perPoint = 25.4 / 72;

const saidIn = async (pdf: Uint8Array): Promise<Said> => {
  const document = await PDFDocument.load(pdf, loading);
  const day = document.getCreationDate()?.toISOString().slice(0, 10);
  return {
    title: document.getTitle(),
    author: document.getAuthor(),
    subject: document.getSubject(),
    keywords: document
      .getKeywords()
      ?.split(/[,;；，]\s*/)
      .filter((it) => it !== ''),
    day,
  };
};

type Written = { readonly ofd: Uint8Array; readonly pictures: readonly number[] };

/** Page by page in OFD's own terms; those of `asPictures`, and those that it has no terms for here, as pictures. */
const write = async (
  pdf: Uint8Array,
  said: Said,
  pages: number,
  asPictures: ReadonlySet<number>,
): Promise<Result<Written, Refusal>> => {
  const into = new Package();
  const pictures: number[] = [];
  const outcome = await withOperators(pdf, async (open, names) => {
    for (let number = 1; number <= pages; number += 1) {
      let objects: string | undefined;
      if (!asPictures.has(number)) {
        const page = await open(number);
        try {
          objects = await new PageWriter(page, into).write(names);
          const { width, height } = page.getViewport({ scale: perPoint });
          into.page({ width, height, objects });
        } catch (error) {
          if (!(error instanceof Unsaid)) throw error;
          objects = undefined;
        } finally {
          page.cleanup();
        }
      }
      if (objects !== undefined) continue;
      pictures.push(number);
      const drawn = await withPdf(pdf, (it) =>
        it.withPage(number, (page) => into.page(picturePage(page, into))),
      );
      if (!drawn.ok) return drawn;
    }
    return ok(undefined);
  });
  if (!outcome.ok) return outcome;
  // Of the release's own bytes: the same release is the same OFD.
  const id = createHash('sha256').update(pdf).digest('hex').slice(0, 32);
  return ok({ ofd: into.bytes(said, id), pictures });
};

const pagesOf = (pdf: Uint8Array): Promise<Result<number, Refusal>> => withPdf(pdf, (it) => it.pages);
const looks = (pdf: Uint8Array, numbers: readonly number[]): Promise<Result<(Look | undefined)[], Refusal>> =>
  withPdf(pdf, (it) => numbers.map((number) => it.withPage(number, lookOf)));

const failed = (detail: string, detailZh: string): Result<never, Refusal> =>
  err(refusal('ofd-failed', { detail, detailZh }));

/** More than a reader here takes of one package. */
const mostBytes = 180 * 1024 * 1024;

/** So many pages are held as drawings at once, 16 MB each. */
const atOnce = 8;

/** Pages that come back otherwise than they went in. */
const differing = async (
  release: Uint8Array,
  pages: number,
  ofd: Uint8Array,
): Promise<Result<readonly number[], Refusal>> => {
  const read = await ofdToPdf(ofd, pages);
  if (!read.ok) {
    // A font or a picture that the reader does not take: that page goes as a picture.
    const page = read.error.details?.page;
    return typeof page === 'number' ? ok([page]) : failed(read.error.code, `程序的原话：${read.error.code}`);
  }
  const wrong: number[] = [];
  for (let from = 1; from <= pages; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, pages - from + 1) }, (_, i) => from + i);
    const before = await looks(release, numbers);
    if (!before.ok) return before;
    const after = await looks(read.value.pdf, numbers);
    if (!after.ok) return after;
    for (const [i, number] of numbers.entries()) {
      const [one, other] = [before.value[i], after.value[i]];
      if (one === undefined || other === undefined || !sameLook(one, other)) wrong.push(number);
    }
  }
  return ok(wrong);
};

/** One page after the other may turn out to be unreadable; the comparison finds all others at once. */
const attempts = 4;

/**
 * 版式文件 as OFD (GB/T 33190) of a finished release PDF: its letters as letters of the fonts that it carries, its lines and
 * pictures as such; what comes back otherwise when it is read again goes as a picture of the page with its text under it.
 * Same release, same bytes. Refuses `ofd-failed` with the page where even that is not the same.
 */
export const pdfToOfd = async (
  pdf: Uint8Array,
): Promise<Result<{ readonly ofd: Uint8Array } & Delivered, Refusal>> => {
  const counted = await pagesOf(pdf);
  if (!counted.ok) return counted;
  const pages = counted.value;
  const said = await saidIn(pdf);
  let asPictures: ReadonlySet<number> = new Set();
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const written = await write(pdf, said, pages, asPictures);
    if (!written.ok) return written;
    const { ofd, pictures } = written.value;
    if (ofd.length > mostBytes) return failed('> 180 MB', '超过 180 MB');
    const wrong = await differing(pdf, pages, ofd);
    if (!wrong.ok) return wrong;
    if (wrong.value.length === 0) return ok({ ofd, pictures, pages, bytes: ofd.length });
    const [hopeless] = wrong.value.filter((page) => pictures.includes(page));
    if (hopeless !== undefined || attempt === attempts) {
      const page = hopeless ?? wrong.value[0];
      return failed(`p. ${page} looks otherwise`, `第 ${page} 页外观不同`);
    }
    asPictures = new Set([...pictures, ...wrong.value]);
  }
  throw new Error('unreachable');
};

/** Reads the release at `input`, writes its OFD to `output`; the file is only there when everything held. Refuses as `pdfToOfd`. */
export const deliverOfd = async (job: {
  readonly input: string;
  readonly output: string;
}): Promise<Result<Delivered, Refusal>> => {
  const made = await pdfToOfd(await readFile(job.input));
  if (!made.ok) return made;
  const { ofd, ...told } = made.value;
  await writeFile(job.output, ofd);
  return ok(told);
};
