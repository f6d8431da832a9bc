import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Inspection, type ReadLetter, recognisedPages, textLayer } from '@gongkai/core';
import { inspectPdf, recognise } from '@gongkai/inspect';
import { unreadPages, withRecognised } from '@gongkai/inspect/recognised';
import { PDFDocument } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { findWords } from '../../packages/inspect/src/pdf/find-words.ts';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { look, plan, stampOf, textOf } from '../../packages/render/src/release/specimen.ts';
import { glyphlessFont } from '../../packages/render/src/text-layer/glyphless.ts';
import { layText } from '../../packages/render/src/text-layer/index.ts';
import { notRun } from '../not-run.ts';
import { pictured, redSeal, scanned } from './scan.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-layer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;

const kept = (name: string, pdf: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, pdf);
  return path;
};
const inspected = async (path: string): Promise<Inspection> => {
  const seen = await inspectPdf({ path });
  if (!seen.ok) throw new Error(JSON.stringify(seen.error));
  return seen.value;
};
const made = async (pdf: Uint8Array, over: object): Promise<Uint8Array> => {
  const out = await release(pdf, plan({ stamp: stampOf, ...over }));
  if (!out.ok) throw new Error(JSON.stringify(out.error));
  return out.value.pdf;
};

const lines = [
  '关于2026年第三批临时救助对象的公示',
  '申请人张建国，身份证号210521195103121018，联系电话13900000001。',
  '经乡政府研究，拟给予临时救助，现予公示。公示期满后无异议的，按规定发放救助金。',
];
const source = pictured(await scanned(lines, { more: redSeal }));
const path = kept('scan.pdf', source);
const before = await inspected(path);
const seen = withRecognised(before, await recognise({ path, pages: unreadPages(before) }));
const recognised = recognisedPages(seen.pages);
const letters = recognised[0]?.recognised ?? [];
const own = [stampOf.indexNumber, stampOf.office, stampOf.publishedOn];

const boxOf = async (words: string) => {
  const found = await findWords(path, words, recognised);
  const boxes = found.ok ? (found.value[0]?.boxes ?? []) : [];
  if (boxes.length === 0) throw new Error(`${words} was not read`);
  return { id: words, file: 0, boxes, ground: 'privacy', label: '个人隐私' };
};
const name = await boxOf('张建国');
const number = await boxOf('210521195103121018');

describe('the release of a scan', () => {
  it('can be searched and copied: it says what was read, where it was read, and passes the gate', async () => {
    const pdf = await made(source, { textLayer: textLayer(seen.pages, []) });
    const out = kept('release.pdf', pdf);
    const [text = ''] = await textOf(pdf);
    expect(text).toContain(
      '经乡政府研究,拟给予临时救助,现予公示。'.replaceAll(
        ',',
        seen.pages[0]?.text.includes('，') ? '，' : ',',
      ),
    );
    expect(text).toContain('申请人张建国');
    // Every letter stands over its ink, within two points.
    const [characters = []] = await look(pdf, (all) => all);
    for (const letter of letters.filter((one) => one.text.trim() !== '')) {
      const [x, y] = [letter.x + letter.width / 2, letter.y + letter.height / 2];
      expect(
        characters.some(
          ({ text: said, box }) =>
            said === letter.text &&
            Math.abs(box.left - letter.x) < 2 &&
            x < box.right + 2 &&
            y > box.top - 2 &&
            y < box.bottom + 2,
        ),
        JSON.stringify(letter),
      ).toBe(true);
    }
    // The detectors see in it what they saw in the picture, and no hidden text that they would stop.
    const again = await inspected(out);
    const told = ({ findings }: Inspection) =>
      findings
        .filter(({ severity, kind }) => severity !== 'low' && kind !== 'not-searched')
        .map(({ kind, text }) => `${kind} ${text}`);
    expect(told(again)).toEqual(told(seen));
    expect(again.findings.map(({ rule }) => rule)).toContain('ocr-layer');
    expect(await prove(path, out, { redactions: [], own, recognised })).toEqual({
      ok: true,
      value: { boxes: 0, words: 0 },
    });
  }, 60_000);

  it('also where the picture stands in a form of the page', async () => {
    const inForm = pictured(await scanned(lines), {}, '', true);
    const from = kept('in-form.pdf', inForm);
    const plain = await inspected(from);
    const read = withRecognised(plain, await recognise({ path: from, pages: unreadPages(plain) }));
    const pdf = await made(inForm, { textLayer: textLayer(read.pages, []) });
    const [text = ''] = await textOf(pdf);
    expect(text).toContain('拟给予临时救助');
    const asked = { redactions: [], own, recognised: recognisedPages(read.pages) };
    expect(await prove(from, kept('in-form-release.pdf', pdf), asked)).toMatchObject({ ok: true });
  }, 60_000);

  it('weighs a few kB more, the same bytes each time', async () => {
    const without = await made(source, {});
    const pdf = await made(source, { textLayer: textLayer(seen.pages, []) });
    expect(pdf.length - without.length).toBeLessThan(5_000);
    expect(Buffer.from(pdf).equals(await made(source, { textLayer: textLayer(seen.pages, []) }))).toBe(true);
  }, 60_000);

  it('says nothing of what is covered, and the gate proves it', async () => {
    const redactions = [name, number];
    const pdf = await made(source, { redactions, textLayer: textLayer(seen.pages, redactions) });
    const [text = ''] = await textOf(pdf);
    expect(text).not.toMatch(/张建国|210521/);
    expect(text).toContain('经乡政府研究');
    const asked = { redactions, own, recognised };
    const proof = await prove(path, kept('covered.pdf', pdf), asked);
    expect(proof).toEqual({ ok: true, value: { boxes: 2, words: 2 } });
  }, 60_000);

  it('has no second text where the page has its own', async () => {
    const pdf = await made(source, { textLayer: textLayer(seen.pages, []) });
    const twice = await made(pdf, { textLayer: textLayer(seen.pages, []) });
    const [text = ''] = await textOf(twice);
    expect(text.split('经乡政府研究').length - 1).toBe(1);
  }, 60_000);

  it.skipIf(notRun(!hasPoppler, 'the text layer in poppler', 'there is no pdftotext'))(
    'reads the same in another reader, with its words where they stand',
    async () => {
      const out = kept('poppler.pdf', await made(source, { textLayer: textLayer(seen.pages, []) }));
      const said = execFileSync('pdftotext', ['-bbox', out, '-'], { encoding: 'utf8', timeout: 60_000 });
      const word = /xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">[^<]*现予公示/.exec(said);
      expect(word).not.toBeNull();
      const first =
        letters[letters.findIndex(({ text }, at) => text === '经' && letters[at + 1]?.text === '乡')];
      expect(Math.abs(Number(word?.[1]) - (first?.x ?? 0))).toBeLessThan(2);
      expect(Number(word?.[4])).toBeGreaterThan((first?.y ?? 0) + (first?.height ?? 0) - 3);
    },
    60_000,
  );
});

describe('a text layer that says other things than were read is stopped', () => {
  /** A renderer that goes its own way: another layer over a release that is right but for it. */
  const forged = async (layer: readonly ReadLetter[], redactions: (typeof name)[] = []): Promise<string> => {
    const bare = await made(source, { redactions });
    const document = await PDFDocument.load(bare, { updateMetadata: false });
    const laid = await layText(document, source, [{ page: 1, recognised: [...layer] }]);
    expect(laid.ok).toBe(true);
    await document.flush();
    const proof = await prove(path, kept('forged.pdf', await document.save()), {
      redactions,
      own,
      recognised,
    });
    return proof.ok ? 'proven' : String(proof.error.details?.detail);
  };
  const at = letters.findIndex(({ text }) => text === '张');

  it.each<[string, readonly ReadLetter[], (typeof name)[], RegExp]>([
    ['as it should be', letters, [], /^proven$/],
    ['another letter', letters.map((it, n) => (n === at ? { ...it, text: '李' } : it)), [], /nobody read/],
    [
      'a letter in another place',
      letters.map((it, n) => (n === at ? { ...it, y: it.y + 90 } : it)),
      [],
      /nobody read/,
    ],
    ['half of it', letters.filter(({ y }) => y < (letters[at]?.y ?? 0) - 20), [], /leaves out/],
    ['what is covered', letters, [name], /redaction|says what|still stands/],
    // Beside the bar, where a box that is looked at alone would find nothing.
    [
      'what is covered, beside the box',
      letters.map((it, n) => (n >= at && n < at + 3 ? { ...it, x: it.x + 300 } : it)),
      [name],
      /nobody read|still stands/,
    ],
  ])(
    '%s',
    async (_, layer, redactions, why) => {
      expect(await forged(layer, redactions)).toMatch(why);
    },
    60_000,
  );
});

describe('the font without shapes', () => {
  it('is a sound TrueType file of a few kilobytes', () => {
    const bytes = glyphlessFont();
    expect(bytes.length).toBeLessThan(3_500);
    let sum = 0;
    for (let i = 0; i < bytes.length; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0;
    expect(sum).toBe(0xb1b0afba); // OpenType 1.9, head.checksumAdjustment
  });
});
