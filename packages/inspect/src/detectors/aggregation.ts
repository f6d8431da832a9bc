import type { Severity } from '@gongkai/core';
import type { NormalisedText } from '../text/normalised-text.ts';
import type { Detector, Match } from './detector.ts';
import { isName, namings } from './person.ts';

/**
 * 汇聚: fields that are harmless alone and together lead to a person. Three shapes: a table whose head says 姓名 and what
 * else; rows of names with numbers or homes and no head (the next page of such a table); one person of whom several
 * things are said in one sentence.
 */
type Line = { readonly start: number; readonly end: number; readonly text: string };

const linesOf = (text: string): Line[] => {
  const lines: Line[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    lines.push({ start, end: start + line.length, text: line });
    start += line.length + 1;
  }
  return lines;
};

/** Columns that lead to a person's home, body, purse or papers. */
const grave =
  /身份证|证件号|住址|家庭地址|户籍|出生|手机|移动电话|银行|卡号|账号|帐号|开户|残疾|病[种名因情]|诊断|监护人|家庭人口|家庭成员|与户主关系|配偶|家长|工资|年收入|宗教/;
const plain =
  /性[ ]?别|年[ ]?龄|民[ ]?族|电[ ]?话|联系方式|地[ ]?址|住所|政治面貌|籍贯|学历|婚姻|学校|院校|班级|学号|准考证|考号|村组|备注/;
/** A list of who is on duty where: public by the nature of the office. */
const duty = /职[ ]?务|职[ ]?称|单[ ]?位|部[ ]?门|科[ ]?室|岗位|分管|职责|办公|值班|包村|驻村|工作证|执法证/;
const nameHead = /姓[ ]?名|户[ ]?主|申请人|受益人|学生|低保对象|补贴对象/;
const headWord = /[\u3400-\u9fff]{2}/;

const mobile = /(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/;
const identity = /(?<!\d)\d{6}[ ]?(?:19|20)\d{2}[ ]?\d{4}[ ]?\d{3}[\dXx](?!\d)/;
const home =
  /(?:村|组|小区|胡同|巷|里|屯|庄)[ ]?[\d一二三四五六七八九十]{1,4}[ ]?(?:组|号|队|栋|幢|单元|室|户)|\d{1,4}号(?:楼|\d)/;
const cellEnd = /[\s|、,;:]+/;

/** The cells of a line; characters that were spaced out (姓 名, 王 芳) are put together two by two. */
const cells = (line: string): string[] => {
  const out: string[] = [];
  let single = false;
  for (const cell of line.split(cellEnd)) {
    const alone = /^[\u3400-\u9fff]$/.test(cell);
    if (alone && single) out.push(`${out.pop() ?? ''}${cell}`);
    else out.push(cell);
    single = alone && !single;
  }
  return out;
};

const han = /[\u3400-\u9fff]/;

const nameIn = (line: string): boolean => {
  if (line.length > 200 || !han.test(line)) return false;
  return cells(line).some(isName);
};
const numberIn = (line: string): boolean => mobile.test(line) || identity.test(line) || home.test(line);

/** A head's cells may each stand on a line of their own. */
const headLines = 12;
const shortLine = 40;
/** Rows of one table: it ends where so many lines name nobody and hold no number. */
const gapLines = 6;
const mostRows = 400;

type Head = { readonly severity: Severity; readonly last: number; readonly words: string };

const headAt = (lines: readonly Line[], at: number): Head | undefined => {
  if (!nameHead.test(lines[at]?.text ?? '') || (lines[at]?.text.length ?? 0) > 120) return undefined;
  let words = '';
  let last = at;
  for (let next = at; next < Math.min(lines.length, at + headLines); next += 1) {
    const line = lines[next]?.text ?? '';
    if (next > at && (line.length > shortLine || /\d{3}/.test(line) || nameIn(line))) break;
    words += ` ${cells(line)
      .filter((cell) => headWord.test(cell))
      .join(' ')}`;
    last = next;
  }
  const count = (pattern: RegExp): number => words.match(new RegExp(pattern.source, 'g'))?.length ?? 0;
  const [graves, plains, duties] = [count(grave), count(plain), count(duty)];
  if (graves === 0 && plains < 2) return undefined;
  if (graves > 0) return { severity: 'high', last, words: words.trim() };
  return { severity: duties > 0 ? 'low' : 'medium', last, words: words.trim() };
};

const rowsAfter = (
  lines: readonly Line[],
  from: number,
): { names: number; numbers: number; last: number } => {
  let [names, numbers, empty, last] = [0, 0, 0, from - 1];
  for (let at = from; at < Math.min(lines.length, from + mostRows) && empty < gapLines; at += 1) {
    const line = lines[at]?.text ?? '';
    const [named, numbered] = [nameIn(line), numberIn(line)];
    if (named) names += 1;
    if (numbered) numbers += 1;
    if (named || numbered) {
      last = at;
      empty = 0;
    } else empty += line.length > 60 ? gapLines : 1;
  }
  return { names, numbers, last };
};

const tables = (text: string): Match[] => {
  const lines = linesOf(text);
  const found: Match[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const head = headAt(lines, at);
    const rows = head && rowsAfter(lines, head.last + 1);
    const start = lines[at]?.start ?? 0;
    if (head && rows && rows.names >= 2) {
      const end = lines[rows.last]?.end ?? start;
      found.push({ start, end, sure: 0.85, severity: head.severity, words: head.words });
      at = rows.last;
      continue;
    }
    // No head: rows in which a name stands beside a number or a home.
    if (!(numberIn(lines[at]?.text ?? '') && nameIn(lines[at]?.text ?? ''))) continue;
    let [last, together] = [at, 0];
    for (let next = at; next < Math.min(lines.length, at + mostRows); next += 1) {
      const line = lines[next]?.text ?? '';
      if (numberIn(line) && nameIn(line)) [last, together] = [next, together + 1];
      else if (next - last > 2) break;
    }
    if (together >= 3) {
      const rowsText = text.slice(start, lines[last]?.end ?? start);
      const official = duty.test(rowsText) || /[局处科股所站室镇乡村]长|主任|书记|干部/.test(rowsText);
      const severity = identity.test(rowsText) || !official ? 'high' : 'medium';
      const words = rowsText.split('\n').flatMap((row) => cells(row).filter(isName));
      const end = lines[last]?.end ?? start;
      found.push({ start, end, sure: 0.8, severity, words: words.join('、') });
    }
    at = last;
  }
  return found;
};

const said: readonly RegExp[] = [
  mobile,
  /[男女](?=[,、 )])/,
  /(?<!\d)\d{1,3}[ ]?周?岁/,
  /[\u3400-\u9fff]族(?=[,、 )])/,
  /(?:19|20)\d{2}[ ]?年[ ]?\d{1,2}[ ]?月(?:[ ]?\d{1,2}[ ]?日)?(?:出?生)/,
  /(?:村|镇|乡|街道|社区|小区)(?:人|村民|居民|[\d一二三四五六七八九十]{1,3}(?:组|号))|家住|现住|户籍|籍贯|[省市县]人(?=[,、 )])/,
  /(?:小学|中学|大学|高中|学院)(?:学生|毕业|就读|[一二三四五六]年级)|就读于|文化程度|(?:小学|初中|高中|大专|本科)文化/,
  /离异|丧偶|未婚|已婚|再婚/,
  /低保|残疾|患|住院|服刑|吸毒/,
  identity,
];
const sentenceReach = 100;
const enough = 3;

const sentences = (text: NormalisedText): Match[] =>
  namings(text).flatMap(({ start, end, use, name }) => {
    if (use !== 'private') return [];
    const after = text.text.slice(end, end + sentenceReach).split(/[。;]/, 1)[0] ?? '';
    const fields = said.flatMap((field) => field.exec(after)?.[0] ?? []);
    if (fields.length < enough) return [];
    const sure = Math.min(0.95, 0.5 + fields.length / 10);
    return [{ start, end: end + after.length, sure, words: [name, ...fields].join('、') }];
  });

export const aggregation: Detector = {
  rule: 'aggregation',
  kind: 'aggregation',
  severity: 'high',
  why: {
    zh: '几项信息放在一起可以识别到具体的人（个人信息保护法第四条；保守国家秘密法第三十六条关于汇聚、关联的要求）。',
    en: 'Several fields that together identify a person (PIPL, art. 4; on aggregation also Secrets Law, art. 36).',
  },
  together: true,
  detect: (text) => {
    const inTables = tables(text.text);
    const alone = sentences(text).filter(
      ({ start }) => !inTables.some((table) => start >= table.start && start < table.end),
    );
    return [...inTables, ...alone].sort((a, b) => a.start - b.start);
  },
};
