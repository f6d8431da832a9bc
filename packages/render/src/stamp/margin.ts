import type { Page, PageObject, Picture } from '../pdfium/index.ts';

/** Free height at the head and at the foot of a displayed page, in points. */
export type Margins = { readonly top: number; readonly bottom: number };

/** Objects this large are backgrounds or scans: only the pixels tell what is on them. */
const spansPage = (page: Page, { box }: PageObject): boolean =>
  box.right - box.left > 0.8 * page.width && box.bottom - box.top > 0.8 * page.height;

const PIXELS_A_POINT = 0.5;
/** A scan is never quite even; ink differs by more than this from the paper. */
const INK = 48;

const blank = ({ width, data }: Picture, y: number, paper: number): boolean => {
  for (let x = 0; x < width; x++)
    if (Math.abs((data[(y * width + x) * 4 + 1] ?? 0) - paper) > INK) return false;
  return true;
};

const byPixels = (picture: Picture): Margins => {
  const corner = picture.data[1] ?? 255;
  let top = 0;
  while (top < picture.height && blank(picture, top, corner)) top++;
  let bottom = 0;
  while (bottom < picture.height && blank(picture, picture.height - 1 - bottom, corner)) bottom++;
  // One row less: half of it may be covered.
  return { top: Math.max(0, top - 1) / PIXELS_A_POINT, bottom: Math.max(0, bottom - 1) / PIXELS_A_POINT };
};

/** How much room a page leaves, from the bounds of what is drawn; from its pixels where something spans the page. */
export const margins = (page: Page): Margins => {
  const objects = page.objects();
  if (objects.some((one) => spansPage(page, one) || one.kind === 'form'))
    return byPixels(page.render(PIXELS_A_POINT));
  let [top, bottom] = [page.height, page.height];
  for (const { box } of objects) {
    if (box.bottom <= 0 || box.top >= page.height || box.right <= 0 || box.left >= page.width) continue;
    top = Math.min(top, Math.max(0, box.top));
    bottom = Math.min(bottom, Math.max(0, page.height - box.bottom));
  }
  return { top, bottom };
};
