import { lineAt, occurrences } from '../text/occurrences.ts';
import type { Detector, Match } from './detector.ts';

const phrases =
  /内部(?:资料|文件|使用|参考|传阅|明电|材料|刊物|掌握)|工作秘密|警务秘密|不予公开|不宜公开|不公开|过程稿|征求意见稿|讨论稿|送审稿|审议稿|(?:不得|严禁|禁止|请勿|切勿)(?:外传|扩散|转发|翻印|公开|传播|复制|上网)|仅(?:供|限)内部|注意保存|依申请公开|商业秘密/g;

/** Words that stand with a mark (「内部资料 注意保存」,「此件不公开」,「（征求意见稿）」). */
const markLine =
  /^[\s(【[〔《<]*(?:此件|本件|公开属性|信息公开(?:选项|属性)|公开方式)?[\s:：]*[^,。;，；]{0,24}$/;
const bracketed = /[(【[〔][^()【】[\]〔〕]{0,12}$/;
/** These are said of other things in every rule book on disclosure; only a mark of its own counts. */
const commonInProse =
  /^(?:不予公开|不宜公开|不公开|依申请公开|商业秘密|工作秘密|内部(?:使用|材料|掌握)|(?:不得|严禁|禁止)公开)$/;
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
  const marked = commonInProse.test(match[0])
    ? saysItself.test(before) || (alone && (number < firstLines || inBrackets))
    : alone || inBrackets;
  if (marked) return { ...place, sure: 0.9, severity: 'high' };
  return commonInProse.test(match[0]) ? { ...place, sure: 0.3, severity: 'low' } : { ...place, sure: 0.6 };
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
