import * as z from 'zod';
import { isoDay, line, named } from './field.ts';

/** 主动公开政府信息目录（月报）: what 条例 §12 asks of a catalogue (索引、名称、内容概述、生成日期), for one month. */
export const monthlyList = z.strictObject({
  office: named('机关', 'Office', line),
  month: named('月份（如 2026-03）', 'Month', z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)),
  items: named(
    '信息',
    'Items',
    z
      .array(
        z.strictObject({
          indexNumber: named('索引号', 'Index number', line),
          title: named('名称', 'Title', line),
          documentNumber: named('文号', 'Document number', z.string().trim().max(200).default('')),
          summary: named('内容概述', 'Summary', z.string().trim().max(500).default(''), { lines: 2 }),
          generatedOn: named('生成日期', 'Made on', isoDay),
          publishedOn: named('公开日期', 'Published on', isoDay),
        }),
      )
      .max(2000)
      .default([]),
  ),
  preparedBy: named('填报人', 'Prepared by', line.optional()),
  date: named('填报日期', 'Date', isoDay),
});
