import { statSync } from 'node:fs';
import { type Box, type Finding, type ReadLetter, type Recognition, readable } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { type Drawing, draw } from '../pdf/drawing.ts';
import { engine, withDocument } from '../pdf/engine.ts';
import type { Rectangle } from '../pdf/geometry.ts';
import { placedText } from '../pdf/placed-text.ts';
import { innerPage, normalise, readableText } from '../text/normalised-text.ts';
import { searchText } from '../text/search-text.ts';
import { type Code, readCodes } from './codes.ts';
import { placeLetters } from './letter-places.ts';
import { meantStars } from './star.ts';
import { type Grey, type Language, type Line, reader } from './tesseract.ts';
import { type Quarters, type Turned, turned, waysOf } from './turned.ts';

/** Dots an inch at which a page is read: 200 is what offices scan at, more is slower and no better (reference pdf.md §9). */
const pixelsPerPoint = 200 / 72;
/** A page to read: all of it, or only where these pictures stand. */
export type Unread = { readonly page: number; readonly pictures: readonly Box[] };

export type Recognised = {
  readonly page: number;
  readonly text: string;
  /** 0 to 1, over all characters; 0 when nothing was read. */
  readonly sure: number;
  readonly characters: number;
  readonly letters: readonly ReadLetter[];
  /** Words that it is not sure of, in reading order. */
  readonly weak: Recognition['weak'];
  /** Degrees, clockwise, by which the page was turned to be read. */
  readonly turned?: number;
  readonly findings: readonly Finding[];
};

/** Red seals, red heads and red stamps fall out: in the red channel they are white (errors 0.6 % instead of 3.4 %). */
const redChannel = (drawing: Drawing, { left, top, right, bottom }: Rectangle): Grey => {
  const width = right - left;
  const height = bottom - top;
  const pixels = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1)
      // Blue, green, red, nothing.
      pixels[row * width + column] =
        drawing.pixels[((row + top) * drawing.width + column + left) * 4 + 2] ?? 255;
  return { width, height, pixels };
};

type Character = { readonly text: string; readonly box: Rectangle; readonly sure: number };

/** So many heights of a line between two words, and they stand in two columns. */
const columnGap = 2;

const latin = /^[\x21-\x7e]$/;
const closing = /^[,.;:!?)\]}%]$/;

/** Words of Chinese stand side by side, also beside a number; Latin ones apart, and so do the columns of a table. */
const apart = (line: Line, index: number): boolean => {
  const [before, after] = [line[index - 1]?.at(-1), line[index]?.[0]];
  if (before === undefined || after === undefined) return false;
  if (latin.test(before.text) && latin.test(after.text) && !closing.test(after.text)) return true;
  const height = Math.max(...line.flat().map(({ top, bottom }) => bottom - top));
  return after.left - before.right > columnGap * height;
};

/** As the lines of a turned picture stand on the page: `place` says where. */
const charactersOf = (lines: readonly Line[], place: (box: Rectangle) => Rectangle): Character[] => {
  const nowhere: Rectangle = { left: 0, top: 0, right: 0, bottom: 0 };
  const gap = (text: string): Character => ({ text, box: nowhere, sure: 1 });
  return lines.flatMap((line) => [
    ...line.flatMap((word, index) => [
      ...(apart(line, index) ? [gap(' ')] : []),
      ...word.map((symbol) => ({
        text: symbol.text,
        sure: symbol.sure,
        box: place(symbol),
      })),
    ]),
    gap('\n'),
  ]);
};

const inked = ({ text }: Character): boolean => text.trim() !== '';
const surenessOf = (characters: readonly Character[]): number => {
  const own = characters.filter(inked);
  return own.length === 0 ? 0 : own.reduce((sum, { sure }) => sum + sure, 0) / own.length;
};

/** A part of a page as it lies, turned for reading. */
type View = { readonly area: Rectangle; readonly lying: Turned };

const readAs = async (
  language: Language,
  { scale }: Drawing,
  views: readonly View[],
): Promise<Character[]> => {
  const read = await reader(language);
  return views.flatMap(({ area, lying: { grey, back } }) => {
    const lines = read(grey).map((line) => placeLetters(grey, line));
    return charactersOf(lines, (box) => {
      const { left, top, right, bottom } = back(box);
      return {
        left: (left + area.left) / scale,
        top: (top + area.top) / scale,
        right: (right + area.left) / scale,
        bottom: (bottom + area.top) / scale,
      };
    });
  });
};

/** Of an upright page recognition is nearly as sure as of one on its head: by less it is no reason to turn it. */
const surerBy = 0.1;
/** So many letters tell which way a page lies. */
const fewestLetters = 10;

/**
 * The parts of a page, read level, and of a page that is one picture (`whole`) in the way in which it lies: the first of which
 * recognition is sure, else the one of which it is surest.
 */
const lyingOf = async (drawing: Drawing, areas: readonly Rectangle[], whole: boolean) => {
  const read = async (quarters: Quarters) => {
    const views = areas.map((area): View => ({ area, lying: turned(redChannel(drawing, area), quarters) }));
    const characters = await readAs('chi_sim', drawing, views);
    return { views, characters, sure: surenessOf(characters), quarters };
  };
  const [area] = areas;
  const ways = whole && area !== undefined ? waysOf(redChannel(drawing, area)) : ([0] as const);
  let best: Awaited<ReturnType<typeof read>> | undefined;
  for (const quarters of ways) {
    const now = await read(quarters);
    const tells = now.characters.filter(inked).length >= fewestLetters;
    if (best === undefined || (tells && now.sure > best.sure + (best.quarters === 0 ? surerBy : 0)))
      best = now;
    if (best.sure >= readable) break;
  }
  return best ?? read(0);
};

const withStars = (characters: readonly Character[]): readonly Character[] => {
  const stars = new Set(meantStars(characters.map(({ text }) => text).join('')));
  if (stars.size === 0) return characters;
  let at = 0;
  return characters.map((character) => {
    const is = stars.has(at);
    at += character.text.length;
    return is ? { ...character, text: '★' } : character;
  });
};

/** What the detectors see in the read text; nobody is surer of a finding than of its letters. */
const inText = (page: number, characters: readonly Character[]): Pick<Recognised, 'text' | 'findings'> => {
  const { typed, normalised, locate } = placedText(page, characters);
  const findings = searchText(normalised, undefined, locate);
  const sure = surenessOf(characters);
  return {
    text: readableText(normalised, typed),
    findings: findings.map((found) => ({ ...found, sure: Math.min(found.sure, Math.max(0.1, sure)) })),
  };
};

const codeFindings = (page: number, codes: readonly Code[], scale: number): Finding[] =>
  codes.flatMap(({ text, left, top, right, bottom }) => {
    const boxes = [
      {
        page,
        x: left / scale,
        y: top / scale,
        width: (right - left) / scale,
        height: (bottom - top) / scale,
      },
    ];
    const isAddress = /^https?:\/\//i.test(text.trim());
    return [
      makeFinding({
        kind: isAddress ? 'external-link' : 'hidden-text',
        severity: isAddress ? 'low' : 'medium',
        rule: 'picture-code',
        sure: 1,
        text,
        boxes,
        why: isAddress
          ? { zh: '二维码指向的网址。', en: 'The address that a code in the picture leads to.' }
          : {
              zh: '二维码或条形码里的内容，人看不出，手机一扫便知。',
              en: 'What a QR or bar code says: unseen by people, read by any telephone.',
            },
      }),
      ...searchText(normalise(text, innerPage), `page ${page} code`, () => boxes),
    ];
  });

/** Of the letters in words below this 27 % were wrong, of all others 1.4 % (docs/findings.md, Pictures are read). */
const weakWord = 0.6;
/** A page with more of them was guessed as a whole. */
const mostWeak = 100;

/** Neighbours that are equally unsure were one word. */
const weakWords = (characters: readonly Character[]): Recognition['weak'] => {
  const words: Character[][] = [];
  let open: Character[] | undefined;
  for (const character of characters) {
    if (!inked(character) || character.sure >= weakWord) open = undefined;
    else if (open?.[0]?.sure === character.sure) open.push(character);
    else {
      open = [character];
      words.push(open);
    }
  }
  return words.slice(0, mostWeak).map((word) => {
    const [x, y] = [
      Math.min(...word.map(({ box }) => box.left)),
      Math.min(...word.map(({ box }) => box.top)),
    ];
    return {
      text: word.map(({ text }) => text).join(''),
      sure: Math.round((word[0]?.sure ?? 0) * 100) / 100,
      x: tenth(x),
      y: tenth(y),
      width: tenth(Math.max(...word.map(({ box }) => box.right)) - x),
      height: tenth(Math.max(...word.map(({ box }) => box.bottom)) - y),
    };
  });
};

/** Of a point: finer is no truer, and longer. */
const tenth = (points: number): number => Math.round(points * 10) / 10;

const recognisePage = async (drawing: Drawing, { page, pictures }: Unread): Promise<Recognised> => {
  const { scale } = drawing;
  const whole = { left: 0, top: 0, right: drawing.width, bottom: drawing.height };
  const clipped = ({ x, y, width, height }: Box): Rectangle => ({
    left: Math.max(0, Math.floor(x * scale)),
    top: Math.max(0, Math.floor(y * scale)),
    right: Math.min(drawing.width, Math.ceil((x + width) * scale)),
    bottom: Math.min(drawing.height, Math.ceil((y + height) * scale)),
  });
  const areas = (pictures.length === 0 ? [whole] : pictures.map(clipped)).filter(
    ({ left, top, right, bottom }) => right - left > 8 && bottom - top > 8,
  );
  const { views, ...simplified } = await lyingOf(drawing, areas, pictures.length === 0);
  const other =
    simplified.sure < readable && simplified.characters.some(inked)
      ? await readAs('chi_tra', drawing, views)
      : [];
  const characters = surenessOf(other) > simplified.sure ? other : simplified.characters;
  // To the left or to the right, whichever is nearer.
  const by = views[0]?.lying.degrees ?? 0;
  const degrees = by > 180 ? by - 360 : by;
  const codes = codeFindings(page, await readCodes(drawing), scale);
  const starred = withStars(characters);
  const { text, findings } = inText(page, starred);
  return {
    page,
    text,
    sure: surenessOf(characters),
    characters: characters.filter(inked).length,
    letters: starred.map(({ text: letter, box }) => ({
      text: letter,
      x: tenth(box.left),
      y: tenth(box.top),
      width: tenth(box.right - box.left),
      height: tenth(box.bottom - box.top),
    })),
    weak: weakWords(starred),
    ...(pictures.length > 0 || degrees === 0 ? {} : { turned: tenth(degrees) }),
    findings: [...findings, ...codes],
  };
};

/** Reads pages as they look, one after the other. A page that cannot be drawn is left out: it then counts as not read. */
export const recognise = async ({
  path,
  pages,
}: {
  readonly path: string;
  readonly pages: readonly Unread[];
}): Promise<readonly Recognised[]> => {
  const running = await engine();
  const { api } = running;
  const { size } = statSync(path);
  const read: Recognised[] = [];
  for (const unread of pages) {
    // Opened for each page: recognition awaits, and pdfium's document lives only inside the call.
    const drawing = withDocument(running, path, size, ({ handle }) => {
      const page = api.FPDF_LoadPage(handle, unread.page - 1);
      if (page === 0) return undefined;
      const [width, height] = [api.FPDF_GetPageWidthF(page), api.FPDF_GetPageHeightF(page)];
      const seen = draw(running, page, width, height, true, pixelsPerPoint);
      api.FPDF_ClosePage(page);
      return seen;
    });
    if (drawing.ok && drawing.value !== undefined) read.push(await recognisePage(drawing.value, unread));
  }
  return read;
};
