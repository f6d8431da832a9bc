import type { PageText } from './inspection.ts';

export type Recognised = { title?: string; documentNumber?: string; generatedOn?: string; summary?: string };

const chineseDigit: Record<string, number> = {
  〇: 0,
  '○': 0,
  零: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

const chineseNumber = (text: string): number => {
  const tens = text.split('十');
  if (tens.length === 2) {
    const [high, low] = tens;
    return (high ? (chineseDigit[high] ?? 0) : 1) * 10 + (low ? (chineseDigit[low] ?? 0) : 0);
  }
  return Number([...text].map((digit) => chineseDigit[digit] ?? digit).join(''));
};

const isoDate = (year: number, month: number, day: number): string | undefined => {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const real = new Date(`${text}T00:00:00.000Z`);
  return Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== text || year < 1949
    ? undefined
    : text;
};

const arabicDate = /(?<!\d)((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/g;
const writtenDate =
  /([〇○零0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日/g;

/** 成文日期 stands at the end (GB/T 9704): the last full date of the text, Arabic or written in Hanzi. */
const lastDate = (text: string): string | undefined => {
  let found: { at: number; date: string } | undefined;
  const keep = (at: number, date: string | undefined) => {
    if (date !== undefined && (!found || at >= found.at)) found = { at, date };
  };
  for (const match of text.matchAll(arabicDate))
    keep(match.index, isoDate(Number(match[1]), Number(match[2]), Number(match[3])));
  for (const match of text.matchAll(writtenDate)) {
    const [, year = '', month = '', day = ''] = match;
    keep(match.index, isoDate(chineseNumber(year), chineseNumber(month), chineseNumber(day)));
  }
  return found?.date;
};

/** 文号: 机关代字〔2026〕8号, with whatever brackets were typed. */
const number =
  /([\p{Script=Han}]{2,12})\s*[〔［[(（【]\s*((?:19|20)\d{2})\s*[〕］\])）】]\s*第?\s*(\d{1,5})\s*号/u;

const titleEnd =
  /(?:通知|公告|通告|决定|意见|办法|方案|总结|报告|制度|规定|细则|批复|函|纪要|公示|预算|决算|指南|目录|计划|问答题|汇报|情况|条例|说明|简报|版\]|公开)$/u;

/** A title over several lines begins where 关于 stands (GB/T 9704 7.3.1: 发文机关 + 关于 + 事由 + 文种). */
const withItsBeginning = (lines: readonly string[], last: string): string => {
  const at = lines.indexOf(last);
  if (last.includes('关于')) return last;
  for (let from = at - 1; from >= 0 && from >= at - 3; from -= 1) {
    const line = lines[from] ?? '';
    if (titleEnd.test(line) || number.test(line) || /[。；;：:]$/.test(line)) break;
    if (line.includes('关于')) return lines.slice(from, at + 1).join('');
  }
  return last;
};

/** The title: the first line that ends like one, with the lines before it that belong to it, else the first that could be one. */
const titleOf = (lines: readonly string[]): string | undefined => {
  const candidates = lines
    .slice(0, 15)
    .filter((line) => line.length >= 4 && line.length <= 60 && !/[。；;，,]$/.test(line));
  const good = candidates.find((line) => titleEnd.test(line) && !number.test(line) && line.length >= 6);
  if (good !== undefined) return withItsBeginning(lines, good);
  return candidates.find((line) => !number.test(line) && !/^\d/.test(line)) ?? candidates[0];
};

/** LibreOffice sets a little space between Hanzi and digits, which extraction gives back as a blank that nobody typed. */
const asTyped = (line: string): string =>
  line
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) (?=[\dA-Za-z])|(?<=[\dA-Za-z]) (?=\p{Script=Han})/gu, '')
    .trim();

/** Reads title, 文号, 成文日期 and a first summary from the text, where they can be read; guesses nothing else. */
export const recognise = (pages: readonly PageText[]): Recognised => {
  const first = pages[0]?.text ?? '';
  const lines = first.split(/\r?\n/).map(asTyped).filter(Boolean);
  const title = titleOf(lines)?.slice(0, 300);
  const numbered = number.exec(lines.slice(0, 20).join('\n').normalize('NFKC'));
  const generatedOn = lastDate(pages.map((page) => page.text.normalize('NFKC')).join('\n'));
  const body = lines.filter((line) => line.length > 30 && !title?.includes(line)).join('');
  const sentenceEnd = body.indexOf('。', 60);
  const summary = body.slice(0, sentenceEnd > 0 && sentenceEnd < 200 ? sentenceEnd + 1 : 120);
  return {
    ...(title ? { title } : {}),
    ...(numbered ? { documentNumber: `${numbered[1]}〔${numbered[2]}〕${Number(numbered[3])}号` } : {}),
    ...(generatedOn ? { generatedOn } : {}),
    ...(summary ? { summary } : {}),
  };
};
