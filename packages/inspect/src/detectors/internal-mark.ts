import words from '../dictionaries/internal-mark.json' with { type: 'json' };
import { lineAt, occurrences } from '../text/occurrences.ts';
import { anyOf } from '../text/words.ts';
import type { Detector, Match } from './detector.ts';

const phrases = new RegExp(
  `${anyOf(words.phrases)}|(?:${anyOf(words.forbidding)})[ \\n]?(?:${anyOf(words.forbidden)})|内[ ]?部[ ]?[★☆]`,
  'g',
);

/** Words that stand with a mark (「内部资料 注意保存」,「此件不公开」,「（征求意见稿）」). */
const markLine =
  /^[\s(【[〔《<]*(?:此件|本件|公开属性|信息公开(?:选项|属性)|公开方式)?[\s:：]*[^,。;，；]{0,24}$/;
const bracketed = /[(【[〔][^()【】[\]〔〕]{0,12}$/;
/** These are said of other things in every rule book on disclosure; only a mark of its own counts. */
const commonInProse =
  /^(?:不予公开|不宜公开|不公开|依申请公开|工作秘密|敏感信息|内部(?:使用|材料|掌握|通报|讨论)|(?:不得|严禁|禁止)公开)$/;
/** A heading «依申请公开» further down is a chapter of a rule book; in the head of the text it is a mark. */
const firstLines = 8;
const saysItself = /此件|本件|公开属性|公开选项|公开方式/;

const grade = (text: string, match: RegExpExecArray): Match => {
  const start = match.index;
  const place = { start, end: start + match[0].length };
  const { line, start: lineStart, number } = lineAt(text, start);
  const before = line.slice(0, start - lineStart);
  const after = line.slice(start - lineStart + match[0].length);
  const alone =
    line.trim().length <= match[0].length + 10 &&
    markLine.test(line) &&
    !/^[(（]?[\d一-十A-Z]+[)）、.]/.test(line);
  const inBrackets = bracketed.test(before) && /^[^()【】[\]〔〕]{0,6}[)】\]〕]/.test(after);
  const said = match[0].replace(/[ \n]/g, '');
  const marked = commonInProse.test(said)
    ? saysItself.test(before) || (alone && (number < firstLines || inBrackets))
    : alone || inBrackets;
  if (marked) return { ...place, sure: 0.9, severity: 'high' };
  return commonInProse.test(said) ? { ...place, sure: 0.3, severity: 'low' } : { ...place, sure: 0.6 };
};

/** 内部资料、工作秘密、不予公开、过程稿… (条例 art. 16; 保密法 art. 64). */
export const internalMark: Detector = {
  rule: 'internal-mark',
  kind: 'internal-mark',
  severity: 'medium',
  why: {
    zh: '可能是内部事务、过程性信息或工作秘密（政府信息公开条例第十六条，保守国家秘密法第六十四条）。',
    en: 'May be an internal matter, a draft or a work secret (OGI Regulations, art. 16; Secrets Law, art. 64).',
  },
  together: true,
  detect: ({ text }) => occurrences(text, phrases, (match) => grade(text, match)),
};
