import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { changed, typeset } from '../../../render/src/release/specimen.ts';
import { inspectPdf } from './inspect-pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-sign-off-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

const signOffs = async (pdf: Uint8Array) => {
  const path = join(folder, `${++files}.pdf`);
  writeFileSync(path, pdf);
  const seen = await inspectPdf({ path });
  if (!seen.ok) throw new Error(seen.error.code);
  return seen.value.signOffs ?? [];
};
const signed = (name: string, date: string, more = ''): Uint8Array =>
  typeset(`特此公告。\n\n#v(40pt)${more}#align(right, block({ set align(center); [${name}\\ ${date}] }))`);

it.each([
  ['in digits', '2026年11月3日'],
  ['in Hanzi', '二〇二六年十一月三日'],
])('署名 and a date %s are found with their places', async (_, date) => {
  const [one, more] = await signOffs(signed('三村镇人民政府', date));
  expect(more).toBeUndefined();
  expect(one).toMatchObject({ name: '三村镇人民政府', red: false });
  expect(one?.nameBox.width).toBeGreaterThan(80);
  expect(one?.dateBox.y).toBeGreaterThan((one?.nameBox.y ?? 999) + 10);
  expect(one?.bodyEnd).toBeLessThan(one?.nameBox.y ?? 0);
  expect(one?.bodyEnd).toBeGreaterThan(80);
});

it('on a page that is turned', async () => {
  const { degrees } = await import('pdf-lib');
  const pdf = await changed(signed('三村镇人民政府', '2026年11月3日'), (document) =>
    document.getPage(0).setRotation(degrees(90)),
  );
  // The text stands on its side for the reader: nothing that a seal could be pressed on upright.
  expect(await signOffs(pdf)).toEqual([]);
});

it.each([
  ['a date in a sentence', '本办法自2026年11月3日起施行。\\ 三村镇人民政府'],
  ['a sentence above a date', '请于下列日期前反馈意见，逾期不候。\\ 2026年11月3日'],
  ['a date with a place', '三村镇人民政府\\ 2026年11月3日于三村'],
  ['a form that is not filled in', '三村镇人民政府\\ 　　年　　月　　日'],
  [
    'two parties beside each other',
    '甲方：三村镇 #h(4em) 乙方：某公司\\ 2026年11月3日 #h(4em) 2026年11月4日',
  ],
])('%s is none', async (_, body) => {
  expect(await signOffs(typeset(body))).toEqual([]);
});

it('red ink around it is told: it has a seal', async () => {
  const ring = '#place(right, dx: -10pt, dy: -40pt, circle(radius: 55pt, stroke: 3pt + rgb("#d62020")))';
  expect(await signOffs(signed('三村镇人民政府', '2026年11月3日', ring))).toMatchObject([{ red: true }]);
});
