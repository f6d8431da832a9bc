import { around, occurrences } from '../text/occurrences.ts';
import { notAfterDigit, notBeforeDigit } from '../text/spaced-digits.ts';
import type { Detector, Match } from './detector.ts';

const withArea = new RegExp(
  `${notAfterDigit}(?:\\+?86[ -]?)?[(（]?0(?:10|2\\d|[3-9]\\d{2})[)）]?[ \\-—–]?[2-9]\\d{2,3}[ -]?\\d{4}${notBeforeDigit}`,
  'g',
);
const bare = new RegExp(`${notAfterDigit}[2-9]\\d{2,3}[ -]?\\d{4}${notBeforeDigit}`, 'g');
const label = /电话|热线|传真|座机|号码|联系方式|Tel|Fax/i;
const home = /住宅|宅电|家庭电话|家里|家中/;

const graded = (text: string, match: RegExpExecArray, sure: number): Match => {
  const start = match.index;
  const end = start + match[0].length;
  return home.test(around(text, start, end, 12))
    ? { start, end, sure, severity: 'medium' }
    : { start, end, sure };
};

/** 固定电话. An office's line is meant to be public, a home's is not. */
export const landline: Detector = {
  rule: 'landline',
  kind: 'landline',
  severity: 'low',
  why: {
    zh: '固定电话号码：单位电话可以公开，住宅电话不可。',
    en: 'A landline number: an office’s is public, a home’s is not.',
  },
  detect: ({ text }) => {
    const area = occurrences(text, withArea, (match) => graded(text, match, 0.8));
    const near = occurrences(text, bare, (match) => {
      const start = match.index;
      if (area.some((other) => start >= other.start && start < other.end)) return undefined;
      return label.test(around(text, start, start, 16)) ? graded(text, match, 0.7) : undefined;
    });
    return [...area, ...near];
  },
};
