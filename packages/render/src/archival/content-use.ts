import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFStream } from 'pdf-lib';
import { decoded, pageContent, tokens } from '../layer/index.ts';

const name = (text: string): PDFName => PDFName.of(text);

/** ISO 32000-1, Annex A: every operator that a content stream may hold (ISO 19005-2, 6.2.2). */
const operators = new Set(
  (
    'b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ' +
    'ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y \' "'
  ).split(' '),
);
const words = new Set(['true', 'false', 'null']);
const showing = new Set(['Tj', 'TJ', "'", '"']);

/** The codes that a font is asked to show: of two bytes in a composite font, of one in any other. */
export class ShownCodes {
  readonly #bytes: 1 | 2;
  readonly #seen: Uint8Array;
  /** A string ended within a code. */
  broken = false;

  constructor(font: PDFDict) {
    this.#bytes = font.lookup(name('Subtype')) === name('Type0') ? 2 : 1;
    this.#seen = new Uint8Array(this.#bytes === 2 ? 0x1_0000 : 0x100);
  }

  add(string: Uint8Array): void {
    if (this.#bytes === 1) for (const code of string) this.#seen[code] = 1;
    else {
      for (let at = 1; at < string.length; at += 2)
        this.#seen[((string[at - 1] ?? 0) << 8) | (string[at] ?? 0)] = 1;
      if (string.length % 2 === 1) this.broken = true;
    }
  }

  *[Symbol.iterator](): Generator<number> {
    for (let code = this.#seen.indexOf(1); code >= 0; code = this.#seen.indexOf(1, code + 1)) yield code;
  }
}

/** What the contents of a document make use of. */
export type Use = {
  /** Codes and not strings: those of a bound year would fill the memory. */
  readonly shown: ReadonlyMap<PDFDict, ShownCodes>;
  /** Names and operators that set a colour for printing. */
  readonly printingColours: boolean;
  /** Operators that no reader of PDF knows, and inline images that PDF/A cannot have. */
  readonly strange: ReadonlySet<string>;
  /** `q` deeper than readers must follow (6.1.13). */
  readonly deep: boolean;
  /** Text stands outside of marked content: neither tagged, nor said to be an artifact. */
  readonly untagged: boolean;
  /** What marked content says of its language. */
  readonly languages: readonly string[];
};

/** Walks every content stream that a page can reach, with the resources that are in force there. */
export const useOf = (document: PDFDocument): Use => {
  const shown = new Map<PDFDict, ShownCodes>();
  const strange = new Set<string>();
  const languages: string[] = [];
  /** By whether what draws it is marked content. */
  const done = {
    marked: new Map<PDFObject, Set<PDFDict | undefined>>(),
    bare: new Map<PDFObject, Set<PDFDict | undefined>>(),
  };
  let [printingColours, deep, untagged] = [false, false, false];

  const inside = (
    stream: PDFObject | undefined,
    resources: PDFDict | undefined,
    inherited: PDFDict | undefined,
    marked: boolean,
  ): void => {
    if (!(stream instanceof PDFStream)) return;
    const own = stream.dict.lookup(name('Resources'));
    const within = own instanceof PDFDict ? own : (resources ?? inherited);
    const visited = marked ? done.marked : done.bare;
    const before = visited.get(stream) ?? new Set();
    if (before.has(within)) return;
    visited.set(stream, before.add(within));
    const bytes = decoded(stream);
    if (bytes === undefined) strange.add('a stream that cannot be read');
    else read(bytes, within, marked);
  };

  const read = (bytes: Uint8Array, resources: PDFDict | undefined, marked: boolean): void => {
    const entry = (category: string, key: string): PDFObject | undefined => {
      const entries = resources?.lookup(name(category));
      return entries instanceof PDFDict ? entries.lookup(name(key)) : undefined;
    };
    let [last, depth, marks] = ['', 0, 0];
    /** The name right before, as long as nothing stands between. */
    let key = '';
    let font: PDFDict | undefined;
    const fonts: (PDFDict | undefined)[] = [];
    let strings: Uint8Array[] = [];
    let inline: string[] | undefined;
    for (const token of tokens(bytes)) {
      if (token.kind === 'string') {
        if (key === 'Lang') languages.push(Buffer.from(token.bytes).toString('latin1'));
        key = '';
        strings.push(token.bytes);
        continue;
      }
      if (token.kind === 'name') {
        last = token.name;
        key = last;
        inline?.push(last);
        continue;
      }
      const operator = token.name;
      key = '';
      if (operator === 'Tf') {
        const found = entry('Font', last);
        font = found instanceof PDFDict ? found : undefined;
        if (font !== undefined && !shown.has(font)) {
          shown.set(font, new ShownCodes(font));
          const procedures = font.lookup(name('CharProcs'));
          if (procedures instanceof PDFDict) {
            const own = font.lookup(name('Resources'));
            for (const key of procedures.keys())
              inside(procedures.lookup(key), own instanceof PDFDict ? own : undefined, resources, true);
          }
        }
      } else if (showing.has(operator)) {
        if (!marked && marks <= 0) untagged = true;
        if (font === undefined) strange.add('text without a font');
        else for (const string of strings) shown.get(font)?.add(string);
      } else if (operator === 'Do') {
        const object = entry('XObject', last);
        if (object instanceof PDFStream && object.dict.lookup(name('Subtype')) === name('Form'))
          inside(object, undefined, resources, marked || marks > 0);
      } else if (operator === 'BDC' || operator === 'BMC') marks++;
      else if (operator === 'EMC') marks--;
      else if (operator === 'scn' || operator === 'SCN') {
        const pattern = entry('Pattern', last);
        if (pattern instanceof PDFStream) inside(pattern, undefined, resources, true);
      } else if (operator === 'gs') {
        const state = entry('ExtGState', last);
        const mask = state instanceof PDFDict ? state.lookup(name('SMask')) : undefined;
        if (mask instanceof PDFDict) inside(mask.lookup(name('G')), undefined, resources, true);
        const set = state instanceof PDFDict ? state.lookup(name('Font')) : undefined;
        if (set instanceof PDFArray) strange.add('a font set by a graphics state');
      } else if (operator === 'q') {
        fonts.push(font);
        if (++depth > 28) deep = true;
      } else if (operator === 'Q') {
        if (depth > 0) font = fonts.pop();
        depth = Math.max(0, depth - 1);
      } else if (operator === 'k' || operator === 'K') printingColours = true;
      else if (operator === 'BI') inline = [];
      else if (operator === 'ID') {
        if (inline?.some((it) => it === 'CMYK' || it === 'DeviceCMYK')) printingColours = true;
        if (inline?.some((it) => it === 'LZW' || it === 'LZWDecode')) strange.add('an inline image with LZW');
        if (inline?.some((it) => it === 'I' || it === 'Interpolate'))
          strange.add('an inline image, smoothed');
        inline = undefined;
      } else if (!operators.has(operator) && !words.has(operator) && inline === undefined)
        strange.add(`operator ${operator.slice(0, 20)}`);
      strings = [];
    }
  };

  for (const page of document.getPages()) read(pageContent(page), page.node.Resources(), false);
  return { shown, printingColours, strange, deep, untagged, languages };
};
