import { readFileSync } from 'node:fs';
import { monthlyList as schema } from '@gongkai/core';
import type * as z from 'zod';
import { day } from '../beijing-time.ts';

export { schema };

type List = z.infer<typeof schema>;

/** 2026年3月 */
const monthOf = ({ month }: List): string => day(`${month}-01`).replace(/1日$/u, '');

export const title = (data: List): string => `${data.office}${monthOf(data)}主动公开政府信息目录`;

export const template = readFileSync(new URL('./monthly-list.typ', import.meta.url), 'utf8');

export const view = (data: List): Record<string, unknown> => ({
  ...data,
  titleLines: [title(data)],
  month: monthOf(data),
  date: day(data.date),
});
