import { open } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFStream,
} from 'pdf-lib';

/** How many small objects share one compressed stream (ISO 32000-1, 7.5.7). */
const together = 200;

type Place =
  | { readonly kind: 'at'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'in'; readonly stream: number; readonly index: number };

const bytesOf = (object: PDFObject): Uint8Array => {
  const bytes = new Uint8Array(object.sizeInBytes());
  object.copyBytesInto(bytes, 0);
  return bytes;
};

/** Where the bytes go. */
type Sink = { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> };

const toFile = async (path: string): Promise<Sink> => {
  const file = await open(path, 'wx');
  return { write: async (bytes) => void (await file.writev([bytes])), close: () => file.close() };
};

/**
 * Writes a PDF from front to back, each object once and then forgotten: what a volume of 3,000 pages needs in memory is
 * its thickest document, not its sum. Cross-references and small objects are compressed streams (PDF 1.5).
 */
export class PdfWriter {
  readonly #sink: Sink;
  readonly #places: (Place | undefined)[] = [undefined];
  #offset = 0;
  #pending: { readonly number: number; readonly bytes: Uint8Array }[] = [];

  private constructor(sink: Sink) {
    this.#sink = sink;
  }

  static async into(sink: Sink): Promise<PdfWriter> {
    const writer = new PdfWriter(sink);
    await writer.#append(Buffer.from('%PDF-1.7\n%\xe4\xf6\xfc\xdf\n', 'latin1'));
    return writer;
  }

  static async create(path: string): Promise<PdfWriter> {
    return PdfWriter.into(await toFile(path));
  }

  /** A number for an object that is written later; others may point to it already. */
  allocate(): PDFRef {
    this.#places.push(undefined);
    return PDFRef.of(this.#places.length - 1);
  }

  /** Numbers up to this one are the caller's. */
  reserve(largest: number): void {
    this.#places.length = Math.max(this.#places.length, largest + 1);
  }

  async write(ref: PDFRef, object: PDFObject): Promise<void> {
    const bytes = bytesOf(object);
    const { objectNumber: number, generationNumber: generation } = ref;
    // 7.5.7: neither streams nor what has a generation stands in an object stream.
    if (object instanceof PDFStream || generation !== 0) return this.#direct(number, bytes, generation);
    this.#pending.push({ number, bytes });
    if (this.#pending.length >= together) await this.#flush();
  }

  async #append(bytes: Uint8Array): Promise<void> {
    await this.#sink.write(bytes);
    this.#offset += bytes.length;
  }

  async #direct(number: number, bytes: Uint8Array, generation = 0): Promise<void> {
    this.#places[number] = { kind: 'at', offset: this.#offset, generation };
    const head = Buffer.from(`${number} ${generation} obj\n`);
    await this.#append(Buffer.concat([head, bytes, Buffer.from('\nendobj\n')]));
  }

  async #flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const stream = this.allocate().objectNumber;
    const head: number[] = [];
    let length = 0;
    for (const [index, { number, bytes }] of this.#pending.entries()) {
      this.#places[number] = { kind: 'in', stream, index };
      head.push(number, length);
      length += bytes.length + 1;
    }
    const first = Buffer.from(`${head.join(' ')} `);
    const body = this.#pending.flatMap(({ bytes }) => [bytes, Buffer.from('\n')]);
    const content = deflateSync(Buffer.concat([first, ...body]));
    const dict = `<</Type /ObjStm /N ${this.#pending.length} /First ${first.length} /Filter /FlateDecode /Length ${content.length}>>`;
    this.#pending = [];
    await this.#direct(stream, streamOf(dict, content));
  }

  /** Writes what still waits, the cross-references and the end; `id` is 32 hexadecimal digits. Returns the size. */
  async finish(trailer: {
    readonly root: PDFRef;
    readonly info: PDFRef;
    readonly id: string;
  }): Promise<number> {
    await this.#flush();
    const start = this.#offset;
    const own = this.allocate().objectNumber;
    this.#places[own] = { kind: 'at', offset: start, generation: 0 };
    // What was never written is not spoken of: /Index lists runs of numbers that are there, with 0, the free one.
    const runs: [first: number, count: number][] = [];
    const rows = Buffer.alloc(this.#places.length * 9);
    let at = 0;
    for (let number = 0; number < this.#places.length; number++) {
      const place = this.#places[number];
      if (place === undefined && number > 0) continue;
      const run = runs.at(-1);
      if (run !== undefined && run[0] + run[1] === number) run[1]++;
      else runs.push([number, 1]);
      if (place === undefined) rows.writeUInt16BE(65_535, at + 7);
      else if (place.kind === 'at') {
        rows.writeUInt8(1, at);
        rows.writeUIntBE(place.offset, at + 1, 6);
        rows.writeUInt16BE(place.generation, at + 7);
      } else {
        rows.writeUInt8(2, at);
        rows.writeUIntBE(place.stream, at + 1, 6);
        rows.writeUInt16BE(place.index, at + 7);
      }
      at += 9;
    }
    const content = deflateSync(rows.subarray(0, at));
    const { root, info, id } = trailer;
    const dict = `<</Type /XRef /Size ${this.#places.length} /W [1 6 2] /Index [${runs.flat().join(' ')}] /Root ${root} /Info ${info} /ID [<${id}> <${id}>] /Filter /FlateDecode /Length ${content.length}>>`;
    await this.#direct(own, streamOf(dict, content));
    await this.#append(Buffer.from(`startxref\n${start}\n%%EOF\n`));
    await this.#sink.close();
    return this.#offset;
  }

  /** After a refusal: the file is of no use, whoever made its folder takes it away. */
  async abandon(): Promise<void> {
    await this.#sink.close().catch(() => undefined);
  }
}

const streamOf = (dict: string, content: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(`${dict}\nstream\n`), content, Buffer.from('\nendstream')]);

/** Of an earlier file, and written anew here. */
const ofFile = new Set([PDFName.of('XRef'), PDFName.of('ObjStm')]);

/**
 * A whole document as bytes. Where pdf-lib's own save looks for every object's place among all that it has written (half
 * a second for 3,000 pages, four times as much for twice as many), this does not. It must have Info and ID.
 */
export const written = async (document: PDFDocument): Promise<Uint8Array> => {
  await document.flush();
  const { context } = document;
  const { Root, Info, ID } = context.trailerInfo;
  const id = ID instanceof PDFArray ? ID.get(0) : undefined;
  if (!(Root instanceof PDFRef && Info instanceof PDFRef && id instanceof PDFHexString))
    throw new Error('a document without Root, Info or ID');
  const parts: Uint8Array[] = [];
  const writer = await PdfWriter.into({
    write: async (bytes) => void parts.push(bytes),
    close: async () => undefined,
  });
  writer.reserve(context.largestObjectNumber);
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    const kind = object instanceof PDFStream ? object.dict.lookup(PDFName.of('Type')) : undefined;
    if (!(kind instanceof PDFName && ofFile.has(kind))) await writer.write(ref, object);
  }
  await writer.finish({ root: Root, info: Info, id: id.asString() });
  return Buffer.concat(parts);
};
