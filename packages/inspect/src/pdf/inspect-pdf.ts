import {
  type Box,
  err,
  type Finding,
  type Inspection,
  ok,
  type PageText,
  type Refusal,
  type Result,
  refusal,
  type SignOff,
} from '@gongkai/core';
import { distinct, inspector, makeFinding } from '../finding.ts';
import { letters } from '../text/letters.ts';
import { innerPage, normalise } from '../text/normalised-text.ts';
import { currentWords } from '../text/office-words.ts';
import { searchText } from '../text/search-text.ts';
import { alternativeTexts } from './alternative-text.ts';
import { bookmarkFindings } from './bookmarks.ts';
import { dumpDocument } from './document-dump.ts';
import { documentFindings } from './document-findings.ts';
import { discardEngine, engine, type PdfDocument, withDocument } from './engine.ts';
import { fieldValues } from './field-values.ts';
import { inspectPage } from './inspect-page.ts';
import { leftovers } from './leftovers.ts';
import { earlierRevisions, findEnds } from './revisions.ts';

const XFA_FULL = 2;
const XFA_FOREGROUND = 3;
/** Emscripten's heap ends at 2 GB and never shrinks; 100 MB were the most in the corpus. */
const mostMemory = 1.25 * 1024 * 1024 * 1024;
const defaultMaxPages = 10_000;
/** Faces are a hint: a book of scans is not held up for them. */
const pagesForFaces = 200;

const wholePages = (pages: readonly PageText[], numbers: readonly number[]): Box[] =>
  numbers.map((page) => {
    const size = pages.find((text) => text.page === page);
    return { page, x: 0, y: 0, width: size?.width ?? 0, height: size?.height ?? 0 };
  });

const pagesOf = (boxes: readonly Box[]): number[] => [...new Set(boxes.map(({ page }) => page))];

/** One finding for all pages of the kind: a scan of 100 pages needs one answer, not 100. */
const aboutPages = (
  rule: 'not-searched' | 'picture-not-searched' | 'outlines-not-searched' | 'ocr-layer',
  pages: readonly PageText[],
  numbers: readonly number[],
  boxes: readonly Box[] = wholePages(pages, numbers),
): Finding[] => {
  if (numbers.length === 0) return [];
  const list =
    numbers.length <= 40 ? numbers.join(', ') : `${numbers.slice(0, 40).join(', ')} … (${numbers.length})`;
  const common = { text: list, rule, part: `pages ${list}`, boxes };
  if (rule === 'picture-not-searched')
    return [
      makeFinding({
        ...common,
        // The same words for the release, though a picture was covered there: the gate compares them.
        text: '图片 / pictures',
        kind: 'not-searched',
        severity: 'medium',
        sure: 0.6,
        why: {
          zh: '这些页上有较大的图片，图片里的文字机器没有检查过，须由人看一眼。',
          en: 'Large pictures stand on these pages; no machine read what is written in them, a person must look.',
        },
      }),
    ];
  if (rule === 'outlines-not-searched')
    return [
      makeFinding({
        ...common,
        text: '轮廓字 / outlines',
        kind: 'not-searched',
        severity: 'medium',
        sure: 0.6,
        why: {
          zh: '这些页上有像是画成轮廓的字（艺术字、水印、转曲），机器没有检查过，须由人看一眼。',
          en: 'Letters seem to be drawn as outlines on these pages (WordArt, a watermark, curves); no machine read them, a person must look.',
        },
      }),
    ];
  return rule === 'not-searched'
    ? [
        makeFinding({
          ...common,
          kind: 'not-searched',
          severity: 'high',
          sure: 1,
          why: {
            zh: '这些页没有可读的文字（扫描件或图片），机器没有检查过，须由人逐页查看。',
            en: 'These pages have no readable text (a scan or a picture): no machine searched them, a person must look.',
          },
        }),
      ]
    : [
        makeFinding({
          ...common,
          kind: 'hidden-text',
          severity: 'low',
          sure: 0.8,
          why: {
            zh: '扫描页带有识别出的文字层；文字层可能与图像不一致，遮盖时两者都要去掉。',
            en: 'A scan with a layer of recognised text; the layer may differ from the picture, and a redaction must remove both.',
          },
        }),
      ];
};

/** Strings of bookmarks, alternative texts, field names…: only what was not found in plain sight already. */
const inStrings = (strings: readonly string[], found: readonly Finding[]): Finding[] => {
  const known = new Set(found.map(({ text }) => text));
  return searchText(normalise(strings.join('\n'), innerPage), 'document strings').filter(
    ({ severity, text }) => severity !== 'low' && !known.has(text),
  );
};

const inspectDocument = (
  document: PdfDocument,
  fileSize: number,
  maxPages: number,
): Result<{ pages: PageText[]; findings: Finding[]; signOffs: SignOff[] }, Refusal> => {
  const { api } = document.engine;
  const count = api.FPDF_GetPageCount(document.handle);
  if (count <= 0) return err(refusal('no-pages'));
  if (count > maxPages) return err(refusal('too-many-pages', { pages: count, limit: maxPages }));
  const form = api.FPDF_GetFormType(document.handle);
  if (form === XFA_FULL || form === XFA_FOREGROUND) return err(refusal('xfa-form'));
  const dump = dumpDocument(document, fileSize);
  const pages: PageText[] = [];
  const findings: Finding[] = [];
  const notSearched: number[] = [];
  const pictures: Box[] = [];
  const outlines: Box[] = [];
  const ocrLayers: number[] = [];
  let pictured = 0;
  const signOffs: SignOff[] = [];
  for (let number = 1; number <= count; number++) {
    const page = inspectPage(document, number, dump?.layers ?? true, pictured < pagesForFaces);
    if (page === undefined) return err(refusal('inspection-failed', { detail: `page ${number}` }));
    pages.push(page.text);
    findings.push(...page.findings);
    if (page.notSearched) notSearched.push(number);
    pictures.push(...page.pictures);
    outlines.push(...page.outlines);
    if (page.ocrLayer) ocrLayers.push(number);
    if (page.pictured) pictured += 1;
    signOffs.push(...page.signOffs);
  }
  findings.push(
    ...aboutPages('not-searched', pages, notSearched),
    ...aboutPages('picture-not-searched', pages, pagesOf(pictures), pictures),
    ...aboutPages('outlines-not-searched', pages, pagesOf(outlines), outlines),
    ...aboutPages('ocr-layer', pages, ocrLayers),
  );
  findings.push(...documentFindings(document, dump));
  const said = letters(pages.map(({ text }) => text).join(''));
  findings.push(...bookmarkFindings(document, said));
  if (dump !== undefined)
    findings.push(
      ...alternativeTexts(dump, said),
      ...fieldValues(dump, findings),
      ...leftovers(dump),
      ...dump.photographs,
    );
  findings.push(...inStrings(dump?.strings ?? [], findings));
  return ok({ pages, findings, signOffs });
};

/**
 * Everything in a PDF that must not be published unseen: personal data and marks with their boxes, hidden and
 * covered text, annotations, attachments, scripts, metadata, earlier revisions. Boxes are in points as
 * displayed, origin top left. The Gate runs this on the release as well.
 *
 * A mark of state secrecy is a finding of severity `stop`, not a refusal: the caller refuses and destroys.
 * @returns a refusal for what cannot be inspected: `encrypted`, `damaged`, `no-pages`, `too-many-pages`,
 * `xfa-form`, `out-of-memory`, `inspection-failed`. Throws only when the file cannot be read at all.
 */
export const inspectPdf = async ({
  path,
  maxPages = defaultMaxPages,
}: {
  readonly path: string;
  readonly maxPages?: number;
}): Promise<Result<Inspection, Refusal>> => {
  const ends = await findEnds(path);
  if (ends.size === 0) return err(refusal('empty-file'));
  const running = await engine();
  try {
    const opened = withDocument(running, path, ends.size, (document) =>
      inspectDocument(document, ends.size, maxPages),
    );
    // pdfium goes on with what it has when memory runs out; what it then did not see must not count as clean.
    if (running.runtime.HEAPU8.length > mostMemory) {
      discardEngine();
      return err(refusal('out-of-memory'));
    }
    if (!opened.ok)
      return err(opened.error === 'password' ? refusal('encrypted') : refusal('damaged', { detail: 'PDF' }));
    if (!opened.value.ok) return opened.value;
    const { pages, findings, signOffs } = opened.value.value;
    findings.push(
      ...earlierRevisions(
        running,
        path,
        ends,
        pages.map(({ text }) => text),
      ),
    );
    const { version: dictionary } = currentWords();
    return ok({
      pages,
      findings: distinct(findings),
      ...(signOffs.length > 0 ? { signOffs } : {}),
      inspector,
      dictionary,
    });
  } catch (error) {
    // An abort inside WebAssembly leaves the instance unusable; the file is at fault, the next one is not.
    if (!(error instanceof Error) || error.name !== 'RuntimeError') throw error;
    discardEngine();
    return err(refusal('inspection-failed', { detail: error.message.slice(0, 120) }));
  }
};
