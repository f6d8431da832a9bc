import { readFileSync } from 'node:fs';
import type { PDFDocument } from 'pdf-lib';
import { type FontFile, type FontRole, fontFiles, fontFor, fontForName } from '../../fonts/index.ts';
import { type Face, readFace } from './face.ts';
import type { Parts } from './parts.ts';
import { Typeface } from './typeface.ts';
import { child, type Element, flag, textOf } from './xml.ts';

/** A font of the OFD's resources, and what it is drawn with here. */
export type OfdFont = {
  readonly name: string;
  /** The program that the OFD carries; its glyph numbers mean something. */
  readonly own: Typeface | undefined;
  /** Ours, best first, for what it does not carry. */
  readonly standIns: () => readonly Typeface[];
  readonly bold: boolean;
  readonly italic: boolean;
  /** It carries a program that is none: glyph numbers then mean nothing. */
  readonly unreadable: boolean;
  /** Whether the stand-in is bold by itself. */
  readonly boldStandIn: boolean;
};

const faces = new Map<string, Face>();
/** Our fonts are read once in the life of the process. */
const faceOf = (path: string): Face => {
  const before = faces.get(path);
  if (before !== undefined) return before;
  const face = readFace(readFileSync(path));
  if (face === undefined) throw new Error(`${path} is no font`);
  faces.set(path, face);
  return face;
};

const latin: readonly (readonly [RegExp, FontRole])[] = [
  [/arial|helvetica|sans|calibri|tahoma|verdana|segoe|courier|consol|mono/i, 'hei'],
];
/** A name that nobody knows is set with 宋, as Word would (font-names.ts). */
const roleOfLatin = (names: readonly string[]): FontRole =>
  latin.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1] ?? 'song';

/** All fonts of one PDF: each program goes in once, whatever documents and seals ask for it. */
export class Fonts {
  readonly #document: PDFDocument;
  readonly #files = fontFiles();
  readonly #typefaces = new Map<string, Typeface>();
  readonly #substituted = new Set<string>();
  #count = 0;

  constructor(document: PDFDocument) {
    this.#document = document;
  }

  /** Names that another font stood in for in what was drawn. */
  get substituted(): readonly string[] {
    return [...this.#substituted].sort();
  }
  standsIn(name: string): void {
    this.#substituted.add(name);
  }

  #ours(file: FontFile): Typeface {
    const before = this.#typefaces.get(file.path);
    if (before !== undefined) return before;
    const name = `${file.family.replace(/[^A-Za-z0-9]/g, '') || 'Office'}-${file.weight}`;
    const made = new Typeface(this.#document, faceOf(file.path), name);
    this.#typefaces.set(file.path, made);
    return made;
  }

  /** `ofd:Font` of a resource file in `from`. */
  read(element: Element, parts: Parts, base: string): OfdFont {
    const name = element.attributes.FontName ?? element.attributes.FamilyName ?? '';
    const names = [name, element.attributes.FamilyName ?? ''];
    const bold = flag(element, 'Bold') ?? /bold|black|heavy|粗/i.test(name);
    const named = names.flatMap((it) => fontForName(it, this.#files) ?? [])[0];
    const role = named?.role ?? roleOfLatin(names);
    const heavier = this.#files.find(
      (it) => it.weight === 700 && it.family === (named ?? fontFor(role, this.#files)).family,
    );
    const first = bold ? (heavier ?? named) : named;
    const chain = [
      first,
      fontFor(role, this.#files),
      ...(['song', 'hei', 'kai'] as const).map((it) => fontFor(it, this.#files)),
    ];
    const files = [...new Set(chain.flatMap((it) => it ?? []))];
    const location = textOf(child(element, 'FontFile'));
    let own: Typeface | undefined;
    if (location !== undefined) {
      const path = parts.path(location, base);
      const face = parts.has(path) ? readFace(parts.bytes(path)) : undefined;
      this.#count += 1;
      if (face !== undefined) {
        own = new Typeface(this.#document, face, `OFD${this.#count}`);
        this.#typefaces.set(`OFD${this.#count}`, own);
      }
    }
    return {
      name: name || '?',
      own,
      standIns: () => files.map((file) => this.#ours(file)),
      bold,
      italic: flag(element, 'Italic') ?? false,
      unreadable: location !== undefined && own === undefined,
      boldStandIn: files[0]?.weight === 700,
    };
  }

  finish(): void {
    for (const typeface of this.#typefaces.values()) typeface.finish();
  }
}
