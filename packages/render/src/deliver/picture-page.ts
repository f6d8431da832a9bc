import type { Character, Page } from '../pdfium/index.ts';
import { scaleFor } from './compare.ts';
import type { Package } from './package.ts';
import { escapeXml } from './unsaid.ts';

const perPoint = 25.4 / 72;
const number = (value: number): string => String(Math.round(value * 1e4) / 1e4);
const sayable = /^[\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u;

/** Letters that follow each other on a line. */
const linesOf = (characters: readonly Character[]): Character[][] => {
  const lines: Character[][] = [];
  for (const character of characters) {
    if (!sayable.test(character.text)) continue;
    const before = lines.at(-1)?.at(-1);
    const level =
      before !== undefined &&
      Math.abs(before.line.bottom - character.line.bottom) < 1 &&
      Math.abs(before.line.top - character.line.top) < 1 &&
      character.line.left >= before.line.left;
    if (level) lines.at(-1)?.push(character);
    else lines.push([character]);
  }
  return lines;
};

/**
 * The letters of a page, each where it stands, under its picture: to be searched and copied. Not over it and clear as glass: some
 * readers draw that all the same (seen: ofdrw 2.3.1, neither `Fill="false"` nor `Alpha="0"` of a colour).
 */
const unseen = (characters: readonly Character[], into: Package): string[] =>
  linesOf(characters).map((line) => {
    const left = Math.min(...line.map((it) => it.line.left)) * perPoint;
    const right = Math.max(...line.map((it) => it.line.right)) * perPoint;
    const [top, bottom] = [(line[0]?.line.top ?? 0) * perPoint, (line[0]?.line.bottom ?? 0) * perPoint];
    const size = Math.max(0.1, bottom - top);
    const steps = line
      .slice(1)
      .map((it, i) => number(it.line.left * perPoint - (line[i]?.line.left ?? 0) * perPoint));
    const words = escapeXml(line.map(({ text }) => text).join(''));
    return `<ofd:TextObject ID="${into.id()}" Boundary="${[left, top, Math.max(0.1, right - left), size].map(number).join(' ')}" Font="${into.unseenFont()}" Size="${number(size)}"><ofd:TextCode X="0" Y="${number(size * 0.8)}"${steps.length > 0 ? ` DeltaX="${steps.join(' ')}"` : ''}>${words}</ofd:TextCode></ofd:TextObject>`;
  });

/** A page whose drawing this product cannot say in OFD's terms: as pdfium shows it, with its text under it. */
export const picturePage = (
  page: Page,
  into: Package,
): { width: number; height: number; objects: string } => {
  const [width, height] = [page.width * perPoint, page.height * perPoint];
  const resource = into.picture(page.render(scaleFor(page)));
  const size = `${number(width)} ${number(height)}`;
  const picture = `<ofd:ImageObject ID="${into.id()}" Boundary="0 0 ${size}" CTM="${number(width)} 0 0 ${number(height)} 0 0" ResourceID="${resource}"/>`;
  return { width, height, objects: [...unseen(page.characters(), into), picture].join('\n') };
};
