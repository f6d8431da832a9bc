import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { placeSeals, type ReleasePlan } from '@gongkai/core';
import { writeEmptyDocument, writeLongDocument } from './long-document.ts';
import { apart, hasProgram, timedProgram } from './program.ts';
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

const render = (input: string, output: string, more: Pick<ReleasePlan, 'seal'> = {}): Promise<RenderAnswer> =>
  apart<RenderAnswer>(new URL('./render-apart.ts', import.meta.url), {
    input,
    output,
    plan: { ...stampPlan, ...more },
  } satisfies RenderJob);

/** A drawn seal on the last page, and one split over the edges of all pages. */
const sealed = (pages: number): Pick<ReleasePlan, 'seal'> => {
  const office = '示例县人民政府办公室';
  const { at, edges } = placeSeals({
    seal: { enabled: true, emblem: 'star', diameterMm: 42, otherwise: 'lower-right', paging: true },
    office,
    pages: Array.from({ length: pages }, (_, i) => ({ page: i + 1, width: 595, height: 842 })),
    signOffs: [],
    covered: [],
  });
  const impressions = [...(at ? [at] : []), ...edges];
  return { seal: { name: office, code: '3300000000001', emblem: 'star', impressions } };
};

/** Tools that are only measured against, where `.ci` or a developer put them; none of them ships. */
const tools = join(homedir(), '.cache', 'gongkai-tools');
const python = join(tools, 'pymupdf', 'bin', 'python');
const pdfcpu = [join(tools, 'bin', 'pdfcpu'), 'pdfcpu'].find(hasProgram);

const pymupdf = `
import sys, pymupdf
document, stamps = pymupdf.open(sys.argv[1]), pymupdf.open(sys.argv[2])
for n, page in enumerate(document):
    page.show_pdf_page(page.rect, stamps, n)
document.save(sys.argv[3], deflate=True)
`;

type Rival = {
  readonly name: string;
  readonly run: (input: string, overlay: string, output: string) => readonly string[];
};

const rivals: readonly (Rival & { readonly missing?: string })[] = [
  {
    name: 'qpdf',
    run: (input, overlay, output) => ['qpdf', input, '--overlay', overlay, '--', output],
    ...(hasProgram('qpdf') ? {} : { missing: 'apt-get install qpdf' }),
  },
  {
    name: 'pdfcpu',
    run: (input, overlay, output) => [
      ...[pdfcpu ?? '', 'stamp', 'add', '-q', '--force', '--mode', 'pdf', '--'],
      ...[overlay, 'scale:1 abs, rot:0, pos:c', input, output],
    ],
    ...(pdfcpu
      ? {}
      : { missing: 'go install github.com/pdfcpu/pdfcpu/cmd/pdfcpu, into ~/.cache/gongkai-tools/bin' }),
  },
  {
    name: 'PyMuPDF',
    run: (input, overlay, output) => [python, '-c', pymupdf, input, overlay, output],
    ...(existsSync(python) ? {} : { missing: 'pip install PyMuPDF, into ~/.cache/gongkai-tools/pymupdf' }),
  },
];

const kilobytes = (path: string): number => Math.round(statSync(path).size / 1_000);

/** Ours against programs that lay the very same stamps over the pages, which somebody else has already set. */
export const stamping = async (
  folder: string,
  sizes: readonly number[] = [1, 10, 100, 1_000, 3_000],
): Promise<Table[]> => {
  const rows: Table['rows'][number][] = [];
  const against: Table['rows'][number][] = [];
  const failed = new Set<string>();
  for (const pages of sizes) {
    const input = join(folder, `long-${pages}.pdf`);
    writeLongDocument(input, pages);
    const output = join(folder, 'release.pdf');
    const ours = await render(input, output);
    const ms = median(ours.times);
    const processorMs = median(ours.processorMs);
    const seals = await render(input, output, sealed(pages));
    rows.push({
      pages,
      'input kB': kilobytes(input),
      'output kB': Math.round(ours.bytes / 1_000),
      'cold ms': ours.coldMs,
      'warm ms': ms,
      'pages/s': (pages / ms) * 1_000,
      'processor ms': processorMs,
      'pages/processor s': (pages / processorMs) * 1_000,
      'peak MB': Math.round(ours.peakMb),
      'with seals, processor ms': median(seals.processorMs),
      'with seals, output kB': Math.round(seals.bytes / 1_000),
    });
    // The stamps alone: a release of as many empty pages.
    const empty = join(folder, 'empty.pdf');
    const overlay = join(folder, 'overlay.pdf');
    writeEmptyDocument(empty, pages);
    await render(empty, overlay);
    const row: Record<string, string | number | undefined> = { pages, 'gongkai processor ms': processorMs };
    for (const { name, run, missing } of rivals) {
      if (missing !== undefined) continue;
      const [program = '', ...args] = run(input, overlay, output);
      try {
        const runs = [];
        for (let n = 0; n < (pages < 1_000 ? 5 : 3); n += 1) runs.push(await timedProgram(program, args));
        const theirs = median(runs.flatMap((one) => one.processorMs ?? []));
        row[`${name} ms`] = median(runs.map((one) => one.ms));
        row[`${name} processor ms`] = theirs;
        row[`${name} peak MB`] = Math.round(Math.max(...runs.map((one) => one.peakMb ?? 0)));
        row[`${name} kB`] = kilobytes(output);
        // GNU time counts hundredths of a second.
        row[`ours ÷ ${name}, processor`] = theirs < 20 ? undefined : processorMs / theirs;
      } catch (cause) {
        failed.add(
          `${name}, ${pages} pages: ${cause instanceof Error ? cause.message.slice(0, 160) : cause}`,
        );
      }
    }
    against.push(row);
  }
  return [
    {
      title: 'Stamp and save: renderRelease',
      rows,
      notes: [
        'Reads, has pdfium write the file anew, strips what is hidden, sets and lays the stamps with page n/m, makes PDF/A, describes, compresses, and checks the result again; warm, in one process. Its peak includes fonts, Typst and pdfium.',
        'With seals: the same, a drawn seal on the last page and one over the edges of all pages (骑缝章).',
      ],
    },
    {
      title: 'Against programs that lay ready-made stamps over the pages, and do nothing else',
      rows: against,
      notes: [
        'A process per run, as these programs are used. ratio: above 1 they are faster.',
        ...rivals.flatMap(({ name, missing }) => (missing ? [`NOT MEASURED: ${name} (${missing})`] : [])),
        ...[...failed].map((one) => `FAILED: ${one}`),
      ],
    },
  ];
};
