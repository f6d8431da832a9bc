import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReleasePlan } from '@gongkai/core';
import { afterAll, describe, expect, it } from 'vitest';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import {
  changed,
  plan,
  redacting,
  stampOf,
  textOf,
  typeset,
} from '../../packages/render/src/release/specimen.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-margin-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Shown = NonNullable<ReleasePlan['groundsShown']>;
const body = '= 公示\n姓名张，编号甲乙。住址幸福路八号院，电话见附件。\n\n第二段：村级财务收支。';
const source = typeset(body);

const made = async (words: Readonly<Record<string, string>>, groundsShown: Shown, pdf = source) => {
  const redactions = await Promise.all(Object.entries(words).map(([it, label]) => redacting(pdf, it, label)));
  const out = await release(pdf, plan({ redactions, stamp: stampOf, groundsShown }));
  if (!out.ok) throw new Error(JSON.stringify(out.error));
  return { pdf: out.value.pdf, asked: { redactions, own: [stampOf.office], groundsShown } };
};
let files = 0;
const proven = async (after: Uint8Array, asked: Parameters<typeof prove>[2], before = source) => {
  files += 1;
  const [pages, released] = [join(folder, `${files}.pdf`), join(folder, `${files}-release.pdf`)];
  await Promise.all([writeFile(pages, before), writeFile(released, after)]);
  const said = await prove(pages, released, asked);
  return said.ok ? 'proven' : said.error.details?.detail;
};
describe('a ground beside its line', () => {
  it('stands there when its box has no room for it', async () => {
    const { pdf, asked } = await made({ 张: '个人隐私', 幸福路八号院: '个人隐私' }, 'box');
    if (process.env.LOOK) await writeFile(process.env.LOOK, pdf);
    expect((await textOf(pdf)).join('').split('个人隐私')).toHaveLength(3);
    expect(await proven(pdf, asked)).toBe('proven');
  });

  it('is numbered in the order of the boxes, where they have several grounds', async () => {
    const { pdf, asked } = await made({ 甲: '商业秘密', 张: '个人隐私' }, 'box');
    expect((await textOf(pdf)).join('')).toContain('①个人隐私②商业秘密');
    expect(await proven(pdf, asked)).toBe('proven');
  });

  it('stands there alone when the policy says so', async () => {
    const { pdf, asked } = await made({ 幸福路八号院: '个人隐私' }, 'margin');
    if (process.env.LOOK) await writeFile(`${process.env.LOOK}.2.pdf`, pdf);
    expect((await textOf(pdf)).join('').split('个人隐私')).toHaveLength(2);
    expect(await proven(pdf, asked)).toBe('proven');
  });

  it('does not stand over what is in the margin already', async () => {
    const full = await changed(source, (it) => {
      for (const x of [0, 340]) it.getPage(0).drawRectangle({ x, y: 0, width: 80, height: 595 });
    });
    const { pdf, asked } = await made({ 张: '个人隐私' }, 'box', full);
    expect((await textOf(pdf)).join('')).not.toContain('个人隐私');
    expect(await proven(pdf, asked, full)).toBe('proven');
  });

  it('is the only thing that may have come there', async () => {
    const { pdf, asked } = await made({ 张: '个人隐私' }, 'box');
    const other = await made({ 张: '张三丰的' }, 'box');
    expect(await proven(other.pdf, asked)).toMatch(/looks otherwise|letters of its own|still stands/);
    const drawn = await changed(pdf, (it) =>
      it.getPage(0).drawRectangle({ x: 392, y: 480, width: 12, height: 8 }),
    );
    expect(await proven(drawn, asked)).toMatch(/looks otherwise|letters of its own/);
  });
});
