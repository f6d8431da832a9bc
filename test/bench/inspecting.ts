import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { InspectAnswer } from './inspect-apart.ts';
import { writeLongDocument } from './long-document.ts';
import { apart, hasProgram, runProgram } from './program.ts';
import { median } from './stopwatch.ts';
import type { Table } from './table.ts';

const pages = 100;

const hasPdfJs = (): boolean => {
  try {
    createRequire(new URL('../../packages/console/package.json', import.meta.url)).resolve(
      'pdfjs-dist/legacy/build/pdf.mjs',
    );
    return true;
  } catch {
    return false;
  }
};

/** Our inspection against programs that only take the text out. */
export const inspecting = async (folder: string): Promise<Table[]> => {
  const path = join(folder, 'inspected.pdf');
  writeLongDocument(path, pages);
  const notes: string[] = [];
  const ours = await apart<InspectAnswer>(new URL('./inspect-apart.ts', import.meta.url), { path });
  const ms = median(ours.times);
  const row = (what: string, time: number, peakMb: number | undefined, characters?: number) => ({
    what,
    ms: time,
    'pages/s': (pages / time) * 1_000,
    'peak MB': peakMb === undefined ? undefined : Math.round(peakMb),
    characters,
    'gongkai ÷ it': ms / time,
  });
  const rows = [
    row('gongkai inspectPdf: text, boxes, detectors, hidden things', ms, ours.peakMb, ours.characters),
  ];
  if (hasProgram('pdftotext'))
    for (const [what, ...options] of [['pdftotext'], ['pdftotext -bbox (text with boxes)', '-bbox']]) {
      const runs: Awaited<ReturnType<typeof runProgram>>[] = [];
      for (let n = 0; n < 5; n += 1)
        runs.push(await runProgram('pdftotext', [...options, path, join(folder, 'text')]));
      const peaks = runs.flatMap(({ peakMb }) => (peakMb === undefined ? [] : [peakMb]));
      rows.push(
        row(what ?? '', median(runs.map((run) => run.ms)), peaks.length > 0 ? Math.max(...peaks) : undefined),
      );
    }
  else notes.push('NOT MEASURED: there is no pdftotext on this machine.');
  if (hasPdfJs()) {
    const theirs = await apart<InspectAnswer>(new URL('./pdfjs-apart.ts', import.meta.url), { path });
    rows.push(row('pdf.js getTextContent', median(theirs.times), theirs.peakMb, theirs.characters));
  } else notes.push('NOT MEASURED: pdfjs-dist is not installed here.');
  return [{ title: `Inspecting a PDF of ${pages} pages`, rows, notes }, await byLength(folder)];
};

/** Issue 4: one page in under 300 ms warm, and memory that does not grow with the pages. */
const byLength = async (folder: string): Promise<Table> => {
  const rows: Table['rows'][number][] = [];
  for (const length of [1, 10, 100, 2_000]) {
    const path = join(folder, `${length}.pdf`);
    writeLongDocument(path, length);
    const { times, peakMb, heldMb } = await apart<InspectAnswer>(
      new URL('./inspect-apart.ts', import.meta.url),
      { path },
    );
    const ms = median(times);
    rows.push({
      pages: length,
      'ms, warm': ms,
      'pages/s': (length / ms) * 1_000,
      'held after, MB': heldMb,
      'peak MB': Math.round(peakMb),
    });
  }
  return {
    title: 'Inspecting by length',
    rows,
    notes: [
      'in a process of its own each; the pages’ texts and findings are held until the end, for they are the answer',
    ],
  };
};
