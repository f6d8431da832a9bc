import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { type Block, type Cell, isBlank, type Run } from './blocks.ts';

type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
type HtmlElement = DefaultTreeAdapterTypes.Element;
type Style = Omit<Run, 'text'>;

/** Their content is program, decoration or another document, never text of this one. */
const skipped = new Set([
  'head',
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'object',
  'embed',
  'applet',
  'svg',
  'math',
  'canvas',
  'audio',
  'video',
  'input',
  'select',
  'textarea',
  'button',
  'dialog',
  'map',
  'frame',
  'frameset',
  'link',
  'meta',
  'base',
  'title',
]); // prettier-ignore
const inline = new Set([
  'a',
  'abbr',
  'b',
  'bdi',
  'bdo',
  'br',
  'cite',
  'code',
  'data',
  'del',
  'dfn',
  'em',
  'font',
  'i',
  'img',
  'ins',
  'kbd',
  'label',
  'mark',
  'q',
  's',
  'samp',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'time',
  'tt',
  'u',
  'var',
  'wbr',
  'big',
  'strike',
  'ruby',
  'rb',
  'rt',
  'rp',
]); // prettier-ignore

const isElement = (node: HtmlNode): node is HtmlElement => 'tagName' in node;
const attribute = (element: HtmlElement, name: string): string | undefined =>
  element.attrs.find((it) => it.name === name)?.value;
/** What a browser would not show is not brought to light here. */
const hidden = (element: HtmlElement): boolean =>
  attribute(element, 'hidden') !== undefined ||
  /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribute(element, 'style') ?? '');
const left = (node: HtmlNode): boolean => isElement(node) && (skipped.has(node.tagName) || hidden(node));

const spaced = (text: string): string => text.replace(/[ \t\n\r\f]+/g, ' ');

const runs = (nodes: readonly HtmlNode[], style: Style = {}): Run[] =>
  nodes.flatMap((node): Run[] => {
    if (node.nodeName === '#text' && 'value' in node) return [{ ...style, text: spaced(node.value) }];
    if (!isElement(node) || left(node)) return [];
    switch (node.tagName) {
      case 'br':
        return [{ ...style, text: '\n' }];
      case 'img':
        return [{ ...style, text: `［图：${attribute(node, 'alt') || '未说明'}］` }];
      case 'b':
      case 'strong':
      case 'th':
        return runs(node.childNodes, { ...style, bold: true });
      case 'i':
      case 'em':
        return runs(node.childNodes, { ...style, italic: true });
      case 'code':
      case 'kbd':
      case 'tt':
      case 'samp':
        return runs(node.childNodes, { ...style, mono: true });
      default:
        return runs(node.childNodes, style);
    }
  }); // prettier-ignore

const trimmed = (content: Run[]): Run[] =>
  content
    .map((run, i) => ({ ...run, text: i === 0 ? run.text.trimStart() : run.text }))
    .map((run, i, all) => ({ ...run, text: i === all.length - 1 ? run.text.trimEnd() : run.text }))
    .filter(({ text }) => text !== '');

const below = (element: HtmlElement, names: readonly string[]): HtmlElement[] =>
  element.childNodes.filter(isElement).flatMap((it) => {
    if (left(it)) return [];
    if (names.includes(it.tagName)) return [it];
    return ['tbody', 'thead', 'tfoot'].includes(it.tagName) ? below(it, names) : [];
  });

const maxSpan = 100;
const span = (cell: HtmlElement, name: string): number =>
  Math.min(maxSpan, Math.max(1, Number.parseInt(attribute(cell, name) ?? '1', 10) || 1));

const table = (element: HtmlElement): Block[] => {
  const rows = below(element, ['tr']).map((row) => below(row, ['td', 'th']));
  const cells: Cell[] = [];
  /** How many rows each column is still taken by a cell from above. */
  const taken: number[] = [];
  const width = Math.max(0, ...rows.map((row) => row.reduce((sum, cell) => sum + span(cell, 'colspan'), 0)));
  if (width === 0) return [];
  rows.forEach((row, index) => {
    let column = 0;
    const skip = (): void => {
      while ((taken[column] ?? 0) > 0) column++;
    };
    for (const cell of row) {
      skip();
      if (column >= width) break;
      const across = Math.min(span(cell, 'colspan'), width - column);
      const down = Math.min(span(cell, 'rowspan'), rows.length - index);
      const content = trimmed(runs([cell]));
      cells.push({ runs: content, ...(across > 1 ? { across } : {}), ...(down > 1 ? { down } : {}) });
      for (let i = 0; i < across; i++) taken[column++] = down;
    }
    for (skip(); column < width; skip()) {
      cells.push({ runs: [] });
      taken[column++] = 1;
    }
    taken.forEach((left_, i) => {
      taken[i] = Math.max(0, left_ - 1);
    });
  });
  const head = rows[0]?.every(({ tagName }) => tagName === 'th') ?? false;
  return [{ is: 'table', columns: width, head: head && rows.length > 1, cells }];
};

const heading = (element: HtmlElement): Block => {
  const level = Number(element.tagName.slice(1));
  const content = trimmed(runs(element.childNodes));
  return level === 1 ? { is: 'title', runs: content } : { is: 'heading', level: level - 1, runs: content };
};

const flow = (nodes: readonly HtmlNode[]): Block[] => {
  const found: Block[] = [];
  let line: HtmlNode[] = [];
  const endLine = (): void => {
    const content = trimmed(runs(line));
    line = [];
    if (!isBlank(content)) found.push({ is: 'paragraph', runs: content, indent: true });
  };
  for (const node of nodes) {
    if (left(node)) continue;
    if (!isElement(node) || (inline.has(node.tagName) && !hasBlock(node))) {
      line.push(node);
      continue;
    }
    endLine();
    found.push(...element(node));
  }
  endLine();
  return found;
};

/** `<span><table>…` is not valid and common all the same. */
const hasBlock = (node: HtmlElement): boolean =>
  node.childNodes
    .filter(isElement)
    .some((it) => (!inline.has(it.tagName) && !skipped.has(it.tagName)) || hasBlock(it));

const element = (node: HtmlElement): Block[] => {
  if (/^h[1-6]$/.test(node.tagName)) return isBlank(runs(node.childNodes)) ? [] : [heading(node)];
  switch (node.tagName) {
    case 'table':
      return table(node);
    case 'ul':
    case 'ol': {
      const items = below(node, ['li']).map((item) => flow(item.childNodes));
      return [{ is: 'list', ordered: node.tagName === 'ol', start: span(node, 'start'), items }];
    }
    case 'blockquote':
      return [{ is: 'quote', blocks: flow(node.childNodes) }];
    case 'hr':
      return [{ is: 'rule' }];
    case 'pre':
      return [{ is: 'code', text: preformatted(node.childNodes) }];
    default:
      return flow(node.childNodes);
  }
}; // prettier-ignore

const preformatted = (nodes: readonly HtmlNode[]): string =>
  nodes
    .map((it) =>
      'value' in it && it.nodeName === '#text'
        ? it.value
        : isElement(it) && !left(it)
          ? preformatted(it.childNodes)
          : '',
    )
    .join('');

/** The text of a page by an allow-list; nothing is fetched, pictures are named by their alternative text. */
export const htmlBlocks = (html: string): Block[] => flow(parse(html).childNodes);
