import type { Box, SignOff } from '@gongkai/core';
import type { Drawing } from './drawing.ts';
import type { Rectangle } from './geometry.ts';
import type { PageCharacter } from './page-characters.ts';

type Line = { readonly text: string; readonly box: Rectangle };

const arabic = /^(?:19|20)\d{2}年\d{1,2}月\d{1,2}日$/;
const written =
  /^二[〇○零0][〇○零0一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日$/;
/** An office's name: Hanzi, perhaps with brackets; no sentence. */
const named = /^[\p{Script=Han}（）()·]{4,40}$/u;

const around = (boxes: readonly Rectangle[]): Rectangle => ({
  left: Math.min(...boxes.map(({ left }) => left)),
  top: Math.min(...boxes.map(({ top }) => top)),
  right: Math.max(...boxes.map(({ right }) => right)),
  bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
});

/** Lines as they are seen, from above to below: what stands at one height, from left to right. */
const linesOf = (characters: readonly PageCharacter[]): Line[] => {
  const inked = characters.filter(
    ({ object, text, box }) => object !== 0 && text.trim() !== '' && box.bottom > box.top,
  );
  const rows: { middle: number; height: number; all: PageCharacter[] }[] = [];
  for (const one of [...inked].sort((a, b) => a.box.top + a.box.bottom - b.box.top - b.box.bottom)) {
    const middle = (one.box.top + one.box.bottom) / 2;
    const row = rows.at(-1);
    const height = Math.max(one.box.bottom - one.box.top, (one.box.right - one.box.left) * 0.9);
    if (row !== undefined && middle - row.middle <= 0.45 * Math.max(row.height, height)) {
      row.all.push(one);
      row.height = Math.max(row.height, height);
    } else rows.push({ middle, height, all: [one] });
  }
  return rows.map(({ all }) => ({
    text: all
      .sort((a, b) => a.box.left - b.box.left)
      .map(({ text }) => text)
      .join('')
      .normalize('NFKC'),
    box: around(all.map(({ box }) => box)),
  }));
};

const boxOf = (page: number, { left, top, right, bottom }: Rectangle): Box => ({
  page,
  x: left,
  y: top,
  width: right - left,
  height: bottom - top,
});

/** Share of a box around 署名 and date that is red: a ring alone is more than this. */
const redShare = 0.012;

const isRed = ({ pixels, width, height, scale }: Drawing, box: Rectangle): boolean => {
  const [left, right] = [
    Math.max(0, Math.floor(box.left * scale)),
    Math.min(width, Math.ceil(box.right * scale)),
  ];
  const [top, bottom] = [
    Math.max(0, Math.floor(box.top * scale)),
    Math.min(height, Math.ceil(box.bottom * scale)),
  ];
  let red = 0;
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1) {
      const at = (row * width + column) * 4;
      // Blue, green, red.
      const [blue = 0, green = 0, ink = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
      if (ink > 110 && ink - Math.max(blue, green) > 50) red += 1;
    }
  return red > redShare * Math.max(1, (right - left) * (bottom - top));
};

/**
 * 署名 with 成文日期: a line that is a date and nothing else, and close above it a line that can be a name and stands over it.
 * What is less plain is none: a seal is not pressed where somebody guessed.
 */
export const signOffsOn = (
  page: number,
  characters: readonly PageCharacter[],
  draw: () => Drawing,
): SignOff[] => {
  const lines = linesOf(characters);
  return lines.flatMap((date, index) => {
    if (!arabic.test(date.text) && !written.test(date.text)) return [];
    const name = lines[index - 1];
    if (name === undefined || !named.test(name.text)) return [];
    const height = date.box.bottom - date.box.top;
    const apart = date.box.top - name.box.bottom;
    const middle = (date.box.left + date.box.right) / 2;
    const over = middle >= name.box.left - height && middle <= name.box.right + height;
    if (apart > 4 * height || !over) return [];
    const both = around([name.box, date.box]);
    const reach = {
      left: both.left - 20,
      top: both.top - 60,
      right: both.right + 20,
      bottom: both.bottom + 30,
    };
    return [
      {
        name: name.text,
        nameBox: boxOf(page, name.box),
        dateBox: boxOf(page, date.box),
        bodyEnd: Math.max(0, ...lines.slice(0, index - 1).map(({ box }) => box.bottom)),
        red: isRed(draw(), reach),
      },
    ];
  });
};
