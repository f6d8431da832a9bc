import type { PDFDocument, PDFRef } from 'pdf-lib';
import type { ColourSpace } from './colour.ts';
import type { Fonts, OfdFont } from './fonts.ts';
import type { Parts } from './parts.ts';
import type { Resources } from './resources.ts';
import { Undrawable } from './undrawable.ts';
import type { Element } from './xml.ts';

/** What was drawn, by kind of object: a test holds it against what the file has. */
export type Tally = Record<'text' | 'path' | 'image' | 'composite' | 'annotation' | 'seal', number>;

/** Everything that the drawing of one document's objects asks for, and where it is just now. */
export class Scope {
  readonly document: PDFDocument;
  readonly parts: Parts;
  readonly resources: Resources;
  readonly fonts: Fonts;
  readonly tally: Tally;
  /** Objects drawn as parts of composites so far, over the whole file: one may call ten that call ten. */
  readonly repeated: { objects: number };
  /** Pictures of this document that are in the PDF already. */
  readonly images: Map<string, PDFRef>;
  /** From 1, over all documents of the file. */
  readonly page: number;
  #object = '';

  constructor(given: {
    document: PDFDocument;
    parts: Parts;
    resources: Resources;
    fonts: Fonts;
    tally: Tally;
    repeated: { objects: number };
    images: Map<string, PDFRef>;
    page: number;
  }) {
    this.document = given.document;
    this.parts = given.parts;
    this.resources = given.resources;
    this.fonts = given.fonts;
    this.tally = given.tally;
    this.repeated = given.repeated;
    this.images = given.images;
    this.page = given.page;
  }

  /** Remembers which object is being drawn, for the sentence of a refusal. */
  at(element: Element): void {
    this.#object = `${element.name} ID=${element.attributes.ID ?? '?'}`;
  }

  undrawable(what: string): never {
    const object = `${this.#object} ${what}`.trim().slice(0, 160);
    throw new Undrawable('not-drawable', { page: this.page, object });
  }

  get defaultSpace(): ColourSpace | undefined {
    return this.resources.defaultSpace;
  }
  space(id: string): ColourSpace {
    return this.resources.spaces.get(id) ?? this.undrawable(`ColorSpace ${id}`);
  }
  font(id: string | undefined): OfdFont {
    return this.resources.fonts.get(id ?? '') ?? this.undrawable(`Font ${id ?? '?'}`);
  }
}
