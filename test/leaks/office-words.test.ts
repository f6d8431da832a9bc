import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Examination, noWords, type OfficeWords } from '@gongkai/core';
import { afterAll, expect, it } from 'vitest';
import { handle } from '../../packages/inspect/src/worker.ts';
import { handMadeDocx, paragraph } from '../../packages/inspect/src/zip/hand-made-zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-words-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const office: OfficeWords = { version: 1, words: [{ word: '青山工程', severity: 'high' }] };
const hidden = (text: string): Buffer =>
  handMadeDocx(`${paragraph('通知')}<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>${text}</w:t></w:r></w:p>`, []);

const found = async (words: OfficeWords, text: string): Promise<string[]> => {
  const path = join(folder, 'upload');
  writeFileSync(path, hidden(text));
  const examined = await handle({ task: 'examine', path, name: '通知.docx', words });
  if (!examined.ok) throw new Error(examined.error.code);
  return (examined.value as Examination).findings
    .filter(({ rule }) => rule === 'office-word')
    .map((one) => one.text);
};

it('the office’s own words are found in what a Word file hides, by whoever brings them', async () => {
  expect(await found(office, '选址在青山 工程以东')).toEqual(['青山 工程']);
  expect(await found(office, '选址另行通知')).toEqual([]);
  expect(await found(noWords, '选址在青山工程以东')).toEqual([]);
});
