import { marked, type Token, type Tokens } from 'marked';
import { type Block, isBlank, type Run } from './blocks.ts';
import { htmlBlocks } from './html.ts';

type Style = Omit<Run, 'text'>;

const picture = (alternative: string): string => `［图：${alternative === '' ? '未说明' : alternative}］`;
const unescaped = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '',
  );

const runs = (tokens: readonly Token[] | undefined, style: Style = {}): Run[] =>
  (tokens ?? []).flatMap((token): Run[] => {
    switch (token.type) {
      case 'strong':
        return runs(token.tokens, { ...style, bold: true });
      case 'em':
        return runs(token.tokens, { ...style, italic: true });
      case 'codespan':
        return [{ ...style, text: unescaped(token.text), mono: true }];
      case 'br':
        return [{ ...style, text: '\n' }];
      case 'image':
        return [{ ...style, text: picture(token.text) }];
      case 'html':
        return []; // a tag in a line; its text comes as tokens of its own
      case 'link': {
        const shown = runs(token.tokens, style);
        const text = shown.map((it) => it.text).join('');
        // Paper has no links: the address is printed unless it is what stands there already.
        return text === token.href || `mailto:${text}` === token.href
          ? shown
          : [...shown, { ...style, text: `（${token.href}）` }];
      }
      default:
        return 'tokens' in token && token.tokens !== undefined
          ? runs(token.tokens, style)
          : [{ ...style, text: unescaped('text' in token ? String(token.text) : token.raw) }];
    }
  }); // prettier-ignore

/** Lists and quotations in each other: no document has so many. Typst gives up at 20 lists, the lexer's stack at some thousand. */
const deepest = 15;
/** Thrown out of the recursion; both who read Markdown tell it in a sentence of their own. */
export class NestedTooDeep extends Error {}

const paragraph = (content: Run[], indent: boolean): Block[] =>
  isBlank(content) ? [] : [{ is: 'paragraph', runs: content, indent }];

const blocks = (tokens: readonly Token[], indent: boolean, depth = 0): Block[] => {
  if (depth > deepest) throw new NestedTooDeep();
  return tokens.flatMap((token): Block[] => {
    switch (token.type) {
      case 'heading':
        return [
          token.depth === 1
            ? { is: 'title', runs: runs(token.tokens) }
            : { is: 'heading', level: token.depth - 1, runs: runs(token.tokens) },
        ];
      case 'code':
        return [{ is: 'code', text: token.text }];
      case 'hr':
        return [{ is: 'rule' }];
      case 'blockquote':
        return [{ is: 'quote', blocks: blocks(token.tokens ?? [], false, depth + 1) }];
      case 'html':
        return htmlBlocks(token.text);
      case 'space':
      case 'def':
        return [];
      case 'list': {
        const list = token as Tokens.List;
        const items = list.items.map((item) => blocks(item.tokens, false, depth + 1));
        return [{ is: 'list', ordered: list.ordered, start: list.start === '' ? 1 : list.start, items }];
      }
      case 'table': {
        const { header, rows } = token as Tokens.Table;
        const cells = [header, ...rows].flat().map((cell) => ({ runs: runs(cell.tokens) }));
        return [{ is: 'table', columns: header.length, head: true, cells }];
      }
      default:
        return paragraph(
          runs('tokens' in token && token.tokens !== undefined ? token.tokens : [token]),
          indent,
        );
    }
  });
};

/** CommonMark and GitHub tables. Raw HTML goes through the same allow-list as an .html file. Throws `NestedTooDeep`. */
export const markdownBlocks = (text: string): Block[] => {
  try {
    return blocks(marked.lexer(text), true);
  } catch (cause) {
    // The lexer itself knows no limit.
    if (cause instanceof RangeError) throw new NestedTooDeep();
    throw cause;
  }
};
