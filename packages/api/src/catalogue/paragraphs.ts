import type { PageText } from '@gongkai/core';

export type Paragraph = { readonly kind: 'heading' | 'paragraph'; readonly text: string };

/** What the release stamp prints on every page beside the document: labels, and the values that go with them. */
export type StampWords = { readonly tokens: readonly string[]; readonly others: readonly string[] };

const labels =
  /索\s*引\s*号|发\s*布\s*机\s*构|公\s*开\s*日\s*期|有\s*效\s*期\s*至|展\s*示\s*至|核\s*验\s*码|扫\s*码(?:\s*或\s*访\s*问|\s*核\s*验)|核\s*验\s*本\s*件/gu;
const pageNumber =
  /^[\s\-—–·]*(?:第?\s*\d{1,4}\s*页?|第\s*\d{1,4}\s*页\s*共\s*\d{1,4}\s*页|第?\s*\d{1,4}\s*页?\s*[/／,，]\s*共?\s*\d{1,4}\s*页?)[\s\-—–·]*$/u;
const heading = /^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章节])/u;
const opensParagraph =
  /^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]|第[一二三四五六七八九十百]{1,4}[章节条]|附件|[①-⑳])/u;

/** A Hanzi, or a quotation mark set like one, is twice as wide as a letter. */
const width = (line: string): number => {
  let sum = 0;
  for (const character of line) sum += (character.codePointAt(0) ?? 0) > 0x2010 ? 2 : 1;
  return sum;
};

/** A line that the stamp alone accounts for. A closing line 发布机构 + date of the document itself stays. */
const isStamp = (line: string, stamp: StampWords): boolean => {
  const spaceless = line.replace(/\s+/g, '');
  const marked = stamp.tokens.some((token) => token !== '' && spaceless.includes(token)) || labels.test(line);
  labels.lastIndex = 0;
  if (!marked) return false;
  let rest = spaceless;
  for (const word of [...stamp.tokens, ...stamp.others]) rest = rest.replaceAll(word.replace(/\s+/g, ''), '');
  return (
    rest.replace(labels, '').replace(/https?:\/\/\S*|[\d\s年月日第共页/／:：|｜·,，;；.。\-—–]/gu, '') === ''
  );
};

const linesOf = (page: PageText, stamp: StampWords): string[] => {
  const lines = page.text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.replace(/[\s\u3000]+/g, ' ').trim())
    .filter((line) => line !== '' && !isStamp(line, stamp));
  if (lines[0] !== undefined && pageNumber.test(lines[0])) lines.shift();
  const last = lines.at(-1);
  if (last !== undefined && pageNumber.test(last)) lines.pop();
  return lines;
};

const letter = (character: string): boolean => character > ' ' && character <= '~';

/** Lines of one paragraph in one piece, with a space only between letters. */
const joined = (lines: readonly string[]): string =>
  lines
    .map((line, at) =>
      at > 0 && letter(lines[at - 1]?.slice(-1) ?? '') && letter(line.slice(0, 1)) ? ` ${line}` : line,
    )
    .join('');

/** First lines are indented, and punctuation is moved to the next line: full is not always the full width. */
const goesOn = (line: string, full: number): boolean => {
  const filled = width(line);
  if (filled <= 30 || /[:：]$/.test(line)) return false;
  return filled >= full * (/[。！？；.!?;]$/u.test(line) ? 0.96 : 0.8);
};

/**
 * The text of a release as paragraphs: a line that fills its page width goes on in the next one, unless that opens
 * a paragraph of its own. Page numbers and the stamp's own lines are left out.
 */
export const paragraphsOf = (
  pages: readonly PageText[],
  stamp: StampWords = { tokens: [], others: [] },
): Paragraph[] => {
  const lines = pages.flatMap((page) => linesOf(page, stamp));
  const widths = lines.map(width).sort((a, b) => a - b);
  // Not the very widest: one long line of a table would make every other line look short.
  const full = widths[Math.floor(widths.length * 0.9)] ?? 0;
  const paragraphs: string[][] = [];
  let open: string[] | undefined;
  for (const line of lines) {
    if (open && !opensParagraph.test(line)) open.push(line);
    else {
      open = [line];
      paragraphs.push(open);
    }
    if (!goesOn(line, full)) open = undefined;
  }
  return paragraphs.map(joined).map((text) => ({
    kind: heading.test(text) && width(text) <= 60 && !/[。；]$/.test(text) ? 'heading' : 'paragraph',
    text,
  }));
};
