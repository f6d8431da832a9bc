import { createHash } from 'node:crypto';
import { type Refusal, type Result, refusal, type VolumePlan } from '@gongkai/core';
import {
  PDFArray,
  PDFContext,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFRef,
  PDFString,
} from 'pdf-lib';
import { loading } from '../in-one-go.ts';
import { decoded } from '../layer/index.ts';
import { withPdf } from '../pdfium/index.ts';
import type { PdfWriter } from '../writer/index.ts';
import { type Bookmark, ownBookmarks, writeBookmarks } from './bookmark.ts';
import { Carrier, standIn } from './copy.ts';
import { LeafNumbers, leafPlace, pieces } from './leaf-number.ts';
import { inWords, PAGE_LINK } from './sheets.ts';
import { Tags } from './tags.ts';

/** `pages`: of the whole file; `pdfa`: the level of PDF/A-2 that every part has, so that the volume may say so; '' is none. */
export type Bound = { readonly pages: number; readonly bytes: number; readonly pdfa: 'A' | 'B' | '' };

const name = (text: string): PDFName => PDFName.of(text);
/** Kids of one node of the page tree. */
const FAN = 64;

/** A refusal on its way out of the binding; `bindVolume` makes a value of it. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refused: Refusal) {
    super(refused.code);
    this.refusal = refused;
  }
}

export const must = <T>(result: Result<T, Refusal>): T => {
  if (!result.ok) throw new Refused(result.error);
  return result.value;
};

export const opened = async (bytes: Uint8Array): Promise<PDFDocument> => {
  try {
    return await PDFDocument.load(bytes, loading);
  } catch (thrown) {
    throw new Refused(refusal('damaged', { detail: thrown instanceof Error ? thrown.message : '' }));
  }
};

/** What a document says of itself, as far as a PDF/A-2 may hold it: level A (tagged) or B; nothing: neither. */
const pdfaLevel = (document: PDFDocument): 'A' | 'B' | '' => {
  const packet = Buffer.from(decoded(document.catalog.lookup(name('Metadata'))) ?? []).toString('utf8');
  const said = (what: string): string =>
    new RegExp(`pdfaid:${what}(?:>|=["'])\\s*(\\w)`).exec(packet)?.[1]?.toUpperCase() ?? '';
  if (!/[23]/.test(said('part'))) return '';
  return said('conformance') === 'A' ? 'A' : 'B';
};

/** Puts one volume together. Positions count the pages of the whole file, from 0; 页号 begin with 1 after the contents. */
export class Binder {
  readonly #writer: PdfWriter;
  readonly #plan: VolumePlan;
  readonly #context = PDFContext.create();
  readonly #pages: readonly PDFRef[];
  readonly #nodes: readonly PDFRef[];
  readonly #front: number;
  readonly #numbers: LeafNumbers;
  readonly #tags: Tags;
  #written = 0;
  #level: 'A' | 'B' | '' = 'A';
  #intents: PDFRef | undefined;

  private constructor(
    writer: PdfWriter,
    plan: VolumePlan,
    total: number,
    front: number,
    numbers: LeafNumbers,
  ) {
    this.#writer = writer;
    this.#plan = plan;
    this.#pages = Array.from({ length: total }, () => writer.allocate());
    this.#nodes = Array.from({ length: Math.ceil(total / FAN) }, () => writer.allocate());
    this.#front = front;
    this.#numbers = numbers;
    this.#tags = new Tags(writer);
  }

  static async open(writer: PdfWriter, plan: VolumePlan, total: number, front: number): Promise<Binder> {
    const numbers = must(await LeafNumbers.write(writer, new Date(plan.createdAt)));
    return new Binder(writer, plan, total, front, numbers);
  }

  #placeOf(page: PDFRef): PDFArray {
    const array = PDFArray.withContext(this.#context);
    for (const one of [page, name('XYZ'), PDFNull, PDFNull, PDFNull]) array.push(one);
    return array;
  }

  /** Where a link or a bookmark to the page at this position leads. */
  place(position: number): PDFArray {
    return this.#placeOf(this.#pages[position] as PDFRef);
  }

  /** Links in our own sheets lead by number; here they become places. */
  #leadOn(document: PDFDocument): Map<PDFRef, PDFRef> {
    const known = new Map<PDFRef, PDFRef>();
    for (const page of document.getPages()) {
      const annotations = page.node.lookup(name('Annots'));
      if (!(annotations instanceof PDFArray)) continue;
      for (let i = 0; i < annotations.size(); i++) {
        const link = annotations.lookup(i);
        const action = link instanceof PDFDict ? link.lookup(name('A')) : undefined;
        const uri = action instanceof PDFDict ? action.lookup(name('URI')) : undefined;
        if (!(link instanceof PDFDict) || !(uri instanceof PDFString || uri instanceof PDFHexString))
          continue;
        const text = uri.decodeText();
        const position = text.startsWith(PAGE_LINK)
          ? this.#front + Number(text.slice(PAGE_LINK.length)) - 1
          : -1;
        const target = this.#pages[position];
        if (target === undefined) continue;
        const stand = standIn(pieces.length + position);
        link.delete(name('A'));
        link.set(name('Dest'), this.#placeOf(stand));
        known.set(stand, target);
      }
    }
    return known;
  }

  /**
   * Takes over a document whose page n goes to `positions[n]`. `numbered`: with 总第 n 页. `own`: a sheet of ours, whose
   * links lead to 页号. Returns the document's own bookmarks.
   */
  async add(
    bytes: Uint8Array,
    positions: readonly number[],
    { title, numbered, own }: { readonly title: string; readonly numbered: boolean; readonly own: boolean },
  ): Promise<Bookmark[]> {
    const document = await opened(bytes);
    if (document.getPageCount() !== positions.length)
      throw new Refused(
        refusal('damaged', { detail: `${document.getPageCount()} ≠ ${positions.length} pages` }),
      );
    if (numbered) await this.#number(document, bytes, positions);
    const refs = positions.map((at) => this.#pages[at] as PDFRef);
    const known = new Map([...this.#numbers.known, ...(own ? this.#leadOn(document) : [])]);
    const carrier = new Carrier(this.#writer, document, refs, known, this.#tags.next);
    for (const [n, page] of document.getPages().entries()) {
      const parent = this.#nodes[Math.floor((positions[n] ?? 0) / FAN)] as PDFRef;
      await this.#writer.write(refs[n] as PDFRef, carrier.page(page, parent));
    }
    await this.#tags.take(document, carrier, title);
    const bookmarks = own ? [] : ownBookmarks(document, carrier);
    const level = pdfaLevel(document);
    // As high as the lowest: '' below B below A.
    if (level === '' || this.#level === '') this.#level = '';
    else if (level === 'B') this.#level = 'B';
    const intents = document.catalog.lookup(name('OutputIntents'));
    if (this.#intents === undefined && intents instanceof PDFArray) {
      this.#intents = this.#writer.allocate();
      await this.#writer.write(this.#intents, carrier.carry(intents));
    }
    await carrier.drain();
    this.#written += positions.length;
    return bookmarks;
  }

  async #number(document: PDFDocument, bytes: Uint8Array, positions: readonly number[]): Promise<void> {
    const leaf = (i: number): number => (positions[i] ?? 0) - this.#front + 1;
    const places = must(
      await withPdf(bytes, (pdf) =>
        positions.map((_, i) =>
          pdf.withPage(i + 1, (page) => leafPlace(page, leaf(i) % 2 === 1 ? 'right' : 'left')),
        ),
      ),
    );
    for (const [i, page] of document.getPages().entries()) {
      const place = places[i];
      if (place === undefined) throw new Refused(refusal('damaged', { detail: `page ${i + 1}` }));
      this.#numbers.draw(page, place, leaf(i));
    }
    await document.flush();
  }

  async #pageTree(): Promise<PDFRef> {
    const root = this.#writer.allocate();
    const node = (kids: readonly PDFRef[], count: number, parent?: PDFRef): PDFDict => {
      const dict = PDFDict.withContext(this.#context);
      dict.set(name('Type'), name('Pages'));
      if (parent !== undefined) dict.set(name('Parent'), parent);
      const array = PDFArray.withContext(this.#context);
      for (const kid of kids) array.push(kid);
      dict.set(name('Kids'), array);
      dict.set(name('Count'), PDFNumber.of(count));
      return dict;
    };
    for (const [n, ref] of this.#nodes.entries()) {
      const kids = this.#pages.slice(n * FAN, (n + 1) * FAN);
      await this.#writer.write(ref, node(kids, kids.length, root));
    }
    await this.#writer.write(root, node(this.#nodes, this.#pages.length));
    return root;
  }

  async finish(bookmarks: readonly Bookmark[]): Promise<Bound> {
    if (this.#written !== this.#pages.length)
      throw new Error(`${this.#written} pages written of ${this.#pages.length}`);
    const { title, volume, of, office, createdAt } = this.#plan;
    const named = of === 1 ? title : `${title} 第${inWords(volume)}卷`;
    const at = new Date(createdAt);
    const level = this.#level === 'A' && !this.#tags.complete ? 'B' : this.#level;
    const context = this.#context;
    const write = async (object: Parameters<PdfWriter['write']>[1]): Promise<PDFRef> => {
      const ref = this.#writer.allocate();
      await this.#writer.write(ref, object);
      return ref;
    };
    const catalog = context.obj({ Type: 'Catalog', PageMode: 'UseOutlines', Lang: PDFString.of('zh-CN') });
    catalog.set(name('Pages'), await this.#pageTree());
    catalog.set(name('Outlines'), await writeBookmarks(this.#writer, bookmarks));
    catalog.set(name('PageLabels'), context.obj({ Nums: [0, { S: 'r' }, this.#front, { S: 'D', St: 1 }] }));
    catalog.set(name('ViewerPreferences'), context.obj({ DisplayDocTitle: true }));
    catalog.set(name('StructTreeRoot'), await this.#tags.finish());
    catalog.set(name('MarkInfo'), context.obj({ Marked: this.#tags.complete }));
    if (this.#intents !== undefined) catalog.set(name('OutputIntents'), this.#intents);
    const packet = Buffer.from(xmp({ title: named, author: office, at, level }));
    catalog.set(name('Metadata'), await write(context.stream(packet, { Type: 'Metadata', Subtype: 'XML' })));
    const info = context.obj({
      Title: PDFHexString.fromText(named),
      Author: PDFHexString.fromText(office),
      Creator: PDFHexString.fromText('gongkai'),
      Producer: PDFHexString.fromText('gongkai'),
      CreationDate: PDFString.fromDate(at),
      ModDate: PDFString.fromDate(at),
    });
    const id = createHash('sha256').update(JSON.stringify(this.#plan)).digest('hex').slice(0, 32);
    const bytes = await this.#writer.finish({ root: await write(catalog), info: await write(info), id });
    return { pages: this.#pages.length, bytes, pdfa: level };
  }
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (it) => `&#${it.charCodeAt(0)};`);

const xmp = (about: { title: string; author: string; at: Date; level: 'A' | 'B' | '' }): string => {
  const at = about.at.toISOString().replace(/\.\d+Z$/, 'Z');
  const claim =
    about.level === ''
      ? ''
      : `<pdfaid:part>2</pdfaid:part><pdfaid:conformance>${about.level}</pdfaid:conformance>`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(about.title)}</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>${escaped(about.author)}</rdf:li></rdf:Seq></dc:creator><dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>${claim}<xmp:CreateDate>${at}</xmp:CreateDate><xmp:ModifyDate>${at}</xmp:ModifyDate><xmp:CreatorTool>gongkai</xmp:CreatorTool><pdf:Producer>gongkai</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
};
