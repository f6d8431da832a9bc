import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BindAnswer, BindJob } from './bind-apart.ts';
import { writeLongDocument } from './long-document.ts';
import { apart } from './program.ts';
import type { RenderAnswer } from './render-apart.ts';
import { stampPlan } from './stamping.ts';
import type { Table } from './table.ts';

/** A scan as large as they come: each page a grey picture of its own that does not compress (250 kB). */
const writeScans = (path: string, pages: number): void => {
  const side = 500;
  let seed = 1;
  const noise = (): Buffer => {
    const pixels = Buffer.alloc(side * side);
    for (let at = 0; at < pixels.length; at += 1) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      pixels[at] = seed >> 16;
    }
    return pixels;
  };
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const put = (number: number, ...body: Buffer[]): void => {
    offsets[number] = length;
    for (const part of [Buffer.from(`${number} 0 obj\n`), ...body, Buffer.from('\nendobj\n')]) {
      parts.push(part);
      length += part.length;
    }
  };
  const stream = (dict: string, content: Buffer): Buffer[] => [
    Buffer.from(`<<${dict}/Length ${content.length}>>\nstream\n`),
    content,
    Buffer.from('\nendstream'),
  ];
  put(1, Buffer.from('<</Type/Catalog/Pages 2 0 R>>'));
  const kids = Array.from({ length: pages }, (_, n) => `${3 + n * 3} 0 R`).join(' ');
  put(2, Buffer.from(`<</Type/Pages/Count ${pages}/Kids[${kids}]>>`));
  for (let n = 0; n < pages; n += 1) {
    const at = 3 + n * 3;
    put(
      at,
      Buffer.from(
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${at + 1} 0 R/Resources<</XObject<</I ${at + 2} 0 R>>>>>>`,
      ),
    );
    put(at + 1, ...stream('', Buffer.from('q 500 0 0 700 47 71 cm /I Do Q')));
    const picture = `/Type/XObject/Subtype/Image/Width ${side}/Height ${side}/ColorSpace/DeviceGray/BitsPerComponent 8`;
    put(at + 2, ...stream(picture, noise()));
  }
  const xref = offsets.map((offset, n) => (n === 0 ? '' : `${String(offset).padStart(10, '0')} 00000 n \n`));
  parts.push(
    Buffer.from(
      `xref\n0 ${offsets.length}\n0000000000 65535 f \n${xref.join('')}trailer\n<</Size ${offsets.length}/Root 1 0 R>>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  writeFileSync(path, Buffer.concat(parts));
};

/** 年终装订成册: one volume of so many pages, in a process of its own. */
export const binding = async (folder: string): Promise<Table[]> => {
  const rows: Table['rows'][number][] = [];
  const measure = async (what: string, release: string, pages: number, times: number): Promise<void> => {
    const output = join(folder, 'volume.pdf');
    const job: BindJob = { release, pages, times, output };
    const made = await apart<BindAnswer>(new URL('./bind-apart.ts', import.meta.url), job);
    const megabytes = (bytes: number): number => Math.round(bytes / 100_000) / 10;
    rows.push({
      documents: what,
      number: times,
      'pages of the volume': made.pages,
      s: made.ms / 1_000,
      'pages/s': (made.pages / made.ms) * 1_000,
      'peak MB': Math.round(made.peakMb),
      'releases MB': megabytes(statSync(release).size * times),
      'volume MB': megabytes(made.bytes),
    });
    rmSync(output);
  };
  const text = join(folder, 'text.pdf');
  writeLongDocument(text, 19);
  const release = join(folder, 'release.pdf');
  await apart<RenderAnswer>(new URL('./render-apart.ts', import.meta.url), {
    input: text,
    output: release,
    plan: stampPlan,
  });
  for (const times of [5, 50, 150]) await measure('stamped text, 19 pages each', release, 19, times);
  const scans = join(folder, 'scans.pdf');
  writeScans(scans, 59);
  await measure('scans, 59 pages of 250 kB each', scans, 59, 50);
  return [
    {
      title: 'Binding: bindVolume, one volume',
      rows,
      notes: [
        'Reads each release and its hash, looks for a free corner on every page, sets 总第 n 页 there, carries pages, links, tags and bookmarks over, writes contents, sheets, index and outline. Cold, one process a volume; its peak includes fonts, Typst and pdfium.',
      ],
    },
  ];
};
