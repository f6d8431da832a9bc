import { type Block, markdownBlocks, type Run } from '../text/index.ts';

/** A paragraph of official text: 层次 1 to 4 or 0 for plain text, and how much of its beginning is set in the level's face. */
export type Part =
  | {
      readonly is: 'text';
      readonly level: number;
      readonly head: readonly Run[];
      readonly runs: readonly Run[];
    }
  | Exclude<Block, { is: 'paragraph' | 'heading' | 'title' | 'list' | 'quote' }>;

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/** 1 to 99, as 层次 count: 一、十、二十三. */
export const inHan = (n: number): string => {
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${digits[n % 10]}`;
};

/** 结构层次序数 (GB/T 9704-2012, 7.3.3): 一、（一）1.（1）. */
const ordinal = (level: number, n: number): string =>
  [`${inHan(n)}、`, `（${inHan(n)}）`, `${n}.`, `（${n}）`][level - 1] ?? '';
const typed: readonly RegExp[] = [
  /^[一二三四五六七八九十]+、/,
  /^[（(][一二三四五六七八九十]+[）)]/,
  /^\d{1,2}[.．](?!\d)/,
  /^[（(]\d{1,2}[）)]/,
];
const textOf = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('');
/** The level that somebody typed the number of; 0 where there is none. */
const typedLevel = (text: string): number => typed.findIndex((it) => it.test(text)) + 1;

/** Divides after the first sentence: 小标题 that stands in the same paragraph as its text. */
const firstSentence = (runs: readonly Run[]): [Run[], Run[]] => {
  const head: Run[] = [];
  for (const [i, run] of runs.entries()) {
    const at = run.text.search(/[。；：]/u);
    if (at < 0) {
      head.push(run);
      continue;
    }
    head.push({ ...run, text: run.text.slice(0, at + 1) });
    return [head, [{ ...run, text: run.text.slice(at + 1) }, ...runs.slice(i + 1)]];
  }
  return [head, []];
};

/**
 * Markdown as the body of an official document. Headings become 层次 (`##` 一、 `###` （一） `####` 1. `#####` （1）), numbered
 * here unless a number was typed; ordered lists are numbered paragraphs, the others begin with a dash, as 公文 do. `#`, where
 * there is one, counts as 一、 too: the title is a field of its own.
 */
export const bodyOf = (markdown: string): Part[] => {
  const counts = [0, 0, 0, 0, 0];
  const source = markdownBlocks(markdown);
  const top = source.some((it) => it.is === 'title') ? 1 : 0;

  const heading = (level: number, runs: readonly Run[]): Part => {
    counts[level] = (counts[level] ?? 0) + 1;
    counts.fill(0, level + 1);
    const number = typedLevel(textOf(runs)) > 0 ? '' : ordinal(level, counts[level]);
    return { is: 'text', level, head: number === '' ? runs : [{ text: number }, ...runs], runs: [] };
  };
  const paragraph = (runs: readonly Run[]): Part => {
    const level = typedLevel(textOf(runs));
    if (level === 0 || level > 2) return { is: 'text', level: 0, head: [], runs };
    const [head, rest] = firstSentence(runs);
    // 一、 stands alone or is no heading; （二） may be followed by its text.
    return level === 1 && rest.length > 0
      ? { is: 'text', level: 0, head: [], runs }
      : { is: 'text', level, head, runs: rest };
  };
  const items = (list: Extract<Block, { is: 'list' }>, depth: number): Part[] =>
    list.items.flatMap((item, i) => {
      const mark = list.ordered ? ordinal(depth + 3, list.start + i) : '——';
      return item.flatMap((block, at): Part[] =>
        at === 0 && block.is === 'paragraph'
          ? [{ is: 'text', level: 0, head: [], runs: [{ text: mark }, ...block.runs] }]
          : parts(block, depth + 1),
      );
    });
  const parts = (block: Block, depth = 0): Part[] => {
    switch (block.is) {
      case 'title':
        return [heading(1, block.runs)];
      case 'heading':
        return [heading(Math.min(4, block.level + top), block.runs)];
      case 'paragraph':
        return [paragraph(block.runs)];
      case 'list':
        return items(block, Math.min(depth, 1));
      case 'quote':
        return block.blocks.flatMap((it) => parts(it, depth));
      default:
        return [block];
    }
  };
  return source.flatMap((block) => parts(block));
};
