import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import type { NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { compiler, workspace } from './compiler.ts';
import { readAloud } from './read-aloud.ts';

export { compileTypst, outlinedPage, type TypstJob };

type TypstJob = {
  /** Typst markup. Text from outside belongs in `inputs` or `files`, never spliced in here. */
  readonly source: string;
  /** Read in the markup as `sys.inputs.name`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Path as the markup names it (`/data.json`) to content. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly createdAt: Date;
  /**
   * The PDF standard to hold to. PDF/A-2b unless told otherwise, because the standards are what makes Typst
   * refuse a missing glyph instead of drawing an empty box. `ua-1` asks for a title, a language and alternative texts.
   */
  readonly standard?: 'a-2b' | 'a-2u' | 'a-2a' | 'ua-1';
  /** Tags for screen readers; a layer that is laid over another document does without. */
  readonly tagged?: boolean;
};

/**
 * Typst's own wording: ``the text `"😀"` could not be displayed with font `"Noto Serif SC"` ``, and of a character of
 * somebody's own making (造字, private use area) ``the PDF contains the codepoint `"\\u{e801}"` ``.
 */
const missingGlyph = /the (?:text|PDF contains the codepoint) `\\*"(.+?)\\*"`/u;

/** Typst escapes what cannot be printed: `\u{e000}`. */
const unescaped = (text: string): string =>
  text.replace(/\\+u\{([0-9a-f]+)\}/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));

/**
 * Markup under a name that no other markup ever has. Under one name the compiler makes the new text from the old one by its
 * bytes, and keeps a Hanzi whose last byte is that of the old one: 王 stayed 洋 (2 to 4 of 100 documents, measured).
 */
const mainFile = (source: string): { readonly mainFilePath: string } => {
  const name = createHash('sha256').update(source).digest('hex').slice(0, 32);
  const mainFilePath = posix.join(workspace, `${name}.typ`);
  compiler().mapShadow(mainFilePath, Buffer.from(source));
  return { mainFilePath };
};

/** Sets the document again with a marker at every such character and asks for the page of the first. */
const pageOf = (character: string, job: TypstJob): number | undefined => {
  const marked = `#show ${JSON.stringify(character)}: it => context [#metadata(here().page()) <missing>#it]\n${job.source}`;
  try {
    const found: unknown = compiler().query(
      { ...mainFile(marked), inputs: { ...job.inputs } },
      { selector: '<missing>', field: 'value' },
    );
    return Array.isArray(found) && typeof found[0] === 'number' ? found[0] : undefined;
  } catch {
    return undefined; // the marker upset the layout; the character alone still tells what to do
  }
};

const describe = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Whether Typst finds nothing against PDF/UA-1: headings, alternative texts, title, language. */
const isUniversal = (document: NodeTypstDocument, creationTimestamp: number): boolean => {
  try {
    compiler().pdf(document, { pdfStandard: 'ua-1', pdfTags: true, creationTimestamp });
    return true;
  } catch {
    return false;
  }
};

const compile = (job: TypstJob): Result<Uint8Array, Refusal> => {
  const typst = compiler();
  const set = typst.compile({ ...mainFile(job.source), inputs: { ...job.inputs } });
  const document = set.result;
  if (set.hasError() || document === null) {
    const error = set.takeDiagnostics();
    const said =
      error === null ? [] : (typst.fetchDiagnostics(error) as { message: string; severity: number }[]);
    const detail = said.filter((one) => one.severity === 1).map((one) => one.message);
    return err(refusal('conversion-failed', { detail: `typst: ${detail.join('; ')}` }));
  }
  try {
    const creationTimestamp = Math.floor(job.createdAt.getTime() / 1000);
    const pdfStandard = job.standard ?? 'a-2b';
    const pdf = typst.pdf(document, { pdfStandard, pdfTags: job.tagged ?? true, creationTimestamp });
    return ok(pdfStandard === 'a-2a' ? readAloud(pdf, isUniversal(document, creationTimestamp)) : pdf);
  } catch (thrown) {
    const character = missingGlyph.exec(describe(thrown))?.[1];
    if (character === undefined) return err(refusal('conversion-failed', { detail: describe(thrown) }));
    const shown = unescaped(character);
    const page = pageOf(shown, job);
    const code = `U+${(shown.codePointAt(0) ?? 0).toString(16).toUpperCase()}`;
    return err(refusal('glyph-missing', { character: shown, code, ...(page === undefined ? {} : { page }) }));
  }
};

/** The files as the markup sees them, for the time of one job. */
const withFiles = <T>(files: TypstJob['files'], use: () => T): T => {
  const typst = compiler();
  for (const [path, bytes] of Object.entries(files ?? {}))
    typst.mapShadow(posix.join(workspace, path), Buffer.from(bytes));
  try {
    return use();
  } finally {
    typst.resetShadow();
    typst.evictCache(10);
  }
};

/**
 * Sets a document and returns the bytes of the PDF, the same bytes for the same job. Only the product's own fonts
 * are used. Refuses `glyph-missing` (page, character) and `conversion-failed` (detail: what Typst said).
 * Blocks until done: about 2 ms a page.
 */
const compileTypst = (job: TypstJob): Result<Uint8Array, Refusal> => withFiles(job.files, () => compile(job));

/** The first page as SVG, its letters as outlines. A missing glyph is an empty box in it. */
const pictureOf = (job: Pick<TypstJob, 'source' | 'files'>): Result<string, Refusal> =>
  withFiles(job.files, () => {
    try {
      return ok(compiler().plainSvg({ mainFileContent: job.source }));
    } catch (thrown) {
      return err(refusal('conversion-failed', { detail: describe(thrown) }));
    }
  });

/**
 * A page of drawing alone: its letters become outlines, so that the text of the page that it is laid over, as it is copied,
 * searched and read aloud, stays the text that was approved. Sides in points. Refuses as `compileTypst`.
 */
const outlinedPage = (
  job: Pick<TypstJob, 'source' | 'files' | 'createdAt'>,
  side: number,
): Result<Uint8Array, Refusal> => {
  // Setting it as PDF is what tells of a missing glyph.
  const complete = compileTypst({ ...job, tagged: false });
  if (!complete.ok) return complete;
  const picture = pictureOf(job);
  if (!picture.ok) return picture;
  return compileTypst({
    source: `#set page(width: ${side}pt, height: ${side}pt, margin: 0pt, fill: none)\n#image("/drawn.svg", width: 100%)`,
    files: { '/drawn.svg': Buffer.from(picture.value) },
    createdAt: job.createdAt,
    tagged: false,
  });
};
