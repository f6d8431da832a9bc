import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findWords } from '../../packages/inspect/src/pdf/find-words.ts';
import { typeset } from '../../packages/render/src/release/specimen.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-writing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['simplified', '张国庆'],
  ['traditional', '張國慶'],
  ['mixed and spaced', '张 國庆'],
])('words asked in %s writing are found in either', async (_, asked) => {
  const path = join(folder, 'document.pdf');
  writeFileSync(path, typeset('经办人张国庆签字。\n\n經辦人張國慶簽字。\n\n张国强不在其中。'));
  const found = await findWords(path, asked);
  if (!found.ok) throw new Error(found.error.code);
  expect(found.value.map(({ text }) => text)).toEqual(['张国庆', '張國慶']);
  for (const { boxes } of found.value) expect(boxes).toHaveLength(1);
});
