/**
 * Tracked changes of WordprocessingML, accepted. LibreOffice prints deletions into the PDF (reference/pdf.md §0.3),
 * so the page would show what the author had struck out (ECMA-376-1 §17.13.5).
 */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { type Element, isElement, type Node, parseXml, serialize } from './xml.ts';

/** Marks of a change that vanish together with what they hold: the former properties, range ends, deletions. */
const dropped =
  /^(del|moveFrom|delText|delInstrText|moveFromRange(Start|End)|moveToRange(Start|End)|customXml(Ins|Del|MoveFrom|MoveTo)Range(Start|End)|cellIns|cellDel|cellMerge|numberingChange|tblGridChange|(r|p|sect|tbl|tr|tc|tblPrEx)PrChange|pPrChange)$/;
/** What was inserted stays; only the frame around it goes. */
const unwrapped = /^(ins|moveTo)$/;

const quickTest = /<\w+:(ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|\w+Change)[\s/>]/;

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
const child = (element: Element, name: string): Element | undefined =>
  element.children.filter(isElement).find((it) => local(it.name) === name);

/** `<w:del/>` among the properties: the paragraph's mark or the table row itself is deleted. */
const markDeleted = (properties: Element | undefined): boolean =>
  properties !== undefined &&
  (child(properties, 'del') !== undefined || child(properties, 'moveFrom') !== undefined);

const rowDeleted = (row: Element): boolean => markDeleted(child(row, 'trPr'));
const paragraphMarkDeleted = (paragraph: Element): boolean => {
  const properties = child(paragraph, 'pPr');
  return properties !== undefined && markDeleted(child(properties, 'rPr'));
};

const cellDeleted = (cell: Element): boolean => {
  const properties = child(cell, 'tcPr');
  return properties !== undefined && child(properties, 'cellDel') !== undefined;
};

const content = (paragraph: Element): Node[] =>
  paragraph.children.filter((it) => !isElement(it) || local(it.name) !== 'pPr');

/**
 * Accepts every change below an element. A paragraph whose mark is deleted joins the next one, whose properties win,
 * as Word does it.
 */
const accept = (nodes: readonly Node[]): Node[] => {
  const kept: Node[] = [];
  let joining: Node[] = [];
  for (const node of nodes) {
    if (!isElement(node)) {
      kept.push(node);
      continue;
    }
    const name = local(node.name);
    if (dropped.test(name) || (name === 'tr' && rowDeleted(node)) || (name === 'tc' && cellDeleted(node)))
      continue;
    if (unwrapped.test(name)) {
      kept.push(...accept(node.children));
      continue;
    }
    const accepted: Element = { ...node, children: accept(node.children) };
    if (name === 'p') {
      if (paragraphMarkDeleted(node)) {
        joining.push(...content(accepted));
        continue;
      }
      if (joining.length > 0) {
        const properties = accepted.children.filter((it) => isElement(it) && local(it.name) === 'pPr');
        accepted.children = [...properties, ...joining, ...content(accepted)];
        joining = [];
      }
    }
    kept.push(accepted);
  }
  // Nothing follows to join: the text still may not be lost.
  if (joining.length > 0) kept.push({ name: 'w:p', open: '<w:p>', close: '</w:p>', children: joining });
  return kept;
};

/** A cell must end with a paragraph; deletion may have taken its last one. */
const mendCells = (nodes: readonly Node[]): void => {
  for (const node of nodes.filter(isElement)) {
    mendCells(node.children);
    if (local(node.name) === 'tc' && child(node, 'p') === undefined) {
      node.children.push({ name: 'w:p', open: '<w:p/>', close: '', children: [] });
    }
  }
};

/** One part (document, header, footer, notes) with all its changes accepted. */
export const acceptRevisions = (xml: string): string => {
  if (!quickTest.test(xml)) return xml;
  const accepted = accept(parseXml(xml));
  mendCells(accepted);
  return serialize(accepted);
};

const parts = /^word\/[^/]+\.xml$/;

/** A .docx without tracked changes; the same bytes when it has none. Throws when it is no zip (intake saw to that). */
export const resolveRevisions = (docx: Uint8Array): Uint8Array => {
  const files = unzipSync(docx);
  let changed = false;
  for (const [name, bytes] of Object.entries(files)) {
    if (!parts.test(name)) continue;
    const before = strFromU8(bytes);
    const after = acceptRevisions(before);
    if (after === before) continue;
    files[name] = strToU8(after);
    changed = true;
  }
  return changed ? zipSync(files, { level: 1 }) : docx;
};
