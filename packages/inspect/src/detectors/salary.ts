import type { Detector, Match } from './detector.ts';
import { isName, namings } from './person.ts';

const pay =
  '(?:(?:基本|岗位|绩效|薪级|月|年|应发|实发|税后|税前)?(?:工[ \\n]?资|薪[ \\n]?酬|薪[ \\n]?金)|月薪|年薪|绩效奖|奖金|应发|实发|养老金|退休金|退休费|年收入|月收入|课酬|劳务费)';
const amount = '(?:人民币)?[¥￥]?[ ]?\\d{1,3}(?:,\\d{3}|\\d){1,8}(?:\\.\\d{1,2})?(?:[ ]?万?元)?';
const paid = new RegExp(`${pay}[^。;\\n\\d]{0,12}${amount}`, 'g');
const reach = 40;
/** A name at the beginning of a line or cell, and one just before the word for the pay. */
const cell = /(?<![\u3400-\u9fff])([\u3400-\u9fff]{2,4})(?=[ :,])/g;

/** 工资薪酬, beside the name of who gets it. Sums alone (「人员工资 320 万元」) belong to every budget. */
export const salary: Detector = {
  rule: 'salary',
  kind: 'salary',
  severity: 'high',
  why: {
    zh: '个人的工资、收入与姓名并列，属个人财产信息（政府信息公开条例第十五条；个人信息保护法第二十八条）。',
    en: 'A person’s pay beside their name (OGI Regulations, art. 15; PIPL, art. 28).',
  },
  detect: (normalised) => {
    const { text } = normalised;
    const named: { start: number; end: number }[] = [
      ...namings(normalised),
      ...[...text.matchAll(cell)]
        .filter((match) => isName(match[1] ?? ''))
        .map(({ index, 0: word }) => ({ start: index, end: index + word.length })),
    ].sort((a, b) => a.start - b.start);
    let next = 0;
    const found: Match[] = [];
    for (const match of text.matchAll(paid)) {
      while ((named[next + 1]?.start ?? Number.POSITIVE_INFINITY) < match.index) next += 1;
      const who = named[next];
      if (who === undefined || who.start > match.index) continue;
      const last = found.at(-1);
      const from = last?.start === who.start ? last.end : who.end;
      if (match.index - from > reach || /[。;]/.test(text.slice(from, match.index))) continue;
      if (last?.start === who.start) found.pop();
      found.push({ start: who.start, end: match.index + match[0].length, sure: 0.8 });
    }
    return found;
  },
};
