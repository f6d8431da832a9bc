import { deflateSync } from 'node:zlib';
import { type PDFContext, type PDFDocument, PDFName, type PDFRef, type PDFStream } from 'pdf-lib';
import { list, type Matrix, number } from './matrix.ts';

type Kind = 'Font' | 'XObject' | 'ExtGState' | 'Pattern';

type Entries = Parameters<PDFContext['stream']>[1];
/** A stream packed by Node's own zlib: pdf-lib's takes ten times as long for a font or a picture. */
export const packed = (context: PDFContext, content: string | Uint8Array, entries: Entries = {}): PDFStream =>
  context.stream(deflateSync(content), { ...entries, Filter: 'FlateDecode' });

/** The operators of one content stream, and the resources that they name. */
export class Canvas {
  readonly document: PDFDocument;
  readonly #operators: string[] = [];
  readonly #resources = new Map<Kind, Map<PDFRef, string>>();
  readonly #states = new Map<string, PDFRef>();

  constructor(document: PDFDocument) {
    this.document = document;
  }

  write(...operators: string[]): void {
    this.#operators.push(...operators);
  }
  transform(matrix: Matrix): void {
    this.write(`${list(matrix)} cm`);
  }
  /** What `draw` sets ends with it. */
  within(draw: () => void): void {
    this.write('q');
    draw();
    this.write('Q');
  }

  /** The name, with its stroke, by which operators call a resource. */
  name(kind: Kind, ref: PDFRef): string {
    const named = this.#resources.get(kind) ?? new Map<PDFRef, string>();
    this.#resources.set(kind, named);
    const name = named.get(ref) ?? `${kind[0]}${named.size}`;
    named.set(ref, name);
    return `/${name}`;
  }

  alpha(fill: number, stroke: number): void {
    if (fill === 1 && stroke === 1) return;
    const key = `${number(fill)} ${number(stroke)}`;
    const state =
      this.#states.get(key) ??
      this.document.context.register(
        this.document.context.obj({
          Type: 'ExtGState',
          ca: Number(number(fill)),
          CA: Number(number(stroke)),
        }),
      );
    this.#states.set(key, state);
    this.write(`${this.name('ExtGState', state)} gs`);
  }

  get content(): string {
    return this.#operators.join('\n');
  }
  get resources() {
    const { context } = this.document;
    const dict = context.obj({});
    for (const [kind, named] of this.#resources) {
      const some = context.obj({});
      for (const [ref, name] of named) some.set(PDFName.of(name), ref);
      dict.set(PDFName.of(kind), some);
    }
    return dict;
  }
}
