import words from '../dictionaries/medical.json' with { type: 'json' };
import type { NormalisedText } from '../text/normalised-text.ts';
import { occurrences } from '../text/occurrences.ts';
import { anyOf } from '../text/words.ts';
import type { Detector, Match } from './detector.ts';
import { namings } from './person.ts';

const record = new RegExp(
  `(?:${anyOf(words.records)})[ \\n]?[:]?[ \\n]?[A-Za-z]{0,3}\\d[\\dA-Za-z-]{3,20}`,
  'g',
);
const condition = new RegExp(anyOf(words.conditions), 'g');
/** Said of somebody, not of a programme (艾滋病防治, 糖尿病管理). */
const suffers =
  /(?:患有?|罹患|身患|确诊(?:为)?|诊断(?:为|结果)?|查出|检出|感染|因病|病因|病种|病名|病情|残疾(?:类别|等级)|住院)[^。;\n]{0,14}$/;
const programme =
  /^[^。\n]{0,4}(?:防治|预防|筛查|宣传|管理|知识|专项|救助政策|健康教育|防控|诊疗|治疗中心|医院|科|门诊|疫苗|研究|规划)/;
const reach = 60;

const aboutPerson = (text: NormalisedText): Match[] => {
  const named = namings(text).filter(({ use }) => use === 'private');
  let next = 0;
  return occurrences(text.text, condition, (match): Match | undefined => {
    const { index: start } = match;
    const end = start + match[0].length;
    while ((named[next]?.end ?? Number.POSITIVE_INFINITY) < start - reach) next += 1;
    const who = named[next];
    const said = suffers.test(text.text.slice(Math.max(0, start - 24), start));
    if (programme.test(text.text.slice(end, end + 10))) return undefined;
    if (who === undefined || who.start > end + reach / 2) return undefined;
    return { start, end, sure: said ? 0.9 : 0.6, severity: said ? 'high' : 'medium' };
  });
};

/** 医疗健康信息: numbers of medical records, and an illness said of a named person. */
export const medical: Detector = {
  rule: 'medical',
  kind: 'medical',
  severity: 'high',
  why: {
    zh: '医疗健康信息是敏感个人信息（个人信息保护法第二十八条；传染病防治法、精神卫生法另有保密规定）。',
    en: 'Health data is sensitive personal information (PIPL, art. 28).',
  },
  detect: (text) => [
    ...occurrences(text.text, record, (match) => ({
      start: match.index,
      end: match.index + match[0].length,
      sure: 0.9,
    })),
    ...aboutPerson(text),
  ],
};
