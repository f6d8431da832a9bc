import { type PDFContext, PDFDict, PDFName, type PDFPage, type PDFRef } from 'pdf-lib';
import { balance } from './content.ts';
import { contentsOf, packed, pageContent } from './page-content.ts';

export { balance, type Token, tokens } from './content.ts';
export { embedOutlined } from './outline.ts';
export { decoded, packed, pageContent } from './page-content.ts';

const name = (text: string): PDFName => PDFName.of(text);

type Category = 'XObject' | 'Font' | 'ExtGState';

/** A copy of a resource dictionary for one page alone: many documents share one among all pages. */
const ownResources = (page: PDFPage, category: Category): PDFDict => {
  const { context } = page.node;
  const shared = page.node.Resources();
  const resources = shared === undefined ? context.obj({}) : shared.clone(context);
  const entries = resources.lookup(name(category));
  const own = entries instanceof PDFDict ? entries.clone(context) : context.obj({});
  resources.set(name(category), own);
  page.node.set(name('Resources'), resources);
  return own;
};

/** Makes these known to a page under their tags, or what is still free of them; the names in the order given. */
export const addResources = (
  page: PDFPage,
  category: Category,
  wanted: readonly (readonly [tag: string, ref: PDFRef])[],
): readonly PDFName[] => {
  const entries = ownResources(page, category);
  return wanted.map(([tag, ref]) => {
    let key = name(tag);
    for (let i = 1; entries.has(key); i++) key = name(`${tag}${i}`);
    entries.set(key, ref);
    return key;
  });
};

export const addResource = (page: PDFPage, category: Category, tag: string, ref: PDFRef): PDFName => {
  const [key = name(tag)] = addResources(page, category, [[tag, ref]]);
  return key;
};

const bracketsOf = new WeakMap<PDFContext, Map<string, PDFRef>>();

/** A stream of nothing but `q` or `Q`; nearly every page needs the same one, so pages share it. */
const brackets = (context: PDFContext, operator: 'q' | 'Q', times: number): PDFRef => {
  const made = bracketsOf.get(context) ?? new Map<string, PDFRef>();
  bracketsOf.set(context, made);
  const content = `${Array(times).fill(operator).join(' ')}\n`;
  const ref = made.get(content) ?? context.register(context.stream(content));
  made.set(content, ref);
  return ref;
};

/**
 * Draws `operators` on top of a page, in plain user space whatever graphics state the page's own content leaves
 * behind. `clip` (x, y, width, height in user space) is where the page's own content may still show.
 */
export const layOver = (page: PDFPage, operators: string, clip?: readonly number[]): void => {
  const { context } = page.node;
  const contents = contentsOf(page);
  const { before, after } = balance(pageContent(page));
  const opening = brackets(context, 'q', before);
  const limit = clip === undefined ? [] : [context.register(context.stream(`${clip.join(' ')} re W n\n`))];
  const closing = brackets(context, 'Q', after);
  const layer = context.register(packed(context, `q\n${operators}\nQ\n`));
  page.node.set(name('Contents'), context.obj([opening, ...limit, ...contents, closing, layer]));
};
