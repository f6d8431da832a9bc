import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectPdf } from '@gongkai/inspect';
import { handle as read } from '@gongkai/inspect/ocr-worker';
import { type Differing, unreadPages, withDiffering, withRecognised } from '@gongkai/inspect/recognised';
import { afterAll, describe, expect, it } from 'vitest';
import { decoded } from '../../packages/render/src/layer/index.ts';
import { changed, typeset } from '../../packages/render/src/release/specimen.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-glyphs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'page.pdf');

const words = '经乡政府研究，拟给予王小丽临时救助，身份证号210521195103121018，现予公示。';
const honest = typeset(`${words} #pagebreak() 公示期满后无异议的，按规定发放救助金。`);

/** What is drawn stays as it is; the map from glyphs to text tells each the letter of another. */
const lying = (pdf: Uint8Array, about = /./): Promise<Uint8Array> =>
  changed(pdf, ({ context }) => {
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      const map = Buffer.from(decoded(object) ?? []).toString('latin1');
      if (!map.includes('begincmap')) continue;
      const line = /^(<[0-9a-f]+>) <([0-9a-f]{4})>$/gim;
      const isAbout = (letter: string): boolean =>
        about.test(String.fromCharCode(Number.parseInt(letter, 16)));
      const told = [...map.matchAll(line)].map(([, , letter = '']) => letter).filter(isAbout);
      const turned = map.replace(line, (whole, glyph: string, letter: string) =>
        isAbout(letter) ? `${glyph} <${told[(told.indexOf(letter) + 3) % told.length] ?? ''}>` : whole,
      );
      context.assign(ref, context.flateStream(turned));
    }
  });

const compared = async (pdf: Uint8Array) => {
  writeFileSync(path, pdf);
  const seen = await inspectPdf({ path });
  const differing = await read({ task: 'compare', path });
  if (!seen.ok || !differing.ok) throw new Error(JSON.stringify([seen, differing]));
  return { seen: seen.value, differing: differing.value as Differing }; // what a comparison answers
};

describe('a font', () => {
  it('that draws what it says is passed', async () => {
    const { seen, differing } = await compared(honest);
    expect(differing).toEqual({ findings: [], complete: true });
    expect(withDiffering(seen, differing)).toEqual(seen);
  }, 60_000);

  it('that says other text than it draws is told, with every page of it, and what is drawn is searched', async () => {
    const { seen, differing } = await compared(await lying(honest));
    expect(seen.findings.filter(({ rule }) => rule === 'resident-id')).toEqual([]);
    const [found] = differing.findings;
    expect(found).toMatchObject({ rule: 'text-differs', kind: 'not-searched', severity: 'high' });
    expect(found?.text).toContain('经乡政府研究');
    expect(new Set(found?.boxes.map(({ page }) => page))).toEqual(new Set([1, 2]));
    const told = withDiffering(seen, differing);
    expect(unreadPages(told)).toEqual([1, 2].map((page) => ({ page, pictures: [] })));
    const done = await read({ task: 'read', path, pages: unreadPages(told) });
    if (!done.ok || !Array.isArray(done.value)) throw new Error(JSON.stringify(done));
    const after = withRecognised(told, done.value);
    expect(after.findings.find(({ rule }) => rule === 'resident-id')?.text).toBe('210521195103121018');
    expect(after.findings).toContainEqual(found);
  }, 60_000);

  it('that lies about its digits alone is told as well', async () => {
    const { differing } = await compared(await lying(honest, /\d/));
    expect(differing.findings).toMatchObject([{ rule: 'text-differs' }]);
  }, 60_000);

  it('that nobody could compare is for a person to look at', async () => {
    const { seen } = await compared(honest);
    const asked = { kind: 'not-searched', rule: 'text-not-compared', severity: 'medium' };
    expect(withDiffering(seen, undefined).findings.at(-1)).toMatchObject(asked);
    expect(withDiffering(seen, { findings: [], complete: false }).findings.at(-1)).toMatchObject(asked);
  }, 60_000);
});
