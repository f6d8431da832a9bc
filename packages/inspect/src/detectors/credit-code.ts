import { occurrences } from '../text/occurrences.ts';
import type { Detector } from './detector.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const pattern = /(?<![A-Za-z0-9])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![A-Za-z0-9*])/g;

/** GB 32100-2015. */
const checkHolds = (code: string): boolean => {
  const sum = weights.reduce(
    (total, weight, place) => total + weight * alphabet.indexOf(code.charAt(place)),
    0,
  );
  return alphabet[(31 - (sum % 31)) % 31] === code[17];
};

/** 统一社会信用代码: public by nature, shown so that a sole trader's (9xx, an individual) is noticed. */
export const creditCode: Detector = {
  rule: 'credit-code',
  kind: 'credit-code',
  severity: 'low',
  why: {
    zh: '统一社会信用代码一般可以公开；个体工商户的请留意是否涉及个人。',
    en: 'A unified social credit code is public; a sole trader’s may lead to a person.',
  },
  detect: ({ text }) =>
    occurrences(text, pattern, (match) =>
      checkHolds(match[0])
        ? { start: match.index, end: match.index + match[0].length, sure: 0.95 }
        : undefined,
    ),
};
