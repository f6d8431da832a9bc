import { occurrences } from '../text/occurrences.ts';
import { compact, digits, gap, notBeforeDigit } from '../text/spaced-digits.ts';
import { labelled } from '../text/words.ts';
import type { Detector } from './detector.ts';

/** H/M + 8 or 10 (港澳居民来往内地), C/W (往来港澳; a letter may follow), L/T (往来台湾), 8 digits (台胞证). */
const pattern = new RegExp(
  `(?<![A-Za-z0-9*])(?:[HM]${gap}${digits(8)}(?:${gap}\\d{2})?|[CWLT]${gap}[A-Z0-9]?${gap}${digits(7)}|(?<!\\d[-·.])${digits(8)})${notBeforeDigit}(?![A-Za-z])`,
  'gi',
);
const label = /通行证|回乡证|台胞证|港澳居民|台湾居民|入台证|往来港澳|来往内地|来往大陆/i;

/** 外国人永久居留身份证: three letters, region and birth date, 15 characters in all; its label must stand near. */
const residence = /(?<![A-Za-z0-9])[A-Z]{3}\d{12}(?![A-Za-z0-9*])/g;
const residenceLabel = /永久居留|居留证|居留身份/;

/** 港澳台居民通行证、往来港澳台通行证、外国人永久居留身份证. Short numbers: a label must say what they are. */
export const travelPermit: Detector = {
  rule: 'travel-permit',
  kind: 'travel-permit',
  severity: 'high',
  why: {
    zh: '通行证、居留证号码是个人证件信息，不应公开（政府信息公开条例第十五条）。',
    en: 'The number of a travel or residence permit identifies a person (OGI Regulations, art. 15).',
  },
  detect: ({ text }) => [
    ...occurrences(text, pattern, (match) => {
      const end = match.index + match[0].length;
      const said = labelled(text, match.index, label);
      if (said === undefined) return undefined;
      const bareDigits = /^\d{8}$/.test(compact(match[0]));
      if (bareDigits && (said === 'head' || /^(?:19|20)\d{6}$/.test(compact(match[0])))) return undefined;
      return { start: match.index, end, sure: said === 'near' ? 0.85 : 0.6 };
    }),
    ...occurrences(text, residence, (match) =>
      labelled(text, match.index, residenceLabel) === undefined
        ? undefined
        : { start: match.index, end: match.index + match[0].length, sure: 0.85 },
    ),
  ],
};
