import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectPdf } from '@gongkai/inspect';
import { compileTypst } from '@gongkai/render';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'personal-data-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const table = (columns: number, ...cells: readonly string[]): string =>
  `#table(columns: ${columns}, ${cells.map((cell) => `[${cell}]`).join(', ')})`;

/** What a person must answer on a page that an office might make; everybody in it is made up. */
const asked = async (body: string): Promise<string[]> => {
  const made = compileTypst({
    source: `#set page(paper: "a4")\n#set text(font: "Noto Serif SC", size: 12pt, lang: "zh")\n${body}`,
    createdAt: new Date('2026-01-01T00:00:00.000Z'),
    tagged: false,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const path = join(folder, 'page.pdf');
  writeFileSync(path, made.value);
  const seen = await inspectPdf({ path });
  if (!seen.ok) throw new Error(seen.error.code);
  return seen.value.findings
    .filter(({ severity, removedByRender }) => severity !== 'low' && !removedByRender)
    .map(({ kind, severity, text }) => `${kind} ${severity} ${text}`)
    .sort();
};

it.each([
  [
    'households on relief',
    table(
      6,
      ...['序号', '户主姓名', '家庭人口', '保障人数', '月保障金', '家庭住址'],
      ...['1', '王小丽', '3', '2', '860', '三村镇李家村二组'],
      ...['2', '张建国', '2', '2', '920', '三村镇王家村一组'],
      ...['3', '欧阳明', '1', '1', '430', '三村镇赵家村'],
    ),
    ['aggregation high 序号 户主姓名 家庭人口 保障人数 月保障金 家庭住址'],
  ],
  [
    'candidates with their marks',
    table(
      5,
      ...['姓名', '性别', '准考证号', '毕业院校', '总成绩'],
      ...['王小丽', '女', '20130515001', '辽宁大学', '78.5'],
      ...['张建国', '男', '20130515002', '沈阳大学', '77.2'],
    ),
    ['aggregation medium 姓名 性别 准考证号 毕业院校 总成绩'],
  ],
  [
    'children and their parents’ numbers',
    table(
      4,
      ...['班级', '姓名', '学号', '家长电话'],
      ...['三年级一班', '王小明', '2013001', '13812345678'],
      ...['三年级一班', '李小红', '2013002', '13912345678'],
    ),
    ['aggregation high 班级 姓名 学号 家长电话', 'mobile medium 13812345678', 'mobile medium 13912345678'],
  ],
  [
    'the sick and what they were paid',
    table(
      4,
      ...['姓名', '病种', '医疗总费用', '补偿金额'],
      ...['王小丽', '肺癌', '56,000', '30,000'],
      ...['张建国', '尿毒症', '80,000', '52,000'],
    ),
    ['aggregation high 姓名 病种 医疗总费用 补偿金额'],
  ],
  [
    'the next page of a table, without its head',
    table(
      3,
      ...['12', '王小丽', '13812345678'],
      ...['13', '张建国', '13912345678'],
      ...['14', '刘洋', '13712345678'],
    ),
    [
      'aggregation high 王小丽、张建国、刘洋',
      'mobile medium 13712345678',
      'mobile medium 13812345678',
      'mobile medium 13912345678',
    ],
  ],
  [
    'a decision to fine somebody',
    '当事人：张建国，男，1975年3月7日出生，汉族，住辽宁省本溪市明山区峪明路7号3单元501室，公民身份号码：11010119900307109X。',
    [
      expect.stringMatching(/^aggregation high 张建国、男、汉族/),
      'birth-date medium 1975 年 3 月 7 日出生',
      'resident-id high 11010119900307109X',
    ],
  ],
])('finds on a page: %s', async (_, body, expected) => {
  expect(await asked(body)).toEqual(expected);
});

it.each([
  [
    'who is on duty',
    table(
      4,
      ...['姓名', '职务', '办公电话', '值班日期'],
      ...['李志强', '局长', '0414-4822345', '5月1日'],
      ...['刘洋', '科长', '0414-4822346', '5月2日'],
    ),
  ],
  [
    'an appointment',
    '关于李志强等同志职务任免的通知 \\ 任命李志强为县财政局局长，免去王建国的县财政局局长职务。',
  ],
  [
    'a call for tenders',
    '采购人：本溪县财政局，地址：本溪县小市镇长江路12号，联系人：刘洋，电话：0414-4822345。',
  ],
  ['people who are masked already', '患者王某，女，35岁；低保户张\\*\\*；申请人李×。'],
  [
    'a table of projects',
    table(
      3,
      ...['项目', '金额', '备注'],
      ...['道路硬化', '120万元', '已完工'],
      ...['路灯安装', '30万元', '在建'],
    ),
  ],
])('asks nothing about: %s', async (_, body) => {
  expect(await asked(body)).toEqual([]);
});
