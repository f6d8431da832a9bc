import { occurrences } from '../text/occurrences.ts';
import { compact, digits, gap, isBroken, notAfterDigit, notBeforeDigit } from '../text/spaced-digits.ts';
import type { Detector } from './detector.ts';

const pattern = new RegExp(
  `${notAfterDigit}(?<![A-Za-z])(?:\\+?86${gap})?1${gap}[3-9]${gap}${digits(9)}${notBeforeDigit}`,
  'g',
);

/** The ways a number is written apart: 3-4-4, 3-3-5, 4-3-4, digit by digit, or one break (a line end). */
const usualGroups = /^(?:\+?86)?(?:3,4,4|3,3,5|4,3,4|5,6|(?:1,)+1|\d+,\d+|11)$/;
const groups = (text: string): string =>
  text
    .replace(/^\+?86[\s-]*/, '')
    .split(/[\s\-·.]+/)
    .map((part) => part.length)
    .join(',');

/** 手机号码. */
export const mobile: Detector = {
  rule: 'mobile',
  kind: 'mobile',
  severity: 'medium',
  why: {
    zh: '手机号码多属个人，未经本人同意不应公开（政府信息公开条例第十五条）。',
    en: 'A mobile number mostly belongs to a person and needs their consent (OGI Regulations, art. 15).',
  },
  detect: ({ text }) =>
    occurrences(text, pattern, (match) => {
      if (compact(match[0]).replace(/^\+?86/, '').length !== 11) return undefined;
      if (isBroken(match[0]) && !usualGroups.test(groups(match[0]))) return undefined;
      // One break counts only at a line end or where people put it: «13 812345678» is two numbers.
      if (
        /^\d+,\d+$/.test(groups(match[0])) &&
        !match[0].includes('\n') &&
        !/^(?:3,8|7,4|4,7|5,6)$/.test(groups(match[0]))
      )
        return undefined;
      return {
        start: match.index,
        end: match.index + match[0].length,
        sure: isBroken(match[0]) ? 0.8 : 0.95,
      };
    }),
};
