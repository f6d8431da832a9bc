import { around, occurrences } from '../text/occurrences.ts';
import { labelled } from '../text/words.ts';
import type { Detector, Match } from './detector.ts';

const number = '(?:[A-Za-z]?\\d{1,5}(?:-\\d{1,5}){0,2}|[一二三四五六七八九十]{1,3})';
const part = `${number}[ \\n]?(?:号楼|号院|号|组|栋|幢|单元|室|户|座|楼|层|门|队)`;
/** «12号3单元501室»: searched from its numbers, so that a page without any costs nothing. */
const door = new RegExp(`(?<![\\d〕\\]第一二三四五六七八九十])${part}(?:[ \\n,]?${part}){0,4}`, 'g');
/** What stands before it must end in a street, an estate, a village. */
const street =
  /[\u3400-\u9fff][\u3400-\u9fffA-Za-z0-9·]{0,14}\n?[\u3400-\u9fffA-Za-z0-9·]{0,8}(?:路|街|大道|巷|弄|胡同|里|小区|花园|公寓|家园|新村|苑|村|屯|庄|社区|坊|园|寨|堡|沟|湾|城|府)[ \n]?$/;
const home =
  /住址|住所|家住|现住|居住|户籍|住[在:]|家庭地址|家庭住址|通讯地址|收件地址|户口所在地|[女男,，][ ]?住/;
const flat = /单元|\d室|户$|栋|幢|号楼/;
const office =
  /办公|机关|政府|委员会|局|办事|大厅|窗口|中心|接待|受理|大厦|写字楼|公司|医院|学校|银行|邮编|开标|会议室|报名|领取/;
const before = 40;

const grade = (text: string, start: number, end: number): Match | undefined => {
  const lead = street.exec(text.slice(Math.max(0, start - 24), start));
  if (lead === null) return undefined;
  const place = { start: start - lead[0].length, end };
  const near = around(text, place.start, end, before, 10);
  if (
    home.test(near) ||
    home.test(text.slice(Math.max(0, place.start - 4), end)) ||
    labelled(text, place.start, home) !== undefined
  )
    return { ...place, sure: 0.85 };
  if (flat.test(text.slice(start, end)) && !office.test(near + lead[0])) return { ...place, sure: 0.6 };
  return { ...place, sure: 0.5, severity: 'low' };
};

/** 住址, down to the door. An office's address is meant to be public: a glance. */
export const address: Detector = {
  rule: 'address',
  kind: 'address',
  severity: 'medium',
  why: {
    zh: '详细到门牌的住址可以找到具体的人（政府信息公开条例第十五条；个人信息保护法第二十八条）。',
    en: 'An address down to the door leads to a person (OGI Regulations, art. 15; PIPL, art. 28).',
  },
  together: true,
  detect: ({ text }) =>
    occurrences(text, door, (match) => grade(text, match.index, match.index + match[0].length)),
};
