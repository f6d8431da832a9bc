import type { Engine } from './engine.ts';
import { type Matrix, type Rectangle, transform } from './geometry.ts';

export type PageCharacter = {
  readonly text: string;
  /** As displayed, in points. */
  readonly box: Rectangle;
  /** The text object that draws it; 0 for spaces and line ends that pdfium makes up. */
  readonly object: number;
};

const nothing: Rectangle = { left: 0, top: 0, right: 0, bottom: 0 };

/** Every character of the page, with the box of its ink, hidden ones and those off the page included. */
export const readCharacters = (
  { api, runtime, scratch }: Engine,
  page: number,
  display: Matrix,
): PageCharacter[] => {
  const textPage = api.FPDFText_LoadPage(page);
  if (textPage === 0) return [];
  try {
    const count = api.FPDFText_CountChars(textPage);
    const characters: PageCharacter[] = [];
    for (let index = 0; index < count; index++) {
      const unicode = api.FPDFText_GetUnicode(textPage, index);
      const text = unicode > 0 && unicode <= 0x10ffff ? String.fromCodePoint(unicode) : '\ufffd';
      const object = api.FPDFText_GetTextObject(textPage, index);
      if (object === 0) {
        characters.push({ text, box: nothing, object });
        continue;
      }
      // left, right, bottom, top, as doubles, in page space
      api.FPDFText_GetCharBox(textPage, index, scratch, scratch + 8, scratch + 16, scratch + 24);
      const at = scratch >> 3;
      const heap = runtime.HEAPF64;
      const box = transform(display, heap[at] ?? 0, heap[at + 2] ?? 0, heap[at + 1] ?? 0, heap[at + 3] ?? 0);
      characters.push({ text, box, object });
    }
    return characters;
  } finally {
    api.FPDFText_ClosePage(textPage);
  }
};
