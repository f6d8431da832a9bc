import { degrees, PDFDocument, rgb } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { type Rect, toDisplayed, toUser, uprightAt, withPdf } from './index.ts';

const square: Rect = { left: 60, right: 90, bottom: 120, top: 130 };

/** A page with one red rectangle at a known place of user space. */
const specimen = async (rotation: number, crop: boolean): Promise<Uint8Array> => {
  const document = await PDFDocument.create();
  const page = document.addPage([300, 400]);
  page.setMediaBox(-20, -10, 320, 410);
  if (crop) page.setCropBox(30, 50, 200, 250);
  page.setRotation(degrees(rotation));
  page.drawRectangle({ x: 60, y: 120, width: 30, height: 10, color: rgb(1, 0, 0) });
  return document.save();
};

/** Where the red is in the picture of the page: an observation that owes nothing to our matrices. */
const seen = ({ width, data }: { width: number; data: Uint8Array }): Rect => {
  const found = { left: Number.POSITIVE_INFINITY, top: Number.POSITIVE_INFINITY, right: 0, bottom: 0 };
  for (let i = 0; i < data.length / 4; i++) {
    if ((data[i * 4] ?? 0) < 200 || (data[i * 4 + 1] ?? 255) > 60) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    found.left = Math.min(found.left, x);
    found.right = Math.max(found.right, x + 1);
    found.top = Math.min(found.top, y);
    found.bottom = Math.max(found.bottom, y + 1);
  }
  return found;
};

const cases = [0, 90, 180, 270].flatMap((rotation) => [false, true].map((crop) => [rotation, crop] as const));

describe.each(cases)('a page turned by %i°, cropped: %s', (rotation, crop) => {
  it('is displayed where the frame says', async () => {
    const checked = await withPdf(await specimen(rotation, crop), (pdf) =>
      pdf.withPage(1, (page) => {
        const wanted = toDisplayed(page.frame, square);
        const picture = seen(page.render(1));
        for (const side of ['left', 'top', 'right', 'bottom'] as const)
          expect(Math.abs(picture[side] - wanted[side])).toBeLessThanOrEqual(1);
        const back = toUser(page.frame, wanted);
        for (const side of ['left', 'top', 'right', 'bottom'] as const)
          expect(back[side]).toBeCloseTo(square[side], 4);
        const [object] = page.objects();
        expect(object?.box.left).toBeCloseTo(wanted.left, 1);
        const [, , , , x, y] = uprightAt(page.frame, wanted.left, wanted.bottom);
        expect([square.left, square.right].some((it) => Math.abs(it - x) < 0.01)).toBe(true);
        expect([square.bottom, square.top].some((it) => Math.abs(it - y) < 0.01)).toBe(true);
        return true;
      }),
    );
    expect(checked).toEqual({ ok: true, value: true });
  });
});
