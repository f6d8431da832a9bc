import { occurrences } from '../text/occurrences.ts';
import type { Detector } from './detector.ts';
import { nameSource } from './person.ts';

/** Words that say «a person's name stands here». */
const before =
  '(?:姓名|户主|联系人|申请人|申请者|被申请人|当事人|被告人|原告|被告|受害人|被害人|死者|患者|学生|家长|村民|居民|低保户|贫困户|监护人|法定代表人|负责人|收件人|户籍人|业主|承租人)';
const trigger = `${before}[ \\n:：]{0,3}${nameSource}`;
const titled = `${nameSource}(?=[ ]?(?:同志|先生|女士|[,，(（ ]{0,2}[男女][,，,  ]))`;
const run = /[\u4e00-\u9fa5A-Za-z0-9\-—·]{4,}/g;
const level = /省|自治区|市|区|县|旗|乡|镇|街道|街道办|社区|村|屯|庄|路|街|道|巷|弄|胡同|里|小区|花园|苑/g;
const door = /\d{0,5}(?:号|组|栋|幢|单元|室|户|楼|座|队)/g;
const mostBetween = 13;

/**
 * Where an address ends that begins in `window`: at least two levels and a last one that leads to a door. Counted, not
 * matched by one expression: nested repetition over characters that are both name and level takes for ever.
 */
const addressEnd = (window: string): number | undefined => {
  for (const { index, 0: text } of window.matchAll(run)) {
    const levels = [...text.matchAll(level)]
      .map((match) => match.index + match[0].length)
      .filter((at) => at > 1);
    for (const found of text.matchAll(door)) {
      const before = levels.filter((at) => at <= found.index);
      if (before.length >= 2 && found.index - (before.at(-1) ?? 0) <= mostBetween)
        return index + found.index + found[0].length;
    }
  }
  return undefined;
};

const named = new RegExp(`(?:${trigger}|${titled})`, 'g');
/** A sentence, or the line and the next one: what comes later is somebody else's. */
const window = /^[^。\n]{0,100}\n?[^。\n]{0,30}/;

/** 姓名与住址: where a person lives. Either alone may be public, both together lead to a door. */
export const nameWithAddress: Detector = {
  rule: 'name-with-address',
  kind: 'name-with-address',
  severity: 'high',
  why: {
    zh: '姓名与住址并列，可以找到具体的人（政府信息公开条例第十五条；个人信息保护法第四条）。',
    en: 'A name together with where the person lives (OGI Regulations, art. 15; PIPL, art. 4).',
  },
  detect: ({ text }) =>
    occurrences(text, named, (match) => {
      const nameEnd = match.index + match[0].length;
      const after = window.exec(text.slice(nameEnd, nameEnd + 140))?.[0] ?? '';
      const length = addressEnd(after);
      if (length === undefined) return undefined;
      const said = match[0] + after.slice(0, length);
      return { start: match.index, end: nameEnd + length, sure: /住|户籍/.test(said) ? 0.85 : 0.7 };
    }),
};
