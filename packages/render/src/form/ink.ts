import { type Picture, withPdf } from '../pdfium/index.ts';

/** For tests: millimetres of a page as it is drawn, measured in pixels at 254 dpi (a tenth of a millimetre each). */
export const tenths = 254 / 72;
export type Millimetres = { left: number; top: number; right: number; bottom: number };
export type Ink = (red: number, green: number, blue: number) => boolean;
export const black: Ink = (r, g, b) => r < 128 && g < 128 && b < 128;
export const anyRed: Ink = (r, g, b) => r > 150 && g < 110 && b < 110;

export const drawn = async (pdf: Uint8Array, page: number, scale = tenths): Promise<Picture> => {
  const made = await withPdf(pdf, (it) => it.withPage(page, (one) => one.render(scale)));
  if (!made.ok || made.value === undefined) throw new Error(`page ${page}`);
  return made.value;
};

const isInk = ({ data, width }: Picture, ink: Ink, x: number, y: number): boolean => {
  const at = (y * width + x) * 4;
  return ink(data[at] ?? 255, data[at + 1] ?? 255, data[at + 2] ?? 255);
};

/** The box around all ink of this colour within an area (mm); undefined where there is none. */
export const inkBox = (picture: Picture, ink: Ink, area: Millimetres): Millimetres | undefined => {
  let found: Millimetres | undefined;
  for (let y = Math.round(area.top * 10); y < Math.min(picture.height, area.bottom * 10); y++)
    for (let x = Math.round(area.left * 10); x < Math.min(picture.width, area.right * 10); x++) {
      if (!isInk(picture, ink, x, y)) continue;
      found ??= { left: x, top: y, right: x + 1, bottom: y + 1 };
      found.left = Math.min(found.left, x);
      found.right = Math.max(found.right, x + 1);
      found.bottom = y + 1;
    }
  if (found === undefined) return undefined;
  const { left, top, right, bottom } = found;
  return { left: left / 10, top: top / 10, right: right / 10, bottom: bottom / 10 };
};

/** Bands of ink along one axis within an area: lines of text (`rows`) or letters in a line (`columns`), in mm. */
export const bands = (
  picture: Picture,
  ink: Ink,
  area: Millimetres,
  along: 'rows' | 'columns',
): [number, number][] => {
  const [from, to] = along === 'rows' ? [area.top, area.bottom] : [area.left, area.right];
  const [start, end] = along === 'rows' ? [area.left, area.right] : [area.top, area.bottom];
  const found: [number, number][] = [];
  let open: number | undefined;
  for (let at = Math.round(from * 10); at <= to * 10; at++) {
    let any = false;
    for (let across = Math.round(start * 10); across < end * 10 && !any && at < to * 10; across++)
      any = along === 'rows' ? isInk(picture, ink, across, at) : isInk(picture, ink, at, across);
    if (any) open ??= at;
    else if (open !== undefined) {
      found.push([open / 10, at / 10]);
      open = undefined;
    }
  }
  return found;
};

/** Share of pixels that differ by more than a shade; 1 when the sizes do. */
export const difference = (a: Picture, b: Picture): number => {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let other = 0;
  for (let at = 0; at < a.data.length; at += 4)
    if ([0, 1, 2].some((i) => Math.abs((a.data[at + i] ?? 0) - (b.data[at + i] ?? 0)) > 48)) other += 1;
  return other / (a.width * a.height);
};
