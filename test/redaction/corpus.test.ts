import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { plan } from '../../packages/render/src/release/specimen.ts';
import { notRun } from '../not-run.ts';

const corpus = resolve(import.meta.dirname, '../../../shared/corpus');
const folder = mkdtempSync(join(tmpdir(), 'gongkai-corpus-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(notRun(!existsSync(corpus), 'releases of the corpus', `there is no ${corpus}`))(
  'every PDF of the corpus',
  () => {
    it('is refused, or its release holds nothing but what a release may have', async () => {
      const files = readdirSync(corpus, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.pdf$/i.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
      const tally = new Map<string, number>();
      const stopped: string[] = [];
      const released = join(folder, 'release.pdf');
      for (const path of files) {
        const made = await release(readFileSync(path), plan());
        let said = made.ok ? 'passes the gate' : `refused ${made.error.code}`;
        if (made.ok) {
          writeFileSync(released, made.value.pdf);
          const held = await prove(path, released, { redactions: [], own: [] });
          if (!held.ok) {
            said = 'stopped at the gate';
            stopped.push(`${path}: ${held.error.details?.detail ?? held.error.code}`);
          }
        }
        tally.set(said, (tally.get(said) ?? 0) + 1);
      }
      console.log(`releases of ${files.length} PDFs of the corpus:`);
      for (const [said, number] of [...tally].sort()) console.log(`  ${String(number).padStart(4)}  ${said}`);
      expect(stopped).toEqual([]);
      expect(tally.get('passes the gate')).toBeGreaterThan(200);
    }, 600_000);
  },
);
