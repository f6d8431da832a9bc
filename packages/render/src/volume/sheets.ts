import { readFileSync } from 'node:fs';
import {
  type BoundEntry,
  firstPages,
  pagesOfEntry,
  type Refusal,
  type Result,
  type VolumePlan,
} from '@gongkai/core';
import { families } from '../fonts/index.ts';
import { day } from '../form/index.ts';
import { compileTypst } from '../typst/index.ts';

const template = readFileSync(new URL('./volume.typ', import.meta.url), 'utf8');

const standings: Record<BoundEntry['standing'], string> = {
  public: '公开中',
  expired: '公开期满',
  ended: '已停止公开',
  replaced: '已被新文件代替',
  withdrawn: '已撤回',
};

const digits = [...'〇一二三四五六七八九'];

/** 卷次 in words: 一 … 九十九, beyond that in figures. */
export const inWords = (n: number): string => {
  if (n > 99) return String(n);
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`;
  return `${ten}${ones === 0 && tens > 0 ? '' : digits[ones]}`;
};

const collator = new Intl.Collator('zh-Hans-CN', { numeric: true });

/** `2026.11.03`, narrow enough for a column. */
const short = (date: string): string => date.replaceAll('-', '.');

const indexOf = ({ index, volume }: VolumePlan) => {
  const line = (one: VolumePlan['index'][number], text: string) => ({
    text,
    where: `${index.some((it) => it.volume !== 1) ? `卷${inWords(one.volume)}·` : ''}${one.page}`,
    // Only what is in this volume can be gone to.
    page: one.volume === volume ? one.page : 0,
  });
  const offices = [...new Set(index.map(({ office }) => office))].sort(collator.compare);
  return {
    byOffice: offices.map((office) => ({
      office: office || '（未写明机构）',
      lines: index.filter((one) => one.office === office).map((one) => line(one, one.title)),
    })),
    byNumber: index
      .filter(({ documentNumber }) => documentNumber !== '')
      .sort(
        (a, b) =>
          collator.compare(a.documentNumber, b.documentNumber) || a.volume - b.volume || a.page - b.page,
      )
      .map((one) => line(one, one.documentNumber)),
  };
};

const entryView = (entry: BoundEntry, n: number, first: number) => ({
  ...entry,
  n: n + 1,
  page: first,
  title: entry.standing === 'withdrawn' ? '（已撤回，不再提供）' : entry.title,
  standingName: standings[entry.standing],
  generatedOn: entry.generatedOn === '' ? '' : day(entry.generatedOn),
  publishedOn: day(entry.publishedOn),
  publishedShort: short(entry.publishedOn),
  until: entry.lastDay === undefined ? '长期公开' : `至${day(entry.lastDay)}`,
  endedOn: entry.endedOn === undefined ? '' : day(entry.endedOn),
  pages: pagesOfEntry(entry) - 1,
});

/** 封面、目录 | 隔页 | 索引: the sheets of our own in a volume, each kind a PDF (PDF/A-2a, tagged). */
export type Sheets = {
  readonly front: Uint8Array;
  readonly separators: Uint8Array;
  readonly back: Uint8Array;
};

/** The address that a link in our own sheets carries until it is made a place in the volume. */
export const PAGE_LINK = 'gongkai-page:';

export const setSheets = (plan: VolumePlan): Result<Sheets, Refusal> => {
  const first = firstPages(plan.entries);
  const entries = plan.entries.map((entry, n) => entryView(entry, n, first[n] ?? 1));
  const dates = plan.entries.map(({ publishedOn }) => publishedOn).sort();
  const columns = [...new Set(entries.map(({ column }) => column))];
  const data = {
    ...plan,
    entries,
    volumeName: plan.of === 1 ? '全一卷' : `第${inWords(plan.volume)}卷`,
    ofName: plan.of === 1 ? '' : `共${inWords(plan.of)}卷`,
    from: day(dates[0] ?? ''),
    to: day(dates.at(-1) ?? ''),
    made: day(plan.createdAt),
    pages: plan.entries.reduce((sum, entry) => sum + pagesOfEntry(entry), 0),
    withdrawn: plan.entries.filter(({ standing }) => standing === 'withdrawn').length,
    ended: plan.entries.filter(({ standing }) => standing !== 'public' && standing !== 'withdrawn').length,
    contents: columns.map((column) => ({ column, entries: entries.filter((one) => one.column === column) })),
    index: indexOf(plan),
    link: PAGE_LINK,
  };
  const roles = ['song', 'hei', 'kai', 'fang', 'xiaobiaosong'] as const;
  const files = {
    '/data.json': Buffer.from(JSON.stringify(data)),
    '/fonts.json': Buffer.from(
      JSON.stringify(Object.fromEntries(roles.map((role) => [role, families(role)]))),
    ),
  };
  const set = (part: keyof Sheets) =>
    compileTypst({
      source: template,
      inputs: { part },
      files,
      createdAt: new Date(plan.createdAt),
      standard: 'a-2a',
    });
  const front = set('front');
  if (!front.ok) return front;
  const separators = set('separators');
  if (!separators.ok) return separators;
  const back = set('back');
  return back.ok
    ? { ok: true, value: { front: front.value, separators: separators.value, back: back.value } }
    : back;
};
