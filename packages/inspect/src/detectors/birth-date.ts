import { occurrences } from '../text/occurrences.ts';
import type { Detector } from './detector.ts';

const day =
  '(?:19|20)[ \\n]?\\d[ \\n]?\\d[ \\n]?(?:年[ \\n]?\\d{1,2}[ \\n]?月(?:[ \\n]?\\d{1,2}[ \\n]?[日号])?|[-./]\\d{1,2}(?:[-./]\\d{1,2})?|(?:0[1-9]|1[0-2])(?:[0-2]\\d|3[01])?(?!\\d))';
const label =
  '(?:出[ \\n]?生(?:[ \\n]?日[ \\n]?期|[ \\n]?年[ \\n]?月(?:[ \\n]?日)?|[ \\n]?时间|于)?|生日|生于|诞生于)';
const labelFirst = new RegExp(`${label}[ \\n]?(?:[(][^()]{0,8}[)])?[:]?[ \\n]?${day}`, 'g');
const labelLast = new RegExp(`${day}[ \\n]?(?:出[ \\n]?生|生(?=[,;。)( \\n、]|$))`, 'g');
const wholeDay = /[日号]|[-./]\d{1,2}[-./]\d{1,2}|(?:19|20)\d{6}/;

/** 出生日期. Year and month alone are published of officials (任前公示), hence a glance. */
export const birthDate: Detector = {
  rule: 'birth-date',
  kind: 'birth-date',
  severity: 'medium',
  why: {
    zh: '出生日期是个人信息，与姓名一起可以识别到人（政府信息公开条例第十五条）。',
    en: 'A date of birth; with a name it identifies a person (OGI Regulations, art. 15).',
  },
  together: true,
  detect: ({ text }) =>
    [labelFirst, labelLast].flatMap((pattern) =>
      occurrences(text, pattern, (match) => {
        const place = { start: match.index, end: match.index + match[0].length, sure: 0.85 };
        return wholeDay.test(match[0]) ? place : { ...place, severity: 'low' as const };
      }),
    ),
};
