import { around, occurrences } from '../text/occurrences.ts';
import type { Detector } from './detector.ts';

const pattern =
  /(?<![A-Za-z0-9])(?:[DEGHKMPS][A-Z]?\d{7,8}|[HM]\d{8,10}|[A-Z]\d{6,7}\(?[0-9A]\)?)(?![A-Za-z0-9*])/gi;
const label = /护照|通行证|回乡证|台胞证|港澳居民|证件号|Passport/i;

/** 护照、港澳台通行证号. The shape alone is common (file numbers), so a label must stand near. */
export const passport: Detector = {
  rule: 'passport',
  kind: 'passport',
  severity: 'high',
  why: {
    zh: '护照或通行证号码是个人证件信息，不应公开（政府信息公开条例第十五条）。',
    en: 'A passport or permit number identifies a person (OGI Regulations, art. 15).',
  },
  detect: ({ text }) =>
    occurrences(text, pattern, (match) => {
      const end = match.index + match[0].length;
      return label.test(around(text, match.index, end, 30))
        ? { start: match.index, end, sure: 0.85 }
        : undefined;
    }),
};
