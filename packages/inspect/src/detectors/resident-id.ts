import { around, occurrences } from '../text/occurrences.ts';
import { compact, digits, gap, notAfterDigit } from '../text/spaced-digits.ts';
import type { Detector, Match } from './detector.ts';

const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const isDate = (year: number, month: number, day: number): boolean => {
  if (year < 1880 || year > 2099 || month < 1 || month > 12 || day < 1) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** GB 11643-1999, ISO 7064 MOD 11-2. */
const checkDigitHolds = (id: string): boolean => {
  const sum = weights.reduce((total, weight, place) => total + weight * Number(id[place]), 0);
  return '10X98765432'[sum % 11] === id[17]?.toUpperCase();
};

const label = /身份证|身份号码|公民身份|证件号|证件号码|身份证明|ID ?No|\bID\b/i;
const eighteen = new RegExp(`${notAfterDigit}${digits(17)}${gap}[\\dXx](?![\\dXx*])`, 'g');
const fifteen = new RegExp(`${notAfterDigit}${digits(15)}(?![\\dXx*])`, 'g');

const new18 = (text: string): Match[] =>
  occurrences(text, eighteen, (match) => {
    const id = compact(match[0]);
    if (!provinces.has(id.slice(0, 2))) return undefined;
    if (!isDate(Number(id.slice(6, 10)), Number(id.slice(10, 12)), Number(id.slice(12, 14))))
      return undefined;
    const end = match.index + match[0].length;
    const place = { start: match.index, end };
    if (checkDigitHolds(id)) return { ...place, sure: 0.99 };
    // A wrong check digit is mostly a typing error of a real number, but only a label makes that likely.
    return label.test(around(text, match.index, end, 30)) ? { ...place, sure: 0.7 } : undefined;
  });

const old15 = (text: string): Match[] =>
  occurrences(text, fifteen, (match) => {
    const id = compact(match[0]);
    if (!provinces.has(id.slice(0, 2))) return undefined;
    if (!isDate(1900 + Number(id.slice(6, 8)), Number(id.slice(8, 10)), Number(id.slice(10, 12))))
      return undefined;
    const end = match.index + match[0].length;
    const labelled = label.test(around(text, match.index, end, 30));
    return { start: match.index, end, sure: labelled ? 0.9 : 0.4, severity: labelled ? 'high' : 'medium' };
  });

/** 居民身份证号: 18 digits (GB 11643) with region, birth date and check digit, and the 15 digits before 1999. */
export const residentId: Detector = {
  rule: 'resident-id',
  kind: 'resident-id',
  severity: 'high',
  why: {
    zh: '居民身份证号是个人隐私，公开会损害本人权益（政府信息公开条例第十五条；个人信息保护法）。',
    en: 'A resident identity number is private; publishing it harms the person (OGI Regulations, art. 15).',
  },
  detect: ({ text }) => [...new18(text), ...old15(text)],
};
