import { statSync } from 'node:fs';
import type { Box, Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { type Drawing, draw } from '../pdf/drawing.ts';
import { type Engine, engine, withDocument } from '../pdf/engine.ts';
import { area, displayMatrix, overlap } from '../pdf/geometry.ts';
import { type PageCharacter, readCharacters } from '../pdf/page-characters.ts';
import { type Grey, reader } from './tesseract.ts';

/**
 * Text that lies about its glyphs (issue 4): a font's map says what a program reads, its glyphs what a person reads, and nothing
 * in the file holds them together. A line or two of every font is read as it looks and compared with what its map says.
 */
type Line = { readonly characters: readonly PageCharacter[] };
type Sample = {
  readonly font: string;
  readonly page: number;
  readonly said: string;
  readonly picture: Grey;
  readonly boxes: readonly Box[];
};

/** Dots an inch: the lines of a sample may be small print. */
const pixelsPerPoint = 250 / 72;
const margin = 20;
/** Fewer letters than these are no sentence, and a reader errs too often in them. */
const fewest = 8;
const enough = 60;
/** Fonts of one document; of one with more, nobody says that they do not lie. */
const mostFonts = 60;
/** Pages that are listed for a font that lies. */
const mostPages = 80;
/**
 * Of what is longer, said or seen, so much must be the same, in this order; below it, something else is drawn. Of 123 fonts of the
 * corpus that do not lie, 119 reach it.
 */
const same = 0.7;
/** Of the said letters, so many must be seen: what is not visible is told by others (hidden-text.ts). */
const visible = 0.5;

/** Of a letter's own box, so much may lie under another's. */
const mostCovered = 0.3;

/** What the models know: Chinese and Latin letters, and digits. */
const known = /[\p{Script=Han}a-zA-Z0-9]/u;
const knownOf = (text: string): string =>
  [...text.normalize('NFKC')].filter((character) => known.test(character)).join('');

const fontOf = ({ api, runtime, scratch }: Engine, object: number): string => {
  const font = api.FPDFTextObj_GetFont(object);
  if (font === 0) return '';
  const longest = 128;
  const name = runtime.wasmExports.malloc(longest);
  try {
    const length = Math.min(longest, api.FPDFFont_GetBaseFontName(font, name, longest));
    const text = Buffer.from(runtime.HEAPU8.subarray(name, name + Math.max(0, length - 1))).toString(
      'latin1',
    );
    // Two subsets may share a name, and an attacker chooses names: the size of the font file tells them apart.
    runtime.HEAPU32[scratch >> 2] = 0;
    api.FPDFFont_GetFontData(font, 0, 0, scratch);
    return `${text} ${runtime.HEAPU32[scratch >> 2] ?? 0}`;
  } finally {
    runtime.wasmExports.free(name);
  }
};

/** Runs of one font that stand upright in one line, in reading order. */
const linesOf = (characters: readonly PageCharacter[], fontAt: (object: number) => string) => {
  const lines = new Map<string, Line[]>();
  let run: PageCharacter[] = [];
  let font = '';
  const close = (): void => {
    if (run.length > 0) lines.set(font, [...(lines.get(font) ?? []), { characters: run }]);
    run = [];
  };
  for (const character of characters) {
    if (character.object === 0 || character.text.trim() === '') continue;
    const { box } = character;
    const last = run.at(-1)?.box;
    const height = box.bottom - box.top;
    const own = fontAt(character.object);
    const goesOn =
      last !== undefined &&
      own === font &&
      box.left >= last.left &&
      box.left - last.right < 3 * Math.max(height, last.bottom - last.top) &&
      Math.min(box.bottom, last.bottom) > Math.max(box.top, last.top) - height / 2;
    if (!goesOn) close();
    font = own;
    run.push(character);
  }
  close();
  return lines;
};

const around = (characters: readonly PageCharacter[]) => ({
  left: Math.min(...characters.map(({ box }) => box.left)) - 1,
  top: Math.min(...characters.map(({ box }) => box.top)) - 1,
  right: Math.max(...characters.map(({ box }) => box.right)) + 1,
  bottom: Math.max(...characters.map(({ box }) => box.bottom)) + 1,
});

/** Pixels: about as wide as the text of a page. */
const widest = 1_400;
const gap = 10;

/**
 * The runs one behind the other on white paper, as a line goes on, and nothing of what stands around them: where a page mixes
 * fonts by the letter, two letters alone would be guessed.
 */
const paste = (drawing: Drawing, lines: readonly Line[]): Grey => {
  const { scale } = drawing;
  let x = margin;
  let y = margin;
  let tallest = 0;
  let width = 0;
  const parts = lines.map(({ characters }) => {
    const { left, top, right, bottom } = around(characters);
    const from = Math.max(0, Math.floor(left * scale));
    const high = Math.max(0, Math.floor(top * scale));
    const wide = Math.max(0, Math.min(drawing.width, Math.ceil(right * scale)) - from);
    const tall = Math.max(0, Math.min(drawing.height, Math.ceil(bottom * scale)) - high);
    if (x > margin && x + wide > widest) {
      y += tallest + margin;
      x = margin;
      tallest = 0;
    }
    const part = { from, high, wide, tall, x, y };
    x += wide + gap;
    tallest = Math.max(tallest, tall);
    width = Math.max(width, x + margin);
    return part;
  });
  const height = y + tallest + margin;
  const pixels = new Uint8Array(width * height).fill(255);
  for (const part of parts)
    for (let row = 0; row < part.tall; row += 1)
      for (let column = 0; column < part.wide; column += 1) {
        const at = ((part.high + row) * drawing.width + part.from + column) * 4;
        const { pixels: own } = drawing;
        // The darkest channel, so that coloured letters are seen as well.
        pixels[(part.y + row) * width + part.x + column] = Math.min(
          own[at] ?? 255,
          own[at + 1] ?? 255,
          own[at + 2] ?? 255,
        );
      }
  return { width, height, pixels };
};

/** Where each font stands: its pages, whole. A font that is a key here has had its chance to be sampled on each of them. */
type Fonts = {
  readonly pages: Map<string, Box[]>;
  readonly done: Set<string>;
  readonly unread: Set<string>;
  tooMany: boolean;
};

const samplesOfPage = (running: Engine, handle: number, number: number, fonts: Fonts): Sample[] => {
  const { api } = running;
  const page = api.FPDF_LoadPage(handle, number - 1);
  if (page === 0) return [];
  try {
    const [width, height] = [api.FPDF_GetPageWidthF(page), api.FPDF_GetPageHeightF(page)];
    const inside = ({ box }: PageCharacter): boolean =>
      box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height && box.right > box.left;
    const characters = readCharacters(running, page, displayMatrix(running, page, width, height)).filter(
      inside,
    );
    const names = new Map<number, string>();
    const fontAt = (object: number): string => {
      const name = names.get(object) ?? fontOf(running, object);
      names.set(object, name);
      return name;
    };
    /** One letter over another: no person reads it either. */
    const overprinted = ({ characters: own }: Line): boolean =>
      own.some((one) =>
        characters.some(
          (other) => other !== one && overlap(one.box, other.box) > mostCovered * area(one.box),
        ),
      );
    let drawing: Drawing | undefined;
    const samples: Sample[] = [];
    for (const [font, lines] of linesOf(characters, fontAt)) {
      const pages = fonts.pages.get(font) ?? [];
      fonts.pages.set(font, [...pages, { page: number, x: 0, y: 0, width, height }].slice(0, mostPages));
      if (fonts.done.has(font)) continue;
      const chosen: Line[] = [];
      let said = '';
      let passedOver = 0;
      for (const line of lines) {
        const words = knownOf(line.characters.map(({ text }) => text).join(''));
        // Of another script, or symbols: the models would guess.
        if (words.length < 2 || words.length * 2 < line.characters.length) continue;
        if (overprinted(line)) {
          passedOver += words.length;
          continue;
        }
        chosen.push(line);
        said += words;
        if (said.length >= enough) break;
      }
      if (said.length < fewest) {
        // Boxes are the font's own word: one that lies could have its letters lie over each other.
        if (passedOver >= fewest) fonts.unread.add(font);
        continue;
      }
      if (fonts.done.size >= mostFonts) {
        fonts.tooMany = true;
        continue;
      }
      fonts.done.add(font);
      drawing ??= draw(running, page, width, height, true, pixelsPerPoint);
      const boxes = chosen.map(({ characters: own }): Box => {
        const { left, top, right, bottom } = around(own);
        return { page: number, x: left, y: top, width: right - left, height: bottom - top };
      });
      samples.push({ font, page: number, said, picture: paste(drawing, chosen), boxes });
    }
    return samples;
  } finally {
    api.FPDF_ClosePage(page);
  }
};

/** Length of the longest common subsequence. */
const common = (one: string, other: string): number => {
  let row = new Uint32Array(other.length + 1);
  for (const letter of one) {
    const next = new Uint32Array(other.length + 1);
    for (let at = 0; at < other.length; at += 1)
      next[at + 1] = letter === other[at] ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0);
    row = next;
  }
  return row[other.length] ?? 0;
};

const alike: Readonly<Record<string, string>> = { o: '0', l: '1', i: '1', z: '2', s: '5' };
const folded = (text: string): string =>
  [...knownOf(text).toLowerCase()].map((character) => alike[character] ?? character).join('');

/** How much of both is the same; a font that lies about its digits alone is no better than its digits. */
const shareOf = (said: string, seen: string): number => {
  const share = (one: string, other: string): number =>
    common(one, other) / Math.max(1, one.length, other.length);
  const digits = said.replace(/\D/g, '');
  const whole = share(folded(said), folded(seen));
  return digits.length < fewest ? whole : Math.min(whole, share(digits, seen.replace(/\D/g, '')));
};

export type Differing = {
  readonly findings: readonly Finding[];
  /** False: there were more fonts than are compared, or one whose letters lie over each other wherever it stands. */
  readonly complete: boolean;
};

/** Fonts of a PDF that draw something else than they say, with the pages on which they stand. */
export const differingGlyphs = async ({ path }: { readonly path: string }): Promise<Differing> => {
  const running = await engine();
  const { size } = statSync(path);
  const samples: Sample[] = [];
  const fonts: Fonts = { pages: new Map(), done: new Set(), unread: new Set(), tooMany: false };
  withDocument(running, path, size, ({ handle }) => {
    const count = running.api.FPDF_GetPageCount(handle);
    for (let number = 1; number <= count; number += 1)
      samples.push(...samplesOfPage(running, handle, number, fonts));
  });
  const differing: (Sample & { readonly seen: string })[] = [];
  for (const sample of samples) {
    let best = 0;
    let seen = '';
    for (const language of ['chi_sim', 'chi_tra'] as const) {
      const read = (await reader(language))(sample.picture);
      const text = knownOf(
        read
          .flat(2)
          .map((symbol) => symbol.text)
          .join(''),
      );
      const share = shareOf(sample.said, text);
      if (text.length < sample.said.length * visible) continue;
      // Both may guess: then what the first has guessed is shown.
      if (seen !== '' && share < best + 0.1) continue;
      best = share;
      seen = text;
      if (share >= same) break;
    }
    if (seen !== '' && best < same) differing.push({ ...sample, seen });
  }
  return {
    complete: !fonts.tooMany && [...fonts.unread].every((font) => fonts.done.has(font)),
    findings: differing.map(({ font, page, said, seen, boxes }) =>
      makeFinding({
        kind: 'not-searched',
        severity: 'high',
        rule: 'text-differs',
        sure: 0.8,
        text: `${said.slice(0, 80)} ≠ ${seen.slice(0, 80)}`,
        boxes: [...boxes, ...(fonts.pages.get(font) ?? []).filter((whole) => whole.page !== page)],
        why: {
          zh: '字体里记的文字与画出来的字不一样：机器检索、复制到的是前者，读者看到的是后者。凡用此字体的文字都不算检查过，须由人逐页查看，或要求换一份文件。',
          en: 'The font says other text than it draws: machines search and copy the first, people read the second. Whatever is set in it was not searched; look at it page by page, or ask for another file.',
        },
      }),
    ),
  };
};
