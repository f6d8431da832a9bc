// A process of its own for `bindVolume`, so that its peak memory can be told. Cold: a year is bound once.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BoundEntry, VolumePlan } from '@gongkai/core';
import { firstPages } from '@gongkai/core';
import { bindVolume } from '@gongkai/render';
import { jobGiven } from './program.ts';

/** The same release `times` over: `pages` is what each has. */
export type BindJob = {
  readonly release: string;
  readonly pages: number;
  readonly times: number;
  readonly output: string;
};
export type BindAnswer = {
  readonly ms: number;
  readonly pages: number;
  readonly bytes: number;
  readonly peakMb: number;
};

const { release, pages, times, output } = jobGiven<BindJob>();
const sha256 = createHash('sha256').update(readFileSync(release)).digest('hex');
const entries = Array.from({ length: times }, (_, n): BoundEntry => {
  const day = `2026-${String((n % 12) + 1).padStart(2, '0')}-15`;
  return {
    title: `2026年第${n + 1}批惠农补贴资金发放明细公示`,
    documentNumber: `示政公〔2026〕${n + 1}号`,
    indexNumber: `000000019/2026-${String(n + 1).padStart(5, '0')}`,
    office: ['示例县人民政府办公室', '示例县财政局', '示例县农业农村局'][n % 3] ?? '',
    column: '通知公告',
    generatedOn: day,
    publishedOn: day,
    standing: 'public',
    notice: '',
    code: '7K3MZ9Q2XW4V8T5R',
    files: [{ sha256, pages }],
  };
});
const first = firstPages(entries);
const plan: VolumePlan = {
  office: '示例县人民政府办公室',
  title: '2026年政府信息公开文件汇编',
  scope: '全部栏目',
  createdAt: '2026-12-31T00:00:00.000Z',
  volume: 1,
  of: 1,
  entries,
  index: entries.map(({ title, documentNumber, office }, n) => ({
    title,
    documentNumber,
    office,
    volume: 1,
    page: first[n] ?? 1,
  })),
};
const started = performance.now();
const bound = await bindVolume({ plan, files: entries.map(() => release), output });
if (!bound.ok) throw new Error(JSON.stringify(bound.error));
process.send?.({
  ms: performance.now() - started,
  pages: bound.value.pages,
  bytes: bound.value.bytes,
  peakMb: process.resourceUsage().maxRSS / 1024,
} satisfies BindAnswer);
