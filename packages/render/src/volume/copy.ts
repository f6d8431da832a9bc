import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import type { PdfWriter } from '../writer/index.ts';
import { pairsOf } from './tree.ts';

const name = (text: string): PDFName => PDFName.of(text);

/** What a page may carry into a volume: its look and its tags, nothing that acts. */
const pageKeys = [
  'MediaBox',
  'CropBox',
  'BleedBox',
  'TrimBox',
  'ArtBox',
  'Rotate',
  'Resources',
  'Contents',
  'Group',
  'Annots',
  'UserUnit',
  'Tabs',
  'StructParents',
] as const;
const inherited: ReadonlySet<string> = new Set(['MediaBox', 'CropBox', 'Rotate', 'Resources']);

/** Numbers of structure parents are the document's own: in a volume they count on from those of the documents before. */
const parentKeys: ReadonlySet<string> = new Set(['StructParent', 'StructParents']);

/**
 * A reference, within a document, to something of the volume. Negative, as no object of a file is numbered: a number of the
 * volume's own would be taken for that of another object of the document.
 */
export const standIn = (n: number): PDFRef => PDFRef.of(-1 - n);

/** Where a named destination leads, in old (`Dests`) and new (`Names`) documents. */
const namedDestinations = (document: PDFDocument): ReadonlyMap<string, PDFObject> => {
  const found = new Map<string, PDFObject>();
  const keep = (key: string, value: PDFObject | undefined): void => {
    const target = value instanceof PDFDict ? value.lookup(name('D')) : value;
    if (target !== undefined) found.set(key, target);
  };
  const old = document.catalog.lookup(name('Dests'));
  if (old instanceof PDFDict) for (const key of old.keys()) keep(key.decodeText(), old.lookup(key));
  const tree = document.catalog.lookup(name('Names'));
  const named = tree instanceof PDFDict ? tree.lookup(name('Dests')) : undefined;
  for (const [key, value] of pairsOf(named, 'Names'))
    if (key instanceof PDFString || key instanceof PDFHexString)
      keep(key.decodeText(), document.context.lookup(value));
  return found;
};

/**
 * Takes the objects of one document over into a volume, each once, under new numbers. Pages come first: whatever points to
 * one (links, bookmarks, tags) then points to it in the volume.
 */
export class Carrier {
  readonly #writer: PdfWriter;
  readonly #document: PDFDocument;
  readonly #context: PDFContext;
  readonly #numbers: Map<PDFRef, PDFRef>;
  readonly #open: PDFRef[] = [];
  readonly #parents: number;
  readonly #named: ReadonlyMap<string, PDFObject>;

  /** `known`: references that stand for objects of the volume itself. `parents`: where its structure parents begin. */
  constructor(
    writer: PdfWriter,
    document: PDFDocument,
    pages: readonly PDFRef[],
    known: ReadonlyMap<PDFRef, PDFRef>,
    parents: number,
  ) {
    this.#writer = writer;
    this.#document = document;
    this.#context = document.context;
    this.#numbers = new Map(known);
    this.#parents = parents;
    this.#named = namedDestinations(document);
    for (const [n, page] of document.getPages().entries()) {
      const to = pages[n];
      if (to !== undefined) this.#numbers.set(page.ref, to);
    }
  }

  /** A reference of the volume for one of the document; its object is written with `drain`. */
  #to(ref: PDFRef): PDFRef {
    const known = this.#numbers.get(ref);
    if (known !== undefined) return known;
    const made = this.#writer.allocate();
    this.#numbers.set(ref, made);
    this.#open.push(ref);
    return made;
  }

  /** Gives `ref` a number of the volume and takes nothing over: its place is taken by something of the volume. */
  standIn(ref: PDFRef, by: PDFRef): void {
    this.#numbers.set(ref, by);
  }

  /** The same object with the volume's references in it. */
  carry(object: PDFObject): PDFObject {
    if (object instanceof PDFRef) return this.#to(object);
    if (object instanceof PDFArray) {
      const array = PDFArray.withContext(this.#context);
      for (const one of object.asArray()) array.push(this.carry(one));
      return array;
    }
    if (object instanceof PDFStream) {
      const dict = this.#dict(object.dict, 'Length'); // written anew, whatever it pointed to
      return PDFRawStream.of(dict, object.getContents());
    }
    return object instanceof PDFDict ? this.#dict(object) : object;
  }

  #dict(dict: PDFDict, without?: string): PDFDict {
    const made = PDFDict.withContext(this.#context);
    for (const [key, value] of dict.entries()) {
      if (key.decodeText() === without) continue;
      const parent = parentKeys.has(key.decodeText()) && value instanceof PDFNumber;
      made.set(key, parent ? PDFNumber.of(value.asNumber() + this.#parents) : this.carry(value));
    }
    return made;
  }

  /** An explicit destination; undefined when it leads nowhere in this document. */
  destination(target: PDFObject | undefined): PDFArray | undefined {
    const text = target instanceof PDFName || target instanceof PDFString || target instanceof PDFHexString;
    const found = text ? this.#named.get(target.decodeText()) : target;
    if (!(found instanceof PDFArray)) return undefined;
    const page = found.get(0);
    return page instanceof PDFRef && this.#numbers.has(page) ? (this.carry(found) as PDFArray) : undefined;
  }

  /** Links keep where they lead, by name or not; form fields and signatures hold for the release alone and stay there. */
  #annotations(page: PDFPage): PDFArray {
    const kept = PDFArray.withContext(this.#context);
    const annotations = page.node.lookup(name('Annots'));
    if (!(annotations instanceof PDFArray)) return kept;
    for (const one of annotations.asArray()) {
      const annotation = this.#context.lookup(one);
      if (!(annotation instanceof PDFDict) || annotation.lookup(name('Subtype')) === name('Widget')) continue;
      const action = annotation.lookup(name('A'));
      const goes = action instanceof PDFDict && action.lookup(name('S')) === name('GoTo');
      const target = goes ? action.lookup(name('D')) : annotation.lookup(name('Dest'));
      if (target !== undefined) {
        const place = this.destination(target);
        if (place === undefined) continue;
        // Set where it is written: `place` is the volume's already and may not be carried again.
        annotation.delete(name('A'));
        annotation.delete(name('Dest'));
        this.#destinations.set(annotation, place);
      }
      annotation.delete(name('P'));
      kept.push(one instanceof PDFRef ? this.#to(one) : this.#finished(annotation));
    }
    return kept;
  }
  readonly #destinations = new Map<PDFObject, PDFArray>();

  #finished(object: PDFObject): PDFObject {
    const made = this.carry(object);
    const place = this.#destinations.get(object);
    if (place !== undefined && made instanceof PDFDict) made.set(name('Dest'), place);
    return made;
  }

  /** The page as an object of the volume. */
  page(page: PDFPage, parent: PDFRef): PDFDict {
    const made = PDFDict.withContext(this.#context);
    made.set(name('Type'), name('Page'));
    made.set(name('Parent'), parent);
    for (const key of pageKeys) {
      if (key === 'Annots') continue;
      const own = page.node.get(name(key));
      const value = own ?? (inherited.has(key) ? page.node.getInheritableAttribute(name(key)) : undefined);
      if (value === undefined) continue;
      made.set(
        name(key),
        parentKeys.has(key) && value instanceof PDFNumber
          ? PDFNumber.of(value.asNumber() + this.#parents)
          : this.carry(value),
      );
    }
    const annotations = this.#annotations(page);
    if (annotations.size() > 0) made.set(name('Annots'), annotations);
    return made;
  }

  /** Writes everything that what was taken over so far points to. */
  async drain(): Promise<void> {
    for (let ref = this.#open.pop(); ref !== undefined; ref = this.#open.pop()) {
      const to = this.#numbers.get(ref);
      const object = this.#context.lookup(ref);
      // What is missing reads as null (ISO 32000-1, 7.3.10): its number stays free.
      if (to !== undefined && object !== undefined) await this.#writer.write(to, this.#finished(object));
    }
  }

  get document(): PDFDocument {
    return this.#document;
  }
}
