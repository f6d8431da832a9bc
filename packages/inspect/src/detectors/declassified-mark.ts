import type { Detector } from './detector.ts';
import { secrecyLevels } from './secrecy-level.ts';

const note = /已[ ]?解[ ]?密|^[\s(【[]*解[ ]?密[\s)】\]]*$/gm;

/** 已解密: a former secret. The mark must have been changed in due form (实施条例 art. 21), which a person checks. */
export const declassifiedMark: Detector = {
  rule: 'declassified-mark',
  kind: 'declassified-mark',
  severity: 'high',
  why: {
    zh: '标有已解密。解密后是否公开须另行审查（保守国家秘密法第二十四条、第三十五条）。',
    en: 'Marked as declassified. Whether it may be public is a question of its own (Secrets Law, arts. 24, 35).',
  },
  detect: (text) => {
    const marks = secrecyLevels(text)
      .filter(({ use }) => use === 'declassified')
      .map(({ start, end, sure }) => ({ start, end, sure }));
    if (marks.length > 0) return marks;
    return [...text.text.matchAll(note)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      sure: 0.6,
    }));
  },
};
