import { occurrences } from '../text/occurrences.ts';
import type { Detector, Match } from './detector.ts';
import { chineseName, isName, namings } from './person.ts';

/** 学籍号: G (or L while provisional) and the resident ID. The ID inside is found as such; this says whose it is. */
const schoolNumber = /(?<![A-Za-z0-9])[GL][ ]?\d{17}[\dXx](?![A-Za-z0-9*])/g;
const child =
  '(?:学生|幼儿|孤儿|儿童|患儿|未成年人|留守儿童|困境儿童|孤残儿童|事实无人抚养儿童|在园幼儿|新生儿|婴儿|男童|女童|小学生|中学生)';
const called = new RegExp(
  `${child}[ \\n]?[:]?[ \\n]?(?<name>${chineseName})(?=[^\\u3400-\\u9fff]|$|因|于|的|系|在|家)`,
  'gd',
);
const childWord = /学生|幼儿|孤儿|儿童|患儿|未成年|婴|小学|中学|幼儿园|年级|男童|女童/;
const age =
  /^[^。;\n]{0,20}?(?<![\d])(?:([1-9]|1[0-7])[ ]?周?岁|(?:小学|初中|高中|[一二三四五六七八九]年级|幼儿园|[大中小]班|就读|在读))/;

/** 未成年人信息: under fourteen it is sensitive as such, whatever is said. */
export const minor: Detector = {
  rule: 'minor',
  kind: 'minor',
  severity: 'high',
  why: {
    zh: '未成年人的姓名、学籍等信息不得公开（未成年人保护法第七十二条、第一百零三条；个人信息保护法第二十八条）。',
    en: 'A minor’s name, school or number must not be published (Protection of Minors Law, arts. 72, 103; PIPL, art. 28).',
  },
  detect: (normalised) => {
    const { text } = normalised;
    const found = new Map<number, Match>();
    const add = (match: Match): void => void found.set(match.start, found.get(match.start) ?? match);
    for (const { index, 0: number } of text.matchAll(schoolNumber))
      add({ start: index, end: index + number.length, sure: 0.9 });
    for (const match of occurrences(text, called, (one): Match | undefined => {
      const name = one.groups?.name ?? '';
      const [start, end] = one.indices?.groups?.name ?? [one.index, one.index];
      return isName(name) ? { start, end, sure: 0.8 } : undefined;
    }))
      add(match);
    for (const { start, end, use } of namings(normalised)) {
      if (use !== 'private') continue;
      const after = text.slice(end, end + 30);
      if (age.test(after) || (childWord.test(after.slice(0, 12)) && !/家长|老师|教师/.test(after)))
        add({ start, end, sure: 0.75 });
    }
    return [...found.values()].sort((a, b) => a.start - b.start);
  },
};
