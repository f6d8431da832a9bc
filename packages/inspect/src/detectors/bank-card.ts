import { around, occurrences } from '../text/occurrences.ts';
import { compact, digits, gap, notAfterDigit, notBeforeDigit } from '../text/spaced-digits.ts';
import type { Detector } from './detector.ts';

/** Longest first: a 19-digit card must not be cut to 16. */
const pattern = new RegExp(`${notAfterDigit}${digits(16)}(?:${gap}\\d){0,3}${notBeforeDigit}`, 'g');

/** Prefix → lengths. UnionPay 62/60/68/9558/9559/955, Visa 4, MasterCard 5, JCB 35. */
const issued = (card: string): boolean => {
  if (/^62\d+$/.test(card)) return card.length >= 16 && card.length <= 19;
  if (/^(?:9558|9559|955)\d+$/.test(card)) return card.length === 19;
  if (/^(?:60|68)\d+$/.test(card)) return card.length === 16 || card.length === 18 || card.length === 19;
  return /^(?:4\d{15}|5[1-5]\d{14}|35\d{14})$/.test(card);
};

const luhn = (card: string): boolean => {
  let sum = 0;
  for (let place = 0; place < card.length; place++) {
    const digit = Number(card[card.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

const label = /卡号|账号|帐号|账户|帐户|银行|开户|一卡通|存折|惠农|社保卡|打卡/;

/** 银行卡号: issuer prefix, length and Luhn; without the Luhn digit only beside a word such as 卡号. */
export const bankCard: Detector = {
  rule: 'bank-card',
  kind: 'bank-card',
  severity: 'high',
  why: {
    zh: '银行卡号、账号属个人财产信息，不应公开（个人信息保护法第二十八条）。',
    en: 'A bank card or account number is sensitive personal information (PIPL, art. 28).',
  },
  detect: ({ text }) =>
    occurrences(text, pattern, (match) => {
      const card = compact(match[0]);
      const end = match.index + match[0].length;
      const labelled = label.test(around(text, match.index, end, 30));
      const place = { start: match.index, end };
      if (issued(card) && luhn(card)) return { ...place, sure: labelled ? 0.99 : 0.85 };
      if (labelled && issued(card)) return { ...place, sure: 0.6, severity: 'medium' };
      return undefined;
    }),
};
