import { type FileHandle, open } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { type PDFObject, PDFRef, PDFStream } from 'pdf-lib';

/** How many small objects share one compressed stream (ISO 32000-1, 7.5.7). */
const together = 200;

type Place =
  | { readonly kind: 'at'; readonly offset: number }
  | { readonly kind: 'in'; readonly stream: number; readonly index: number };

const bytesOf = (object: PDFObject): Uint8Array => {
  const bytes = new Uint8Array(object.sizeInBytes());
  object.copyBytesInto(bytes, 0);
  return bytes;
};

/**
 * Writes a PDF from front to back, each object once and then forgotten: what a volume of 3,000 pages needs in memory is
 * its thickest document, not its sum. Cross-references and small objects are compressed streams (PDF 1.5).
 */
export class PdfWriter {
  readonly #file: FileHandle;
  readonly #places: (Place | undefined)[] = [undefined];
  #offset = 0;
  #pending: { readonly number: number; readonly bytes: Uint8Array }[] = [];

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<PdfWriter> {
    const writer = new PdfWriter(await open(path, 'wx'));
    await writer.#append(Buffer.from('%PDF-1.7\n%\xe4\xf6\xfc\xdf\n', 'latin1'));
    return writer;
  }

  /** A number for an object that is written later; others may point to it already. */
  allocate(): PDFRef {
    this.#places.push(undefined);
    return PDFRef.of(this.#places.length - 1);
  }

  async write(ref: PDFRef, object: PDFObject): Promise<void> {
    const bytes = bytesOf(object);
    if (object instanceof PDFStream) return this.#direct(ref.objectNumber, bytes);
    this.#pending.push({ number: ref.objectNumber, bytes });
    if (this.#pending.length >= together) await this.#flush();
  }

  async #append(bytes: Uint8Array): Promise<void> {
    await this.#file.writev([bytes]);
    this.#offset += bytes.length;
  }

  async #direct(number: number, bytes: Uint8Array): Promise<void> {
    this.#places[number] = { kind: 'at', offset: this.#offset };
    await this.#append(Buffer.concat([Buffer.from(`${number} 0 obj\n`), bytes, Buffer.from('\nendobj\n')]));
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
    this.#places[own] = { kind: 'at', offset: start };
    const rows = Buffer.alloc(this.#places.length * 9);
    for (const [number, place] of this.#places.entries()) {
      const at = number * 9;
      // Never written: free.
      if (place === undefined) rows.writeUInt16BE(number === 0 ? 65535 : 0, at + 7);
      else if (place.kind === 'at') {
        rows.writeUInt8(1, at);
        rows.writeUIntBE(place.offset, at + 1, 6);
      } else {
        rows.writeUInt8(2, at);
        rows.writeUIntBE(place.stream, at + 1, 6);
        rows.writeUInt16BE(place.index, at + 7);
      }
    }
    const content = deflateSync(rows);
    const { root, info, id } = trailer;
    const dict = `<</Type /XRef /Size ${this.#places.length} /W [1 6 2] /Root ${root} /Info ${info} /ID [<${id}> <${id}>] /Filter /FlateDecode /Length ${content.length}>>`;
    await this.#direct(own, streamOf(dict, content));
    await this.#append(Buffer.from(`startxref\n${start}\n%%EOF\n`));
    await this.#file.close();
    return this.#offset;
  }

  /** After a refusal: the file is of no use, whoever made its folder takes it away. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }
}

const streamOf = (dict: string, content: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(`${dict}\nstream\n`), content, Buffer.from('\nendstream')]);
