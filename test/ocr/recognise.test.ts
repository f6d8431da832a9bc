import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Finding, type Inspection, recognisedPages } from '@gongkai/core';
import { inspectPdf, recognise } from '@gongkai/inspect';
import { unreadPages, withRecognised } from '@gongkai/inspect/recognised';
import { afterAll, describe, expect, it } from 'vitest';
import { findWords } from '../../packages/inspect/src/pdf/find-words.ts';
import { line } from '../../packages/inspect/src/pdf/hand-made-pdf.ts';
import { type Picture, pictured, redSeal, scanned } from './scan.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-ocr-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const seenAndRead = async (pdf: Buffer): Promise<{ before: Inspection; after: Inspection }> => {
  const path = join(folder, 'page.pdf');
  writeFileSync(path, pdf);
  const seen = await inspectPdf({ path });
  if (!seen.ok) throw new Error(JSON.stringify(seen.error));
  const before = seen.value;
  return { before, after: withRecognised(before, await recognise({ path, pages: unreadPages(before) })) };
};
const told = ({ findings }: Inspection): string[] =>
  findings.map(({ rule, severity }) => `${severity} ${rule}`);
const the = ({ findings }: Inspection, rule: string): Finding => {
  const found = findings.filter((one) => one.rule === rule);
  if (found[0] === undefined)
    throw new Error(`no ${rule} in ${JSON.stringify(findings.map((one) => one.rule))}`);
  return found[0];
};

/** What a QR code of these words looks like. */
const codeOf = (words: string): Picture => {
  const require = createRequire(new URL('../../packages/render/package.json', import.meta.url));
  const { modules } = (
    require('qrcode') as {
      create(words: string): { modules: { size: number; get(row: number, column: number): number } };
    }
  ).create(words);
  const zoom = 8;
  const width = (modules.size + 8) * zoom;
  const rgb = new Uint8Array(width * width * 3).fill(255);
  for (let row = 0; row < modules.size * zoom; row += 1)
    for (let column = 0; column < modules.size * zoom; column += 1)
      if (modules.get(Math.floor(row / zoom), Math.floor(column / zoom)))
        rgb.fill(
          0,
          ((row + 4 * zoom) * width + column + 4 * zoom) * 3,
          ((row + 4 * zoom) * width + column + 4 * zoom) * 3 + 3,
        );
  return { width, height: width, rgb };
};

describe('a page that is a picture', () => {
  it('is read, under a red seal too: the detectors see its text, and boxes stand on it', async () => {
    const picture = await scanned(
      [
        '关于2026年第三批临时救助对象的公示',
        '申请人王小丽，身份证号210521195103121018，联系电话13900000001。',
        '经乡政府研究，拟给予临时救助，现予公示。',
      ],
      { more: redSeal },
    );
    const { before, after } = await seenAndRead(pictured(picture));
    expect(told(before)).toEqual(['high not-searched']);
    expect(told(after)).toContain('medium recognised');
    expect(told(after)).not.toContain('high not-searched');
    expect(after.pages[0]?.text).toContain('经乡政府研究，拟给予临时救助，现予公示。');
    expect(the(after, 'resident-id')).toMatchObject({ text: '210521195103121018', severity: 'high' });
    expect(the(after, 'mobile').text).toBe('13900000001');
    // 28 mm from the left of A4 at the earliest, in the upper third.
    const [box] = the(after, 'resident-id').boxes;
    expect(box).toMatchObject({ page: 1 });
    expect(box?.x).toBeGreaterThan(75);
    expect(box?.y).toBeGreaterThan(100);
    expect(box?.y).toBeLessThan(280);
    // Words are found where they were read, and with them the boxes to cover them.
    const found = await findWords(
      join(folder, 'page.pdf'),
      '经乡政府研究，拟给予',
      recognisedPages(after.pages),
    );
    expect(found).toMatchObject({
      ok: true,
      value: [{ text: '经乡政府研究，拟给予', boxes: [{ page: 1 }] }],
    });
    // A bar over words leaves nothing of them: four letters of 16 pt stand before these, 28 mm from the left.
    const pair = await findWords(join(folder, 'page.pdf'), '研究', recognisedPages(after.pages));
    const [bar] = pair.ok ? (pair.value[0]?.boxes ?? []) : [];
    expect(bar?.x).toBeLessThan(79.4 + 4 * 16 + 1);
    expect((bar?.x ?? 0) + (bar?.width ?? 0)).toBeGreaterThan(79.4 + 6 * 16 - 1);
    expect(await findWords(join(folder, 'page.pdf'), '经乡政府研究，拟给予')).toMatchObject({ value: [] });
    // What the gate compares: the same kind and words, so that a release of the same pages passes.
    const { kind, text } = the(before, 'not-searched');
    expect(the(after, 'recognised')).toMatchObject({ kind, text });
  }, 60_000);

  it('with a mark of state secrecy is stopped', async () => {
    const { after } = await seenAndRead(pictured(await scanned(['机密★5年', '关于某项工作的请示'])));
    expect(told(after)).toContain('stop state-secret-mark');
  }, 60_000);

  it('in the traditional script is read as such', async () => {
    const picture = await scanned(['關於臨時救助對象的公示，聯繫電話13900000001，請鄉親們監督舉報'], {
      font: 'Noto Sans SC',
    });
    const { after } = await seenAndRead(pictured(picture));
    expect(the(after, 'mobile').text).toBe('13900000001');
  }, 60_000);

  it('without letters stays for a person, and so does what nobody has read', async () => {
    const noise = { width: 400, height: 600, rgb: new Uint8Array(400 * 600 * 3).fill(200) };
    const { before, after } = await seenAndRead(pictured(noise));
    expect(told(after)).toEqual(['high not-searched']);
    expect(withRecognised(before, [])).toEqual(before);
    const guessed = [
      { page: 1, text: '口口', sure: 0.4, characters: 2, letters: [], weak: [], findings: [] },
    ];
    expect(told(withRecognised(before, guessed))).toEqual(['high not-searched']);
  }, 60_000);
});

describe('a picture beside text', () => {
  const beside = line(
    'Notice of the town, with a picture of what was found beside the road last week',
    40,
    780,
  );

  it('is read where it stands, and then is a glance', async () => {
    const picture = await scanned(['身份证号210521195103121018']);
    const { before, after } = await seenAndRead(
      pictured(picture, { x: 100, y: 100, wide: 400, high: 566 }, beside),
    );
    expect(told(before)).toEqual(['medium picture-not-searched']);
    expect(the(after, 'resident-id').text).toBe('210521195103121018');
    expect(told(after)).toContain('low picture-recognised');
  }, 60_000);

  it('that is a code gives its words to the detectors', async () => {
    const place = { x: 150, y: 150, wide: 300, high: 300 };
    const { after } = await seenAndRead(pictured(codeOf('tel 13900000001'), place, beside));
    expect(the(after, 'picture-code')).toMatchObject({ text: 'tel 13900000001', severity: 'medium' });
    expect(the(after, 'mobile').text).toBe('13900000001');
    const address = await seenAndRead(pictured(codeOf('https://www.gov.cn/'), place, beside));
    expect(the(address.after, 'picture-code')).toMatchObject({ kind: 'external-link', severity: 'low' });
  }, 60_000);
});
