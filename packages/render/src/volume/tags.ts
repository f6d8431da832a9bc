import {
  PDFArray,
  PDFContext,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
} from 'pdf-lib';
import type { PdfWriter } from '../writer/index.ts';
import type { Carrier } from './copy.ts';
import { pairsOf } from './tree.ts';

const name = (text: string): PDFName => PDFName.of(text);

const numbersOf = (root: PDFObject | undefined): (readonly [number, PDFObject])[] =>
  pairsOf(root, 'Nums').flatMap(([key, value]) =>
    key instanceof PDFNumber ? [[key.asNumber(), value] as const] : [],
  );

/** The tags (标签, for reading aloud) of all documents in one tree, a part for each. */
export class Tags {
  readonly #writer: PdfWriter;
  readonly #context = PDFContext.create();
  readonly #root: PDFRef;
  readonly #whole: PDFRef;
  readonly #parts: PDFRef[] = [];
  readonly #parents: PDFObject[] = [];
  readonly #roles = new Map<PDFName, PDFObject>();
  readonly #classes = new Map<PDFName, PDFObject>();
  /** Where the structure parents of the next document begin. */
  next = 0;
  /** Whether every document so far had tags. */
  complete = true;

  constructor(writer: PdfWriter) {
    this.#writer = writer;
    this.#root = writer.allocate();
    this.#whole = writer.allocate();
  }

  /** Takes over the tags of a document whose pages were carried with `next` as their beginning. */
  async take(document: PDFDocument, carrier: Carrier, title: string): Promise<void> {
    const at = document.catalog.get(name('StructTreeRoot'));
    const root = document.context.lookup(at);
    const kids = root instanceof PDFDict ? root.get(name('K')) : undefined;
    if (!(root instanceof PDFDict) || kids === undefined) {
      this.complete = false;
      return;
    }
    const part = this.#writer.allocate();
    if (at instanceof PDFRef) carrier.standIn(at, part);
    const element = PDFDict.withContext(this.#context);
    element.set(name('Type'), name('StructElem'));
    element.set(name('S'), name('Part'));
    element.set(name('P'), this.#whole);
    if (title !== '') element.set(name('T'), PDFHexString.fromText(title));
    element.set(name('K'), carrier.carry(kids));
    await this.#writer.write(part, element);
    this.#parts.push(part);
    let last = -1;
    for (const [key, value] of numbersOf(root.lookup(name('ParentTree')))) {
      this.#parents.push(PDFNumber.of(key + this.next), carrier.carry(value));
      last = Math.max(last, key);
    }
    for (const [from, into] of [
      ['RoleMap', this.#roles],
      ['ClassMap', this.#classes],
    ] as const) {
      const map = root.lookup(name(from));
      if (map instanceof PDFDict)
        for (const [key, value] of map.entries()) if (!into.has(key)) into.set(key, carrier.carry(value));
    }
    this.next += last + 1;
  }

  #dictOf(entries: ReadonlyMap<PDFName, PDFObject>): PDFDict {
    const dict = PDFDict.withContext(this.#context);
    for (const [key, value] of entries) dict.set(key, value);
    return dict;
  }

  #arrayOf(objects: readonly PDFObject[]): PDFArray {
    const array = PDFArray.withContext(this.#context);
    for (const one of objects) array.push(one);
    return array;
  }

  /** Writes the tree and returns its root. */
  async finish(): Promise<PDFRef> {
    const whole = PDFDict.withContext(this.#context);
    whole.set(name('Type'), name('StructElem'));
    whole.set(name('S'), name('Document'));
    whole.set(name('P'), this.#root);
    whole.set(name('K'), this.#arrayOf(this.#parts));
    await this.#writer.write(this.#whole, whole);
    const root = PDFDict.withContext(this.#context);
    root.set(name('Type'), name('StructTreeRoot'));
    root.set(name('K'), this.#whole);
    root.set(name('ParentTree'), this.#dictOf(new Map([[name('Nums'), this.#arrayOf(this.#parents)]])));
    root.set(name('ParentTreeNextKey'), PDFNumber.of(this.next));
    if (this.#roles.size > 0) root.set(name('RoleMap'), this.#dictOf(this.#roles));
    if (this.#classes.size > 0) root.set(name('ClassMap'), this.#dictOf(this.#classes));
    await this.#writer.write(this.#root, root);
    return this.#root;
  }
}
