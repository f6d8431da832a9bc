import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeForm, type FormData, formNames } from '@gongkai/render';
import { afterAll, describe, expect, it } from 'vitest';
import { notice, reply, report } from '../../packages/render/src/form/official-letter/letters.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { plan, stampOf } from '../../packages/render/src/release/specimen.ts';
import { notRun } from '../not-run.ts';
import { judge, noVeraPdf } from './verapdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-forms-pdfa-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = new Date('2026-11-23T08:00:00+08:00');
const hash = '3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b';
const office = '三村镇人民政府';

/** Each form, filled so that it has its tables, lists, headings and codes. */
const filled: { readonly [N in keyof FormData]: readonly FormData[N][] } = {
  'official-letter': [notice, reply, report],
  'withdrawal-notice': [
    {
      office,
      title: '财务收支情况公示',
      indexNumber: '000014349/2026-00013',
      publishedOn: '2026-11-01',
      withdrawnOn: '2026-11-23',
      reason: '数据有误',
    },
  ],
  'review-sheet': [
    {
      number: 'SC-2026-0013',
      office,
      title: '财务收支情况公示',
      department: '党政办公室',
      handler: '李小明',
      disclosure: '主动公开',
      findings: Array.from({ length: 60 }, (_, n) => ({
        page: n + 1,
        kind: '手机号码',
        text: '138****8000',
        answer: '遮盖',
      })),
      decisions: [{ checkpoint: 'self', verdict: 'approve', name: '李小明', at: '2026-11-23T00:05:00Z' }],
      files: [{ name: '正文.pdf', sha256: hash }],
      binding: hash,
    },
  ],
  'request-receipt': [
    {
      office,
      register: '2026-0007',
      applicant: '李小明',
      channel: 'post',
      receivedOn: '2026-02-10',
      asked: '2025年度低保对象名单',
      replyBy: '2026-03-16',
      handler: '王芳',
      date: '2026-02-10',
    },
  ],
  'request-reply': [
    {
      office,
      number: '三政公开告〔2026〕3号',
      applicant: '李小明',
      register: '2026-0007',
      receivedOn: '2026-02-10',
      asked: '2025年度低保对象名单。',
      outcome: 'withheld',
      ground: 'privacy',
      reason: '第三方不同意公开',
      access: '1号窗口',
      items: ['信息的名称、文号', '获取方式；'],
      correctBy: '2026-03-20',
      reviewBody: '县人民政府',
      court: '县人民法院',
      date: '2026-03-09',
    },
  ],
  'monthly-list': [
    {
      office,
      month: '2026-03',
      date: '2026-04-01',
      items: Array.from({ length: 40 }, () => ({
        indexNumber: '11441700007280420Y/2026-00050',
        title: '村级财务收支情况公示',
        documentNumber: '三政发〔2026〕8号',
        summary: '公布第一季度财务收支。',
        generatedOn: '2026-03-02',
        publishedOn: '2026-03-06',
      })),
    },
  ],
  'notice-poster': [
    {
      paper: 'a3',
      office,
      heading: '公示栏',
      phone: '2976300',
      site: 'https://sancun.example.gov.cn',
      madeAt: at.toISOString(),
      boards: [
        {
          name: '公示栏',
          items: [
            {
              title: '惠农补贴资金发放明细公示',
              office,
              indexNumber: '000000035/2026-00001',
              publishedOn: '2026-11-03',
              lastDay: '2026-11-18',
              url: 'https://sancun.example.gov.cn/item/pub_1',
            },
          ],
        },
      ],
    },
  ],
};

const none = notRun(noVeraPdf !== undefined, 'forms by veraPDF', noVeraPdf ?? '');
describe.skipIf(none)('every form', () => {
  it('is PDF/A-2a and PDF/UA-1 as composed; published it passes all machine checks of PDF/UA-1 but the claim', async () => {
    const composed: string[] = [];
    const published: string[] = [];
    for (const name of formNames)
      for (const [n, data] of filled[name].entries()) {
        const made = composeForm(name, data, at);
        if (!made.ok) throw new Error(`${name}: ${JSON.stringify(made.error)}`);
        const out = await release(made.value, plan({ stamp: stampOf }));
        if (!out.ok) throw new Error(`${name}: ${out.error.code}`);
        expect(out.value.archivalLevel, name).toBe('A');
        for (const [paths, pdf] of [
          [composed, made.value],
          [published, out.value.pdf],
        ] as const) {
          const path = join(folder, `${name}-${n}-${paths === composed ? 'composed' : 'published'}.pdf`);
          await writeFile(path, pdf);
          paths.push(path);
        }
      }
    expect(composed).toHaveLength(formNames.length + 2);
    for (const { path, failed } of await judge('2a', [...composed, ...published]))
      expect([...failed.values()], path).toEqual([]);
    for (const { path, failed } of await judge('ua1', composed))
      expect([...failed.values()], path).toEqual([]);
    // 5-1: a release does not claim it, for it may be of anybody's tags (docs/decisions.md).
    for (const { path, failed } of await judge('ua1', published))
      expect([...failed.keys()], `${path} ${[...failed.values()].join('\n')}`).toEqual(['5-1']);
  }, 240_000);
});
