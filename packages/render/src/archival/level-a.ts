import {
  PDFArray,
  PDFBool,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFString,
} from 'pdf-lib';
import { readingOf } from '../redact/shown-text.ts';
import type { ShownCodes, Use } from './content-use.ts';

const name = (text: string): PDFName => PDFName.of(text);

/** ISO 32000-1, 14.8.4. */
const standardTypes = new Set(
  (
    'Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody ' +
    'Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP ' +
    'Figure Formula Form'
  ).split(' '),
);

/** 6.7.3.4: what is no type of the standard is mapped to one, in the end; and none of the standard's own is mapped. */
const rolesHold = (root: PDFDict, used: ReadonlySet<string>): boolean => {
  const roles = root.lookup(name('RoleMap'));
  const to = new Map<string, string>();
  if (roles instanceof PDFDict)
    for (const key of roles.keys()) {
      const role = roles.lookup(key);
      if (!(role instanceof PDFName) || standardTypes.has(key.decodeText())) return false;
      to.set(key.decodeText(), role.decodeText());
    }
  const ends = (type: string): boolean => {
    const seen = new Set<string>();
    for (let at: string | undefined = type; at !== undefined && !seen.has(at); at = to.get(at)) {
      if (standardTypes.has(at)) return true;
      seen.add(at);
    }
    return false;
  };
  return [...used, ...to.keys()].every(ends);
};

/** The types of all structure elements; undefined where the tree is none. */
const typesIn = (root: PDFDict): ReadonlySet<string> | undefined => {
  const types = new Set<string>();
  const seen = new Set<PDFObject>();
  const open: (PDFObject | undefined)[] = [root.lookup(name('K'))];
  while (open.length > 0) {
    const one = open.pop();
    if (one instanceof PDFArray) for (let at = 0; at < one.size(); at++) open.push(one.lookup(at));
    if (!(one instanceof PDFDict)) continue;
    if (seen.has(one)) return undefined; // an element in two places
    seen.add(one);
    const kind = one.lookup(name('Type'));
    if (kind === name('MCR') || kind === name('OBJR')) continue;
    const type = one.lookup(name('S'));
    if (!(type instanceof PDFName)) return undefined;
    types.add(type.decodeText());
    open.push(one.lookup(name('K')));
  }
  return types.size > 0 ? types : undefined;
};

/** 6.7.4, RFC 3066. */
const language = /^([a-z]{1,8}(-[a-z0-9]{1,8})*)?$/i;

const languagesHold = (document: PDFDocument): boolean => {
  const seen = new Set<PDFObject>();
  const holds = (object: PDFObject): boolean => {
    if (seen.has(object)) return true;
    const dict = object instanceof PDFDict ? object : 'dict' in object ? object.dict : undefined;
    const below =
      dict instanceof PDFDict ? dict.values() : object instanceof PDFArray ? object.asArray() : [];
    seen.add(object);
    if (dict instanceof PDFDict && dict.has(name('Lang'))) {
      const said = dict.lookup(name('Lang'));
      if (!(said instanceof PDFString || said instanceof PDFHexString) || !language.test(said.decodeText()))
        return false;
    }
    return below.every(holds);
  };
  return document.context.enumerateIndirectObjects().every(([, object]) => holds(object));
};

/** 6.2.11.7: every code that is shown has characters of Unicode, none of them of somebody's own making. */
const readable = (font: PDFDict, shown: ShownCodes): boolean => {
  const { length, characters } = readingOf(font);
  const sound = (text: string | undefined): boolean =>
    text !== undefined && text !== '' && !/[\0\ufffe\uffff\ufeff]|\p{Co}|\p{Cs}/u.test(text);
  if (shown.broken) return false;
  for (const code of shown)
    if (!sound(characters.get(code.toString(16).padStart(length * 2, '0')))) return false;
  return true;
};

/**
 * Whether a document that is PDF/A-2b is PDF/A-2a (ISO 19005-2, 6.7): its tags stand, all of its text is tagged or is said to be
 * no part of the content, and can be read as Unicode. What cannot be told for sure stands against it.
 */
export const isLevelA = (document: PDFDocument, use: Use): boolean => {
  const { catalog } = document;
  const mark = catalog.lookup(name('MarkInfo'));
  const root = catalog.lookup(name('StructTreeRoot'));
  if (
    !(mark instanceof PDFDict && mark.lookup(name('Marked')) === PDFBool.True) ||
    !(root instanceof PDFDict)
  )
    return false;
  const types = typesIn(root);
  return (
    types !== undefined &&
    rolesHold(root, types) &&
    !use.untagged &&
    use.languages.every((one) => language.test(one)) &&
    languagesHold(document) &&
    [...use.shown].every(([font, shown]) => readable(font, shown))
  );
};
