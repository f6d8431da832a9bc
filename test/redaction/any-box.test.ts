import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { widenBoxes } from '../../packages/inspect/src/cover/index.ts';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { plan } from '../../packages/render/src/release/specimen.ts';
import { writeLongDocument } from '../bench/long-document.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-any-box-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pages = 3;
const source = join(folder, 'document.pdf');
writeLongDocument(source, pages);
const original = readFileSync(source);

/** What `release` and the gate's proof say of one box at this place of every page, saved as the product saves boxes. */
const outcome = async (x: number, y: number, width: number, height: number): Promise<unknown> => {
  const drawn = Array.from({ length: pages }, (_, n) => ({ page: n + 1, x, y, width, height }));
  const saved = await widenBoxes(source, drawn);
  if (!saved.ok) return saved.error;
  const redactions = saved.value.map(({ box }, n) => ({
    ...{ id: `r${n}`, file: 0, boxes: [box], ground: 'privacy', label: '个人隐私' },
  }));
  const made = await release(original, plan({ redactions }));
  if (!made.ok) return made.error;
  const path = join(folder, 'release.pdf');
  writeFileSync(path, made.value.pdf);
  const proven = await prove(source, path, { redactions, own: [] });
  return proven.ok ? 'proven' : proven.error;
};

// A box by hand lies across lines: the comma of the next one has its ink outside and its place inside.
it.each([
  [90, 120],
  [200, 410],
  [120, 256],
])('a box by hand at (%d, %d) of every page is covered, and proven to be', async (x, y) => {
  expect(await outcome(x, y, 90, 16)).toBe('proven');
});

it('a box may lie anywhere over the text', async () => {
  const inside = (from: number, to: number) => fc.integer({ min: from, max: to });
  await fc.assert(
    fc.asyncProperty(inside(60, 400), inside(80, 700), inside(12, 140), inside(8, 60), async (...box) => {
      expect(await outcome(...box), String(box)).toBe('proven');
    }),
    { numRuns: 8 },
  );
}, 120_000);
