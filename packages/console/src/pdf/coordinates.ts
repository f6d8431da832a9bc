import type { Box } from '@gongkai/core';

/**
 * core's boxes are in points from the top left of the page as a reader sees it (after /Rotate, inside the
 * CropBox). The screen is in CSS pixels of the same page, scaled, and perhaps turned by the viewer (a scan that
 * lies on its side). pdf.js has already applied /Rotate and the CropBox in its viewport, so neither is seen here.
 */
export type Turn = 0 | 90 | 180 | 270;
export type Size = { readonly width: number; readonly height: number };
export type Rect = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
/** `page`: the displayed page in points, before the viewer's own turn. `scale`: CSS pixels a point. */
export type Placing = { readonly page: Size; readonly scale: number; readonly turn: Turn };

/** A rectangle on a page, after the page has been turned clockwise. */
export const turned = (rect: Rect, page: Size, turn: Turn): Rect => {
  const { x, y, width, height } = rect;
  switch (turn) {
    case 0:
      return { x, y, width, height };
    case 90:
      return { x: page.height - y - height, y: x, width: height, height: width };
    case 180:
      return { x: page.width - x - width, y: page.height - y - height, width, height };
    case 270:
      return { x: y, y: page.width - x - width, width: height, height: width };
  }
};

export const turnedSize = ({ width, height }: Size, turn: Turn): Size =>
  turn === 90 || turn === 270 ? { width: height, height: width } : { width, height };

const back: Readonly<Record<Turn, Turn>> = { 0: 0, 90: 270, 180: 180, 270: 90 };
export const nextTurn: Readonly<Record<Turn, Turn>> = { 0: 90, 90: 180, 180: 270, 270: 0 };

const times = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x * by,
  y: y * by,
  width: width * by,
  height: height * by,
});

/** Where a box stands on the screen, in CSS pixels from the top left of the shown page. */
export const toScreen = (box: Rect, { page, scale, turn }: Placing): Rect =>
  times(turned(box, page, turn), scale);

/** A rectangle on the screen as a box on the page: inside the page, in hundredths of a point. */
export const toPage = (rect: Rect, { page, scale, turn }: Placing): Rect => {
  const points = turned(times(rect, 1 / scale), turnedSize(page, turn), back[turn]);
  const left = Math.max(0, Math.min(points.x, page.width));
  const top = Math.max(0, Math.min(points.y, page.height));
  const right = Math.max(left, Math.min(points.x + points.width, page.width));
  const bottom = Math.max(top, Math.min(points.y + points.height, page.height));
  const hundredth = (n: number) => Math.round(n * 100) / 100;
  return {
    x: hundredth(left),
    y: hundredth(top),
    width: hundredth(right - left),
    height: hundredth(bottom - top),
  };
};

/** The rectangle between two corners, whichever way it was drawn. */
export const between = (a: { x: number; y: number }, b: { x: number; y: number }): Rect => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});

/** Moves a box by points, keeping its size and the page around it. */
export const moved = (box: Box, dx: number, dy: number, page: Size): Box => ({
  ...box,
  x: Math.max(0, Math.min(box.x + dx, page.width - box.width)),
  y: Math.max(0, Math.min(box.y + dy, page.height - box.height)),
});

/** A small margin, so that a redaction covers the ink of a line and not only its type height. */
export const grown = (box: Box, by: number): Box => ({
  page: box.page,
  x: Math.max(0, box.x - by),
  y: Math.max(0, box.y - by),
  width: box.width + by + Math.min(by, box.x),
  height: box.height + by + Math.min(by, box.y),
});
