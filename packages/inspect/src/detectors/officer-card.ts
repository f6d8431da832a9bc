import { around, occurrences } from '../text/occurrences.ts';
import { compact, digits, gap, notBeforeDigit } from '../text/spaced-digits.ts';
import { labelled } from '../text/words.ts';
import type { Detector } from './detector.ts';

const issued = new RegExp(
  `[军武士文义兵警海空南北沈兰成济广政后装][ \\n]?字[ \\n]?第?[ \\n]?${digits(5)}(?:${gap}\\d){0,3}[ ]?号?${notBeforeDigit}`,
  'g',
);
/** Of a soldier, not of a document: 「军字第…号」 alone is said of both. */
const own = /^[军武士义]/;
const label = /军官证|士兵证|文职(?:人员|干部)?证|军人(?:证|保障卡)|警官证|人民警察证|军人身份|警号|学员证/;
const bare = new RegExp(
  `(?:军官证|士兵证|警官证|人民警察证|警号)(?:号码?)?[ \\n]?[:]?[ \\n]?${digits(6)}(?:${gap}\\d){0,3}${notBeforeDigit}`,
  'g',
);

/** 军官证、士兵证、警官证号. */
export const officerCard: Detector = {
  rule: 'officer-card',
  kind: 'officer-card',
  severity: 'high',
  why: {
    zh: '军人、警察证件号码不应公开（政府信息公开条例第十五条；军人身份信息另受保护）。',
    en: 'The number of a soldier’s or police officer’s card must not be published (OGI Regulations, art. 15).',
  },
  detect: ({ text }) => {
    const numbered = occurrences(text, issued, (match) => {
      const end = match.index + match[0].length;
      const said =
        labelled(text, match.index, label) ?? (label.test(around(text, end, end, 0, 12)) || undefined);
      if (said === undefined && !(own.test(match[0]) && compact(match[0]).replace(/\D/g, '').length >= 6))
        return undefined;
      return { start: match.index, end, sure: said === undefined ? 0.6 : 0.9 };
    });
    const plain = occurrences(text, bare, (match) => ({
      start: match.index,
      end: match.index + match[0].length,
      sure: 0.85,
    }));
    return [...numbered, ...plain];
  },
};
