import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleasePlan } from '@gongkai/core';
import { writeEmptyDocument, writeLongDocument } from './long-document.ts';
import { apart, hasProgram, runProgram } from './program.ts';
import type { RenderAnswer, RenderJob } from './render-apart.ts';
import { median } from './stopwatch.ts';
import type { Table } from './table.ts';

export const stampPlan: ReleasePlan = {
  redactions: [],
  stamp: {
    indexNumber: '000000019/2026-00123',
    office: '示例县人民政府办公室',
    publishedOn: '2026-02-10',
    validUntil: '2026-03-12',
    verifyUrl: 'https://gongkai.example/verify/7K3MZ9Q2XW4V8T5R',
    code: '7K3MZ9Q2XW4V8T5R',
  },
  metadata: { title: '测速用文件', author: '示例县人民政府办公室', language: 'zh-CN' },
  createdAt: '2026-02-10T00:00:00.000Z',
};

const render = (input: string, output: string): Promise<RenderAnswer> =>
  apart<RenderAnswer>(new URL('./render-apart.ts', import.meta.url), {
    input,
    output,
    plan: stampPlan,
  } satisfies RenderJob);

/** Ours against `qpdf --overlay` of the very same stamps, which somebody else has already set. */
export const stamping = async (folder: string): Promise<Table[]> => {
  const native = hasProgram('qpdf');
  const rows: Table['rows'][number][] = [];
  for (const pages of [1, 10, 100, 1_000]) {
    const input = join(folder, `long-${pages}.pdf`);
    writeLongDocument(input, pages);
    const output = join(folder, 'release.pdf');
    const ours = await render(input, output);
    const ms = median(ours.times);
    const kilobytes = (bytes: number): number => Math.round(bytes / 1_000);
    const row = {
      pages,
      'input kB': kilobytes(statSync(input).size),
      'gongkai ms': ms,
      'gongkai first ms': ours.coldMs,
      'gongkai pages/s': (pages / ms) * 1_000,
      'gongkai peak MB': Math.round(ours.peakMb),
      'gongkai kB': kilobytes(ours.bytes),
    };
    if (!native) {
      rows.push(row);
      continue;
    }
    // The stamps alone: a release of as many empty pages.
    const empty = join(folder, 'empty.pdf');
    const overlay = join(folder, 'overlay.pdf');
    writeEmptyDocument(empty, pages);
    await render(empty, overlay);
    const runs: Awaited<ReturnType<typeof runProgram>>[] = [];
    for (let n = 0; n < 5; n += 1)
      runs.push(await runProgram('qpdf', [input, '--overlay', overlay, '--', output]));
    const theirs = median(runs.map((run) => run.ms));
    const peaks = runs.flatMap(({ peakMb }) => (peakMb === undefined ? [] : [peakMb]));
    rows.push({
      ...row,
      'qpdf ms': theirs,
      'qpdf peak MB': peaks.length === 0 ? undefined : Math.round(Math.max(...peaks)),
      'qpdf kB': kilobytes(statSync(output).size),
      ratio: ms / theirs,
    });
  }
  return [
    {
      title: 'Stamping: renderRelease against `qpdf --overlay`',
      rows,
      notes: [
        'gongkai: reads, has pdfium write the file anew, strips what is hidden, sets and lays the stamps with page n/m, describes, compresses, and checks the result again; warm, in one process. Its peak includes fonts, Typst and pdfium.',
        native
          ? 'qpdf: lays ready-made stamps over the pages and nothing else; a process per run. ratio = gongkai ms ÷ qpdf ms.'
          : 'NOT MEASURED: there is no qpdf on this machine, so there is no ratio.',
      ],
    },
  ];
};
