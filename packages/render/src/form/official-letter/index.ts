import { readFileSync } from 'node:fs';
import { officialLetter as schema } from '@gongkai/core';
import type * as z from 'zod';
import { day } from '../beijing-time.ts';
import { bodyOf } from '../body.ts';
import { titleLines } from '../title-lines.ts';

export { schema };

type Letter = z.infer<typeof schema>;

export const title = (data: Letter): string => titleLines(data.title).join('');

export const template = readFileSync(new URL('./official-letter.typ', import.meta.url), 'utf8');

const withoutEnd = (text: string): string => text.trim().replace(/[。；，、：:,;.\s]+$/u, '');

/** 抄送 ends in a full stop, 主送 in a colon (the template's), the name of an attachment in nothing (7.3.2, 7.3.4, 7.4.2). */
export const view = (data: Letter): Record<string, unknown> => ({
  ...data,
  mark:
    data.mark === undefined
      ? { names: data.offices, suffix: data.layout === 'document' ? '文件' : '' }
      : { names: [data.mark], suffix: '' },
  titleLines: titleLines(data.title),
  recipients: withoutEnd(data.recipients),
  parts: bodyOf(data.body),
  attachments: data.attachments.map((it) => ({
    title: withoutEnd(it.title),
    lines: titleLines(withoutEnd(it.title)),
    parts: bodyOf(it.body),
  })),
  date: day(data.date),
  ...(data.note === undefined ? {} : { note: data.note.replace(/^[（(]|[）)]$/gu, '') }),
  ...(data.copies === undefined || data.copies === '' ? {} : { copies: `${withoutEnd(data.copies)}。` }),
  ...(data.printedBy === undefined ? {} : { printedOn: day(data.printedOn ?? data.date) }),
});
