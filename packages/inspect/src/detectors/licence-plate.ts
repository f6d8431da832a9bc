import { occurrences } from '../text/occurrences.ts';
import type { Detector } from './detector.ts';

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const pattern = new RegExp(
  `[${provinces}][ \\n]?[A-HJ-NP-Z][ \\n·•.\\-]?(?:[DF][A-HJ-NP-Z0-9]\\d{4}|\\d{5}[DF]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Za-z0-9*])`,
  'g',
);

/** 机动车号牌 (GA 36). At least two digits: «京ABCDEF» is a word, not a plate. */
export const licencePlate: Detector = {
  rule: 'licence-plate',
  kind: 'licence-plate',
  severity: 'medium',
  why: {
    zh: '车牌号可以对应到个人，公开前请确认是否为公务车辆。',
    en: 'A licence plate leads to a person; make sure that it is an official car.',
  },
  detect: ({ text }) =>
    occurrences(text, pattern, (match) =>
      (match[0].match(/\d/g)?.length ?? 0) >= 2
        ? { start: match.index, end: match.index + match[0].length, sure: 0.85 }
        : undefined,
    ),
};
