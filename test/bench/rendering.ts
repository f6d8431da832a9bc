import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReleasePlan, recognisedPages, textLayer } from '@gongkai/core';
import { inspectPdf, recognise } from '@gongkai/inspect';
import { unreadPages, withRecognised } from '@gongkai/inspect/recognised';
import { findWords } from '../../packages/inspect/src/pdf/find-words.ts';
import { pictured, pngOf, scanned } from '../ocr/scan.ts';
import type { ConvertAnswer, ConvertAsked } from './convert-apart.ts';
import { writeLongDocument } from './long-document.ts';
import { apart } from './program.ts';
import type { RenderAnswer, RenderJob } from './render-apart.ts';
import { stamping, stampPlan } from './stamping.ts';
import { median } from './stopwatch.ts';
import type { Table } from './table.ts';
import { wordDocument } from './word-document.ts';

const seed = new URL('../../packages/local/documents/seed/', import.meta.url);

const pages = 10;

const render = (input: string, output: string, plan: ReleasePlan): Promise<RenderAnswer> =>
  apart<RenderAnswer>(new URL('./render-apart.ts', import.meta.url), {
    input,
    output,
    plan,
  } satisfies RenderJob);

/** A scan of ten pages and what was read on them: the same page ten times would be one picture. */
const scan = async (path: string): Promise<ReleasePlan['textLayer']> => {
  const [name = ''] = readdirSync(seed).sort();
  const lines = readFileSync(new URL(name, seed), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  writeFileSync(path, pictured(await scanned(lines.map((line) => line.slice(0, 400)).slice(0, 12))));
  const seen = await inspectPdf({ path });
  if (!seen.ok) throw new Error(seen.error.code);
  const read = withRecognised(seen.value, await recognise({ path, pages: unreadPages(seen.value) }));
  if (recognisedPages(read.pages).length === 0) throw new Error('nothing was read');
  return textLayer(read.pages, []);
};

/** What each thing that a plan may ask for costs, on the same ten pages of text; and the text layer, on a scan. */
const parts = async (folder: string): Promise<Table> => {
  const input = join(folder, 'ten.pdf');
  const output = join(folder, 'release.pdf');
  writeLongDocument(input, pages);
  const { stamp: _, ...bare } = stampPlan;
  const found = await findWords(input, '政务');
  if (!found.ok) throw new Error(found.error.code);
  const first = new Map(found.value.map(({ boxes }) => [boxes[0]?.page, boxes]));
  const redactions = [...first.values()].map((boxes, n) => ({
    id: `r${n}`,
    file: 0,
    boxes: [...boxes],
    ground: 'privacy',
    label: '个人隐私',
  }));
  const circle = { x: 380, y: 620, diameter: 119 };
  const seal: NonNullable<ReleasePlan['seal']> = {
    name: '示例县人民政府办公室',
    emblem: 'star',
    impressions: [{ ...circle, shown: { page: pages, x: 380, y: 620, width: 119, height: 119 } }],
  };
  const scanned = join(folder, 'scan.pdf');
  const layer = await scan(scanned);
  const plans: readonly (readonly [string, string, ReleasePlan, number])[] = [
    ['nothing: cleaned, PDF/A, checked', input, bare, pages],
    ['+ stamp', input, stampPlan, pages],
    ['+ stamp, watermark', input, { ...stampPlan, watermark: '征求意见稿' }, pages],
    ['+ stamp, one seal', input, { ...stampPlan, seal }, pages],
    ['+ stamp, a box a page', input, { ...stampPlan, redactions }, pages],
    ['a scan, + stamp', scanned, stampPlan, 1],
    ['a scan, + stamp, text layer', scanned, { ...stampPlan, ...(layer ? { textLayer: layer } : {}) }, 1],
  ];
  const rows = [];
  for (const [what, from, plan, count] of plans) {
    const done = await render(from, output, plan);
    rows.push({
      release: what,
      pages: count,
      'ms/page': median(done.times) / count,
      'processor ms/page': median(done.processorMs) / count,
      'input kB': Math.round(statSync(from).size / 1_000),
      'output kB': Math.round(done.bytes / 1_000),
    });
  }
  return { title: 'What a page of a release costs', rows, notes: ['warm, each in a process of its own'] };
};

const conversions = async (folder: string): Promise<Table> => {
  const text = readFileSync(new URL(readdirSync(seed).sort()[0] ?? '', seed), 'utf8');
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const originals: readonly (readonly [string, ConvertAsked['type'], Uint8Array])[] = [
    ['a text', 'txt', Buffer.from(text.repeat(20))],
    ['a scan, A4 at 200 dpi, colour', 'png', pngOf(await scanned(lines.slice(0, 12)))],
    ['Word', 'docx', wordDocument(10)],
    ['Word', 'docx', wordDocument(100)],
  ];
  const rows = [];
  for (const [what, type, bytes] of originals) {
    const input = join(folder, `original.${type}`);
    writeFileSync(input, bytes);
    const asked: ConvertAsked = { input, type, name: `测速.${type}`, output: join(folder, 'converted.pdf') };
    const done = await apart<ConvertAnswer>(new URL('./convert-apart.ts', import.meta.url), asked);
    rows.push({
      original: what,
      pages: done.pages,
      'cold ms': done.coldMs,
      'warm ms/page': median(done.times) / done.pages,
      'input kB': Math.round(bytes.length / 1_000),
      'output kB': Math.round(done.bytes / 1_000),
    });
  }
  return { title: 'Conversion', rows, notes: ['LibreOffice for Word; its memory stands in `-- convert`'] };
};

/** 出件: the stamp against other programs, what else a release may carry, conversion. */
export const rendering = async (folder: string): Promise<Table[]> => {
  const failed =
    (title: string) =>
    (cause: unknown): Table => ({
      title,
      rows: [],
      notes: [`FAILED: ${cause instanceof Error ? cause.message : cause}`],
    });
  return [
    ...(await stamping(folder).catch((cause) => [failed('Stamp and save')(cause)])),
    await parts(folder).catch(failed('What a page of a release costs')),
    await conversions(folder).catch(failed('Conversion')),
  ];
};
