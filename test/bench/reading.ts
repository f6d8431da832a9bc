import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recognise } from '@gongkai/inspect';
import { pictured, redSeal, scanned } from '../ocr/scan.ts';
import type { Table } from './table.ts';

const seed = fileURLToPath(new URL('../../packages/local/documents/seed/', import.meta.url));
const characters = 420;

/** Letters and digits alone: what a detector needs. */
const bare = (text: string): string[] => [...text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '')];

/** Edit distance. */
const distance = (one: readonly string[], other: readonly string[]): number => {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (const [at, letter] of one.entries()) {
    const next = [at + 1];
    for (const [n, its] of other.entries())
      next.push(
        Math.min((row[n + 1] ?? 0) + 1, (next[n] ?? 0) + 1, (row[n] ?? 0) + (letter === its ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
};

/** Reading scans of the seed documents: how fast, and how many characters wrong. */
export const reading = async (folder: string): Promise<Table[]> => {
  const texts = readdirSync(seed)
    .slice(0, 6)
    .map((name) => readFileSync(join(seed, name), 'utf8').trim().slice(0, characters));
  const rows = [];
  for (const [what, font, more] of [
    ['宋', 'Noto Serif SC', ''],
    ['黑', 'Noto Sans SC', ''],
    ['宋, a red seal over it', 'Noto Serif SC', redSeal],
  ] as const) {
    let ms = 0;
    let wrong = 0;
    let all = 0;
    let sure = 0;
    for (const text of texts) {
      const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
      const path = join(folder, 'scan.pdf');
      writeFileSync(path, pictured(await scanned(lines, { font, more })));
      // The first page alone is scanned: what runs over is not on it.
      const started = performance.now();
      const [read] = await recognise({ path, pages: [{ page: 1, pictures: [] }] });
      ms += performance.now() - started;
      const [meant, seen] = [bare(lines.join('')), bare(read?.text ?? '')];
      wrong += distance(meant.slice(0, seen.length + 20), seen);
      all += meant.length;
      sure += read?.sure ?? 0;
    }
    rows.push({
      scans: what,
      pages: texts.length,
      's/page': ms / texts.length / 1_000,
      'pages/min': (texts.length / ms) * 60_000,
      'characters wrong, %': (wrong / all) * 100,
      'sure of itself, %': (sure / texts.length) * 100,
    });
  }
  return [
    {
      title: `Reading scans of ${texts.length} seed documents, A4 at 200 dpi, 16 pt`,
      rows,
      notes: [
        `peak of this process ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, with all else that the bench needs`,
        'Scans made by drawing, not photographs of paper.',
      ],
    },
  ];
};
