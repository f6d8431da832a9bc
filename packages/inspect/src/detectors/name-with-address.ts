import type { Detector } from './detector.ts';
import { namings } from './person.ts';

/** Who acts in office and is named with an address all the same: mostly where they live or can be visited. */
const contact = /(?:联系人|负责人|法定代表人|收件人)[ \n:]{0,3}$/;
const comrade = /^[ ]?同志/;
const homeLabel = /住|户籍/;
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

/** A sentence, or the line and the next one: what comes later is somebody else's. */
const reach = 140;
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
  detect: (normalised) => {
    const { text } = normalised;
    return namings(normalised).flatMap(({ start, end: nameEnd, use }) => {
      const after = window.exec(text.slice(nameEnd, nameEnd + reach))?.[0] ?? '';
      const meant =
        use === 'private' || comrade.test(after) || contact.test(text.slice(Math.max(0, start - 10), start));
      const length = meant ? addressEnd(after) : undefined;
      if (length === undefined) return [];
      return [{ start, end: nameEnd + length, sure: homeLabel.test(after.slice(0, length)) ? 0.85 : 0.7 }];
    });
  },
};
