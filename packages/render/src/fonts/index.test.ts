import { copyFileSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  covered,
  families,
  fontFiles,
  fontFor,
  fontForName,
  officeFontNames,
  roleOf,
  substitutions,
} from './index.ts';
import { readTypeface } from './typeface.ts';

it('ships fonts that exist and bear the family and weight that we say', () => {
  for (const font of fontFiles('')) {
    expect(statSync(font.path).size).toBeGreaterThan(1_000_000);
    const face = readTypeface(font.path);
    expect(face?.families).toContain(font.family);
    expect(face?.weight).toBe(font.weight);
  }
});

it.each([
  ['仿宋_GB2312', 'fang'],
  ['FangSong', 'fang'],
  ['华文仿宋', 'fang'],
  ['@仿宋', 'fang'],
  ['方正小标宋简体', 'xiaobiaosong'],
  ['方正小标宋_GBK', 'xiaobiaosong'],
  ['华文中宋', 'xiaobiaosong'],
  ['楷体_GB2312', 'kai'],
  ['KaiTi', 'kai'],
  ['黑体', 'hei'],
  ['SimHei', 'hei'],
  ['微软雅黑', 'hei'],
  ['Microsoft YaHei UI', 'hei'],
  ['等线 Light', 'hei'],
  ['宋体', 'song'],
  ['SimSun', 'song'],
  ['ＳｉｍＳｕｎ', 'song'],
  ['Times New Roman', undefined],
  ['Calibri', undefined],
  ['Wingdings', undefined],
  ['', undefined],
])('knows the font name %s as %s', (name, role) => expect(roleOf(name)).toBe(role)); // prettier-ignore

it('gives every font name on the closed list a role', () => {
  expect(officeFontNames.filter((name) => roleOf(name) === undefined)).toEqual([]);
  expect(new Set(officeFontNames).size).toBe(officeFontNames.length);
});

it('sets 仿宋 with 宋 and says so, as long as the office has none', () => {
  const fonts = fontFiles('');
  expect(fontFor('fang', fonts).family).toBe('Noto Serif SC');
  expect(fontForName('方正小标宋简体', fonts)).toMatchObject({ family: 'Noto Serif SC', weight: 700 });
  expect(families('kai', fonts)).toEqual(['Gongkai Kai', 'Noto Serif SC', 'Gongkai Rare']);
  expect(substitutions(fonts).map((it) => it.wanted)).toEqual(['小标宋', '仿宋']);
});

it("lets the office's own fonts win, and ignores what is no font", () => {
  const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
  copyFileSync(fontFor('kai', fontFiles('')).path, join(folder, 'simfang.ttf'));
  writeFileSync(join(folder, 'broken.ttf'), 'not a font');
  writeFileSync(join(folder, 'readme.txt'), 'hello');
  const fonts = fontFiles(folder);
  expect(fonts.filter((font) => font.office)).toHaveLength(1);
  // Its name table says nothing of a role that we know, so the file's name decides.
  expect(fontFor('fang', fonts)).toMatchObject({ office: true, path: join(folder, 'simfang.ttf') });
  expect(fontForName('Gongkai Kai', fonts)?.path).toBe(join(folder, 'simfang.ttf'));
  expect(substitutions(fonts).map((it) => it.wanted)).toEqual(['小标宋']);
});

it('refuses a font folder that is not there', () => {
  expect(() => fontFiles('/no/such/folder')).toThrow(/ENOENT/);
});

it('knows which characters our fonts have, and that of a file that is no font none', () => {
  const has = covered(fontFiles('').map(({ path }) => path));
  for (const one of '政A1，〔㐂𠮷𬭎龥鿿') expect([one, has(one.codePointAt(0) ?? 0)]).toEqual([one, true]);
  for (const one of '𪚥😀\u{e801}') expect([one, has(one.codePointAt(0) ?? 0)]).toEqual([one, false]);
  const broken = join(mkdtempSync(join(tmpdir(), 'fonts-')), 'broken.ttf');
  writeFileSync(broken, 'not a font');
  expect(covered([broken])(0x41)).toBe(false);
});
