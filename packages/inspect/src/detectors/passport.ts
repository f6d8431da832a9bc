import { occurrences } from '../text/occurrences.ts';
import { digits, gap, notBeforeDigit } from '../text/spaced-digits.ts';
import { labelled } from '../text/words.ts';
import type { Detector } from './detector.ts';

/** E/EA–EH (ordinary), G, D, S, P (older and official), K/H/M (港澳 SAR), or a foreign one: one or two letters, 6 to 9 digits. */
const pattern = new RegExp(
  `(?<![A-Za-z0-9])[A-Z]${gap}[A-Z]?${gap}${digits(6)}(?:${gap}\\d){0,3}${notBeforeDigit}(?![A-Za-z])`,
  'gi',
);
const label = /护照|证件号|Passport/i;

/** 护照号. The shape alone is common (file numbers), so a label must stand near, or head the column. */
export const passport: Detector = {
  rule: 'passport',
  kind: 'passport',
  severity: 'high',
  why: {
    zh: '护照号码是个人证件信息，不应公开（政府信息公开条例第十五条）。',
    en: 'A passport number identifies a person (OGI Regulations, art. 15).',
  },
  detect: ({ text }) =>
    occurrences(text, pattern, (match) => {
      const end = match.index + match[0].length;
      const said = labelled(text, match.index, label);
      return said ? { start: match.index, end, sure: said === 'near' ? 0.85 : 0.6 } : undefined;
    }),
};
