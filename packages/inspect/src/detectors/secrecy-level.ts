import type { NormalisedText } from '../text/normalised-text.ts';
import { lineAt, occurrences } from '../text/occurrences.ts';

/**
 * Reads every 绝密 / 机密 / 秘密 in a text and says what it is doing there. Three detectors share this reading
 * (state-secret-mark, declassified-mark, secrecy-prose), so that no occurrence is counted twice or not at all.
 *
 * A real mark (《国家秘密文件、资料和其他物品标志的规定》; GB/T 9704) stands top left on the first page, on a line
 * of its own, as `密级★期限`; only 份号 and 紧急程度 stand near it. Whatever cannot be told apart counts as the
 * graver thing (保密法 art. 31: a state secret may not be on this machine at all).
 */
export type LevelUse = 'mark' | 'alone' | 'declassified' | 'quoted-mark' | 'prose';
export type Level = {
  readonly start: number;
  readonly end: number;
  readonly use: LevelUse;
  readonly sure: number;
};

/** Simplified and traditional (絕密, 機密, 祕密). */
const word = /(?:[绝絕]|[机機](?<!手[机機])|[秘祕])[ \n]?密(?![码碼钥鑰封集切度闭布])/g;
const star = /^[ \n]?[级級]?[ \n]?[★☆⭐✩✪✭✮⋆✯✰]/u;
/** What typists take for a star; it counts only with a term behind it. */
const asterisk = /^[ \n]?[级級]?[ \n]?[*※▲●✦]/u;
const term =
  /^[ \n:：]{0,2}(?:长[ \n]?期|启用前|(?:\d[ \n]?){1,4}(?:个[ \n]?月|[年月日天])|[〇零一二三四五六七八九十两]{1,3}[ \n]?(?:个[ \n]?月|[年月])|解密[时条日][间件期]|保密期限)/;
const declassified = /已[ ]?解[ ]?密|解[ ]?密[ ]?件|^[\s(【[]*解[ ]?密[\s)】\]]*$/m;
const talksAboutMarks =
  /(?:标明|标注|标为|标有|标志|标识|定为|确定为|定密|例如|譬如|比如|如|形式[为是]|格式[为是]|样式|字样|写[作明]|分为|填写)[::“"「'‘(]{0,2}$/;
const opensQuote = /["“‘'「『《]$/;
const closesQuote = /^["”’'」』》]/;
/** What may share the line with a mark: 份号 (6 digits), 紧急程度, brackets and the words 密级, 等级. */
const beside =
  /^(?:[\s★☆级級【】[\]()〔〕<>〈〉:：·\-—_.,]|\d{3,7}|特急|加急|平急|急件|份号|No|编号|密级|等级|文件|资料|件)*$/;
const manyLevels = /[□■☐☑√○●/、]|(?:绝密|机密|秘密).*(?:绝密|机密|秘密)/;

/** The first lines of the first page, where GB/T 9704 puts the mark (and 红头 and 发文字号 below it). */
const firstLines = 8;

const inHead = (text: NormalisedText, lineNumber: number): boolean =>
  (text.page === undefined || text.page === 1) && lineNumber < firstLines;

const classify = (normalised: NormalisedText, start: number, wordEnd: number): Level => {
  const { text } = normalised;
  let end = wordEnd;
  const hasStar = star.exec(text.slice(end, end + 5));
  const hasAsterisk = hasStar ? null : asterisk.exec(text.slice(end, end + 5));
  const afterStar = end + (hasStar ?? hasAsterisk ?? [''])[0].length;
  const hasTerm = term.exec(text.slice(afterStar, afterStar + 14));
  const starred = hasStar !== null || (hasAsterisk !== null && hasTerm !== null);
  const termEnd = hasTerm ? afterStar + hasTerm[0].length : starred ? afterStar : end;

  const first = lineAt(text, start);
  const before = first.line.slice(0, start - first.start);
  const { line: lastLine, start: lastStart } = lineAt(text, termEnd);
  const lineEnd = lastStart + lastLine.length;
  const after = text.slice(termEnd, lineEnd);
  const alone = beside.test(before) && beside.test(after);
  const head = inHead(normalised, first.number);
  if (starred || (hasTerm && alone)) end = termEnd;
  const use = (kind: LevelUse, sure: number): Level => ({ start, end, use: kind, sure });

  const near = text.slice(Math.max(0, first.start - 12), lineEnd + 12);
  if ((starred || alone) && declassified.test(near)) return use('declassified', 0.8);
  if (starred) {
    const quoted = opensQuote.test(before) || closesQuote.test(after) || talksAboutMarks.test(before);
    return quoted && !alone ? use('quoted-mark', 0.6) : use('mark', hasTerm ? 0.99 : 0.95);
  }
  const broken = text.slice(start, wordEnd).includes('\n');
  if (broken && !alone) return use('prose', 0.3);
  // A form's line of choices (密级：□绝密 □机密 □秘密) marks nothing.
  if (manyLevels.test(first.line)) return use('prose', 0.4);
  const labelled = /密[ ]?级[ :：]*[(【[]?$/.test(before);
  if (alone && (head || labelled)) {
    const neighbours =
      text.slice(Math.max(0, first.start - 4), first.start) + text.slice(termEnd, termEnd + 4);
    return /绝密|机密|秘密/.test(neighbours) ? use('alone', 0.4) : use('mark', hasTerm ? 0.95 : 0.9);
  }
  if (head && /^[\s]*[【[(〔<]$/.test(before) && /^[】\])〕>]/.test(after)) return use('mark', 0.85);
  if (
    normalised.page === undefined &&
    /(?:^|[\s_\-—(【[])$/.test(before) &&
    /^[\s_\-—)】\].]/.test(`${after}.`)
  ) {
    if (before.trim() === '' || /[_\-—(【[]$/.test(before)) return use('mark', 0.8);
  }
  return alone ? use('alone', 0.5) : use('prose', 0.5);
};

const read = new WeakMap<NormalisedText, Level[]>();

/** Every level word of the text with its reading, in order. Read once for the three detectors that ask. */
export const secrecyLevels = (text: NormalisedText): Level[] => {
  const known = read.get(text);
  if (known) return known;
  const levels = occurrences(text.text, word, (match) =>
    classify(text, match.index, match.index + match[0].length),
  );
  read.set(text, levels);
  return levels;
};
