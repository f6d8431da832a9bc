import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import {
  type ArchivalLevel,
  type ArchivalObstacle,
  endedWordings,
  err,
  ok,
  type Refusal,
  type ReleasePlan,
  type Result,
  refusal,
} from '@gongkai/core';
import { PDFDocument, type PDFPageLeaf, PDFPageTree } from 'pdf-lib';
import { makeArchival } from '../archival/index.ts';
import { loading, saving } from '../in-one-go.ts';
import { withPdf } from '../pdfium/index.ts';
import { boxesByPage, forget, forgetLetters, type Redacted, redact } from '../redact/index.ts';
import { laySeals } from '../seal/index.ts';
import { layWatermark, stamp } from '../stamp/index.ts';
import { layText } from '../text-layer/index.ts';
import { written } from '../writer/index.ts';
import { keepAllowed } from './allowed.ts';
import { check } from './check.ts';
import { dropLayers, pagesWithHiddenLayers } from './hidden-layer.ts';
import { describe } from './metadata.ts';
import { collectGarbage, compress, dropTags, strip } from './strip.ts';
import { watermark } from './watermark.ts';

export { type ReleasePlan, releasePlan } from '@gongkai/core';

export type Release = {
  readonly pages: number;
  readonly sha256: string;
  readonly bytes: number;
  /** What keeps it from being PDF/A-2b; empty when it is. */
  readonly notArchival: readonly ArchivalObstacle[];
  readonly archivalLevel?: ArchivalLevel | undefined;
};

/** pdf-lib would otherwise draw form fields and write a date. */
const whole = { ...saving, updateFieldAppearances: false, addDefaultPage: false } as const;

/** What a page inherits is looked for upwards: what stands above it must be trees of pages, and end. */
const standsInTree = (page: PDFPageLeaf): boolean => {
  const above = new Set<unknown>();
  for (let node: unknown = page.Parent(); node !== undefined; ) {
    if (!(node instanceof PDFPageTree) || above.has(node)) return false;
    above.add(node);
    node = node.Parent();
  }
  return true;
};

const parse = async (bytes: Uint8Array): Promise<Result<PDFDocument, Refusal>> => {
  try {
    const document = await PDFDocument.load(bytes, loading);
    const pages = document.getPages(); // throws where the tree of pages is none
    const astray = pages.findIndex(({ node }) => !standsInTree(node));
    return astray < 0 ? ok(document) : err(refusal('damaged', { detail: `/Parent of page ${astray + 1}` }));
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    return err(refusal('damaged', { detail }));
  }
};

/** A box on a page that is not there covers nothing: the plan was made for another document. */
const misplaced = (plan: ReleasePlan, pages: number): Refusal | undefined => {
  const box = plan.redactions.flatMap(({ boxes }) => boxes).find(({ page }) => page > pages);
  return box === undefined ? undefined : refusal('redaction-failed', { page: box.page });
};

const cover = async (
  document: PDFDocument,
  plan: ReleasePlan,
  exact: boolean,
): Promise<Result<Redacted & { bytes: Uint8Array }, Refusal>> => {
  const fromPixels = pagesWithHiddenLayers(document);
  if (!exact) for (const page of boxesByPage(plan.redactions).keys()) fromPixels.add(page);
  const asItIs = plan.redactions.length === 0 && fromPixels.size === 0;
  if (!asItIs) dropTags(document);
  const bytes = await document.save({ ...whole, useObjectStreams: false });
  if (asItIs) return ok({ document, pages: [], bytes });
  const redacted = await redact(
    bytes,
    plan.redactions,
    new Date(plan.createdAt),
    fromPixels,
    plan.groundsShown,
  );
  if (!redacted.ok) return redacted;
  forget(
    redacted.value.document,
    redacted.value.pages.flatMap(({ secrets }) => secrets),
  );
  return ok({ ...redacted.value, bytes });
};

/** What tells that it ended is red. */
const ended: ReadonlySet<string> = new Set(endedWordings);

/** 水印 and 图形印章. A copy of a release may have a watermark already: its own stands lower. */
const layMarks = async (
  document: PDFDocument,
  bytes: Uint8Array,
  { watermark: words, seal, createdAt, copy }: ReleasePlan,
): Promise<Result<undefined, Refusal>> => {
  const at = new Date(createdAt);
  if (words !== undefined) {
    const ink = ended.has(words) ? 'red' : 'grey';
    const marked = await layWatermark(document, bytes, { words, ink, lower: copy ? 0.3 : 0 }, at);
    if (!marked.ok) return marked;
  }
  return seal === undefined ? ok(undefined) : laySeals(document, bytes, seal, at);
};

type Made = {
  readonly pages: number;
  readonly pdf: Uint8Array;
  readonly notArchival: readonly ArchivalObstacle[];
  readonly archivalLevel: ArchivalLevel | undefined;
};

/** `exact`: takes glyphs out where that is enough; otherwise every page with a box is made anew from pixels. */
const make = async (
  original: Uint8Array,
  sound: { readonly pages: number; readonly bytes: Uint8Array },
  plan: ReleasePlan,
  exact: boolean,
): Promise<Result<Made, Refusal>> => {
  const parsed = await parse(sound.bytes);
  if (!parsed.ok) return parsed;
  strip(parsed.value);
  const redacted = await cover(parsed.value, plan, exact);
  if (!redacted.ok) return redacted;
  const { document, bytes } = redacted.value;
  if (plan.textLayer !== undefined) {
    const laid = await layText(document, bytes, plan.textLayer);
    if (!laid.ok) return laid;
  }
  const laid = await layMarks(document, bytes, plan);
  if (!laid.ok) return laid;
  if (plan.stamp !== undefined) {
    const stamped = await stamp(document, bytes, plan.stamp, new Date(plan.createdAt));
    if (!stamped.ok) return stamped;
  }
  dropLayers(document);
  keepAllowed(document);
  if (redacted.value.pages.length > 0) forgetLetters(document);
  collectGarbage(document);
  const { notArchival, level } = makeArchival(document);
  // What is laid over a preview comes later and was not looked at.
  const archivalLevel = plan.preview && level === 'A' ? 'B' : level;
  describe(document, plan, original, archivalLevel);
  collectGarbage(document);
  compress(document);
  const pdf = await written(document);
  const checked = await check(pdf, sound.pages, redacted.value.pages);
  if (!checked.ok) return checked;
  const shown = plan.preview ? await watermark(pdf, new Date(plan.createdAt)) : ok(pdf);
  return shown.ok ? ok({ pages: sound.pages, pdf: shown.value, notArchival, archivalLevel }) : shown;
};

/** What of these pages would keep their release from being PDF/A-2b. Refuses what no release can be made of, as `release`. */
export const foreseeObstacles = async (
  pdf: Uint8Array,
): Promise<Result<readonly ArchivalObstacle[], Refusal>> => {
  const sound = await withPdf(pdf, (it) => it.save());
  const parsed = sound.ok ? await parse(sound.value) : sound;
  if (!parsed.ok) return parsed;
  strip(parsed.value);
  dropLayers(parsed.value);
  keepAllowed(parsed.value);
  collectGarbage(parsed.value);
  return ok(makeArchival(parsed.value).notArchival);
};

/**
 * Makes the bytes of a release from an original PDF. Same input and plan, same bytes.
 * Refuses `redaction-failed` (page), `conversion-failed`, `glyph-missing`, `damaged`, `encrypted`, `no-pages`.
 */
export const release = async (original: Uint8Array, plan: ReleasePlan): Promise<Result<Made, Refusal>> => {
  // First written anew by pdfium: what was reviewed is what pdfium shows, and pdf-lib, which reads a file from front
  // to back without its xref, must not be led to other objects. It also mends and decrypts.
  const sound = await withPdf(original, (pdf) => ({ pages: pdf.pages, bytes: pdf.save() }));
  if (!sound.ok) return sound;
  const wrong = misplaced(plan, sound.value.pages);
  if (wrong !== undefined) return err(wrong);
  const made = await make(original, sound.value, plan, true);
  if (made.ok || made.error.code !== 'redaction-failed') return made;
  return make(original, sound.value, plan, false);
};

/** Reads `input`, writes the release to `output`; the file is only there when everything held. Refuses as `release`. */
export const renderRelease = async (job: {
  readonly input: string;
  readonly output: string;
  readonly plan: ReleasePlan;
}): Promise<Result<Release, Refusal>> => {
  const made = await release(await readFile(job.input), job.plan);
  if (!made.ok) return made;
  const { pages, pdf, notArchival, archivalLevel } = made.value;
  await writeFile(job.output, pdf);
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  return ok({ pages, sha256, bytes: pdf.length, notArchival, archivalLevel });
};
