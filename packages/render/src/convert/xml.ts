/**
 * Just enough XML to change a few elements and give everything else back byte for byte. Namespaces are not
 * resolved; DOCTYPE never gets here (intake refuses it in OOXML).
 */
export type Element = { name: string; open: string; close: string; children: Node[] };
export type Node = string | Element;

export const isElement = (node: Node): node is Element => typeof node !== 'string';

const token = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+/g;

/** Throws SyntaxError when tags do not match. */
export const parseXml = (xml: string): Node[] => {
  const root: Element = { name: '', open: '', close: '', children: [] };
  const open: Element[] = [root];
  for (const [text] of xml.matchAll(token)) {
    const top = open.at(-1) ?? root;
    if (!text.startsWith('<') || text.startsWith('<!') || text.startsWith('<?')) {
      top.children.push(text);
    } else if (text.startsWith('</')) {
      const name = text.slice(2, -1).trim();
      if (open.length === 1 || top.name !== name) throw new SyntaxError(`</${name}> closes <${top.name}>`);
      top.close = text;
      open.pop();
    } else {
      const name = /^<([^\s/>]+)/.exec(text)?.[1] ?? '';
      const element: Element = { name, open: text, close: '', children: [] };
      top.children.push(element);
      if (!text.endsWith('/>')) open.push(element);
    }
  }
  if (open.length > 1) throw new SyntaxError(`<${open.at(-1)?.name}> is not closed`);
  return root.children;
};

export const serialize = (nodes: readonly Node[]): string =>
  nodes.map((it) => (isElement(it) ? it.open + serialize(it.children) + it.close : it)).join('');
