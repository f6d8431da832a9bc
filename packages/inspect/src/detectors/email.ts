import { occurrences } from '../text/occurrences.ts';
import type { Detector } from './detector.ts';

const pattern =
  /(?<![\w.+*-])[A-Za-z0-9][\w.+-]{0,63}[ \n]?(?:@|[([]at[)\]])[ \n]?(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,18}(?![\w-])/gi;
const office = /@(?:[\w-]+\.)*(?:gov|edu|org|mil)(?:\.cn)?$/i;
const example = /@(?:[\w-]+\.)*example(?:\.(?:com|org|net))?$/i;

/** 电子邮箱. An office's address (gov.cn) is meant to be public. */
export const email: Detector = {
  rule: 'email',
  kind: 'email',
  severity: 'medium',
  why: {
    zh: '电子邮箱：个人邮箱不应公开，单位邮箱可以。',
    en: 'An e-mail address: a person’s should not be published, an office’s may.',
  },
  detect: ({ text }) =>
    occurrences(text, pattern, (match) => {
      const place = { start: match.index, end: match.index + match[0].length };
      const written = match[0].replace(/[([]at[)\]]/i, '@').replace(/\s/g, '');
      if (office.test(written) || example.test(written)) return { ...place, sure: 0.9, severity: 'low' };
      return { ...place, sure: 0.9 };
    }),
};
