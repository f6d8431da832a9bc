import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Finding } from '@gongkai/core';
import { inspectPdf } from '@gongkai/inspect';
import { compileTypst } from '@gongkai/render';
import { describe, expect, it } from 'vitest';
import { notRun } from '../not-run.ts';

const shared = resolve(import.meta.dirname, '../../../shared');
const seed = new URL('../../packages/local/documents/seed/', import.meta.url);

const source = `
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm))
#set text(font: "Noto Serif SC", size: 16pt, lang: "zh")
#set par(justify: true, leading: 12pt)
#for line in json("/lines.json") { par(line) }
`;

/** A page as GB/T 9704 sets it: 22 lines of 28 characters. */
const paged = (text: string): Uint8Array => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const made = compileTypst({
    source,
    files: { '/lines.json': new TextEncoder().encode(JSON.stringify(lines)) },
    createdAt: new Date('2026-01-01T00:00:00.000Z'),
    tagged: false,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
};

/** corpus/vera describes each file in its bookmarks, in words that no page has: found rightly. */
const rightly = new Set(['pdf-bookmark']);

type Count = { pages: number; alarms: Finding[]; glances: number; notSearched: number };

const count = async (paths: readonly string[]): Promise<Count> => {
  const total: Count = { pages: 0, alarms: [], glances: 0, notSearched: 0 };
  for (const path of paths) {
    const seen = await inspectPdf({ path });
    if (!seen.ok) continue; // refused, and so never shown to a reviewer
    total.pages += seen.value.pages.length;
    for (const found of seen.value.findings.filter(({ removedByRender }) => !removedByRender)) {
      if (found.kind === 'not-searched') total.notSearched += found.boxes.length;
      else if (found.severity === 'low' || rightly.has(found.rule)) total.glances += 1;
      else total.alarms.push(found);
    }
  }
  return total;
};

const told = (what: string, { pages, alarms, glances, notSearched }: Count): void => {
  console.log(
    `false alarms, ${what}: ${alarms.length} on ${pages} pages (${((alarms.length * 10) / pages).toFixed(2)} per 10); ` +
      `${glances} glances; ${notSearched} pages without text`,
  );
  for (const { rule, severity, text } of alarms) console.log(`  ${rule} ${severity}: ${text.slice(0, 60)}`);
};

/**
 * Documents that real offices have published, and PDFs that are as they should be: whatever a person must answer there
 * is a false alarm. What is bounded is what costs a reviewer time; a page without text is told, and is no alarm.
 */
describe('documents in which nothing is to be found', () => {
  it('raise less than one alarm in ten pages: the seed documents and the laws, set as an office sets them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'false-alarms-'));
    try {
      const texts = readdirSync(seed).map((name) => new URL(name, seed).pathname);
      const law = join(shared, 'data/law');
      if (existsSync(law)) texts.push(...readdirSync(law).map((name) => join(law, name)));
      const paths = texts.map((path) => {
        const made = join(folder, `${basename(path)}.pdf`);
        writeFileSync(made, paged(readFileSync(decodeURIComponent(path), 'utf8')));
        return made;
      });
      const counted = await count(paths);
      told('seed and laws', counted);
      expect(counted.pages).toBeGreaterThan(60);
      expect(counted.alarms.length * 10).toBeLessThan(counted.pages);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  const vera = join(shared, 'corpus/vera');
  it.skipIf(notRun(!existsSync(vera), 'false alarms on corpus/vera', `there is no ${vera}`))(
    'raise less than one alarm in ten pages: the good files of corpus/vera',
    async () => {
      const paths = readdirSync(vera)
        .filter((name) => /-pass-.*\.pdf$/.test(name))
        .map((name) => join(vera, name));
      const counted = await count(paths);
      told('corpus/vera', counted);
      expect(counted.pages).toBeGreaterThan(20);
      expect(counted.alarms.length * 10).toBeLessThan(counted.pages);
    },
    60_000,
  );
});
