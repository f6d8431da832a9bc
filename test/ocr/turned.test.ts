import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recognisedPages, textLayer } from '@gongkai/core';
import { inspectPdf, recognise } from '@gongkai/inspect';
import { unreadPages, withRecognised } from '@gongkai/inspect/recognised';
import { afterAll, describe, expect, it } from 'vitest';
import { type Quarters, turned } from '../../packages/inspect/src/ocr/turned.ts';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { look, plan, stampOf } from '../../packages/render/src/release/specimen.ts';
import { askew, type Picture, pictured, scanned } from './scan.ts';

/** Issue 5, scans: a page of an uploaded PDF stays as it lies; it is read as if it lay as it should. */

const folder = mkdtempSync(join(tmpdir(), 'gongkai-turned-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ID = '210521195103121018';
const lines = [
  '关于2026年第三批临时救助对象的公示',
  `申请人张建国，身份证号${ID}，联系电话13900000001。`,
  '经乡政府研究，拟给予临时救助，现予公示。公示期满后无异议的，按规定发放救助金。',
];
const sheet = await scanned(lines);

/** As a sheet fed sideways or upside down comes out: turned clockwise. */
const fed = ({ width, height, rgb }: Picture, quarters: number): Picture => {
  if (quarters === 0) return { width, height, rgb };
  const [across, down] = quarters === 2 ? [width, height] : [height, width];
  const out = new Uint8Array(rgb.length);
  for (let y = 0; y < down; y += 1)
    for (let x = 0; x < across; x += 1) {
      const [fromX, fromY] =
        quarters === 1
          ? [y, height - 1 - x]
          : quarters === 2
            ? [width - 1 - x, height - 1 - y]
            : [width - 1 - y, x];
      const from = (fromY * width + fromX) * 3;
      out.set(rgb.subarray(from, from + 3), (y * across + x) * 3);
    }
  return { width: across, height: down, rgb: out };
};

/** How much of the letters of one string stands in another. */
const share = (wanted: string, said: string): number =>
  [...wanted].filter((letter) => said.includes(letter)).length / [...wanted].length;

describe('a page of a PDF that lies', () => {
  it.each<[string, number, number, number | undefined]>([
    ['straight', 0, 0, undefined],
    ['5° askew', 0, 5, -5],
    ['9° the other way', 0, -9, 9],
    ['on its right side', 1, 0, -90],
    ['on its left side', 3, 0, 90],
    ['on its head', 2, 0, 180],
    ['on its side and askew', 1, 2, -92],
  ])(
    '%s is read, found in, covered, and has its text layer where the letters stand',
    async (name, quarters, degrees, by) => {
      const path = join(folder, `${quarters}${degrees}.pdf`);
      const [wide, high] = quarters % 2 === 1 ? [842, 595] : [595, 842];
      const source = pictured(fed(askew(sheet, degrees, 12), quarters), { wide, high });
      writeFileSync(path, source);
      const before = await inspectPdf({ path });
      if (!before.ok) throw new Error(before.error.code);
      const seen = withRecognised(before.value, await recognise({ path, pages: unreadPages(before.value) }));
      const [page] = seen.pages;
      expect(share(lines.join(''), page?.text ?? ''), name).toBeGreaterThan(0.95);
      const said = page?.recognition?.turned;
      if (by === undefined) expect(said).toBeUndefined();
      else expect(Math.abs((said ?? 0) - by)).toBeLessThan(0.3);

      const found = seen.findings.find(({ kind }) => kind === 'resident-id');
      expect(found?.text).toBe(ID);
      const boxes = found?.boxes ?? [];
      // One bar for one line, whichever way it goes.
      expect(boxes).toHaveLength(1);

      const redactions = [{ id: 'a', file: 0, boxes, ground: 'privacy', label: '个人隐私' }];
      const made = await release(
        source,
        plan({ redactions, stamp: stampOf, textLayer: textLayer(seen.pages, redactions) }),
      );
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      const out = join(folder, 'release.pdf');
      writeFileSync(out, made.value.pdf);
      const own = [stampOf.indexNumber, stampOf.office, stampOf.publishedOn];
      const proven = await prove(path, out, { redactions, own, recognised: recognisedPages(seen.pages) });
      expect(proven.ok ? undefined : proven.error).toBeUndefined();

      // Every unseen letter stands within the ink that was read as it.
      const letters = page?.recognised ?? [];
      const [placed = []] = await look(made.value.pdf, (characters) => characters);
      const line = placed
        .map(({ text }) => text)
        .join('')
        .replaceAll(/\s/g, '');
      expect(line).toContain('拟给予临时救助');
      expect(line).not.toContain(ID);
      const word = letters.filter(({ text }) => '拟给予临时救助'.includes(text));
      for (const { text, x, y, width, height } of word)
        expect(
          placed.some(
            ({ text: there, box }) =>
              there === text &&
              Math.abs((box.left + box.right) / 2 - x - width / 2) < 8 &&
              Math.abs((box.top + box.bottom) / 2 - y - height / 2) < 8,
          ),
          text,
        ).toBe(true);
    },
    60_000,
  );
});

describe('a turned picture', () => {
  const grey = { width: 40, height: 30, pixels: new Uint8Array(1200).fill(255) };
  const dark = { left: 5, top: 20, right: 9, bottom: 23 };
  for (let y = dark.top; y < dark.bottom; y += 1)
    grey.pixels.fill(0, y * 40 + dark.left, y * 40 + dark.right);

  it.each<Quarters>([0, 1, 2, 3])('by %i quarters leads back to where it came from', (quarters) => {
    const { grey: now, back } = turned(grey, quarters);
    const inked = [...now.pixels.keys()].filter((at) => now.pixels[at] === 0);
    const [xs, ys] = [inked.map((at) => at % now.width), inked.map((at) => Math.floor(at / now.width))];
    expect(
      back({
        left: Math.min(...xs),
        top: Math.min(...ys),
        right: Math.max(...xs) + 1,
        bottom: Math.max(...ys) + 1,
      }),
    ).toEqual(dark);
  });
});
