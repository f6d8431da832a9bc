/** Axis-parallel rectangle. In displayed space y grows downwards, in page user space upwards. */
export type Rect = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** What it takes to go between a page as a reader sees it and the coordinates inside the PDF. */
export type Frame = {
  /** The visible part of the page (CropBox inside MediaBox), user space: bottom < top. */
  readonly crop: Rect;
  /** /Rotate, clockwise. */
  readonly rotation: 0 | 90 | 180 | 270;
};

export const displayedSize = ({ crop, rotation }: Frame): { width: number; height: number } => {
  const [across, up] = [crop.right - crop.left, crop.top - crop.bottom];
  return rotation % 180 === 0 ? { width: across, height: up } : { width: up, height: across };
};

const displayedPoint = ({ crop, rotation }: Frame, x: number, y: number): [number, number] => {
  switch (rotation) {
    case 0:
      return [x - crop.left, crop.top - y];
    case 90:
      return [y - crop.bottom, x - crop.left];
    case 180:
      return [crop.right - x, y - crop.bottom];
    case 270:
      return [crop.top - y, crop.right - x];
  }
};

const userPoint = ({ crop, rotation }: Frame, x: number, y: number): [number, number] => {
  switch (rotation) {
    case 0:
      return [crop.left + x, crop.top - y];
    case 90:
      return [crop.left + y, crop.bottom + x];
    case 180:
      return [crop.right - x, crop.bottom + y];
    case 270:
      return [crop.right - y, crop.top - x];
  }
};

/** User space to displayed space (points, origin top left). */
export const toDisplayed = (frame: Frame, rect: Rect): Rect => {
  const [x1, y1] = displayedPoint(frame, rect.left, rect.bottom);
  const [x2, y2] = displayedPoint(frame, rect.right, rect.top);
  return {
    left: Math.min(x1, x2),
    right: Math.max(x1, x2),
    top: Math.min(y1, y2),
    bottom: Math.max(y1, y2),
  };
};

/** Displayed space to user space. */
export const toUser = (frame: Frame, rect: Rect): Rect => {
  const [x1, y1] = userPoint(frame, rect.left, rect.top);
  const [x2, y2] = userPoint(frame, rect.right, rect.bottom);
  return {
    left: Math.min(x1, x2),
    right: Math.max(x1, x2),
    bottom: Math.min(y1, y2),
    top: Math.max(y1, y2),
  };
};

/**
 * The PDF matrix that lays an upright drawing (origin bottom left, y up) so that its lower left corner is at
 * (x, y) of the displayed page, upright for the reader.
 */
export const uprightAt = (
  frame: Frame,
  x: number,
  y: number,
): [number, number, number, number, number, number] => {
  const [e, f] = userPoint(frame, x, y);
  switch (frame.rotation) {
    case 0:
      return [1, 0, 0, 1, e, f];
    case 90:
      return [0, 1, -1, 0, e, f];
    case 180:
      return [-1, 0, 0, -1, e, f];
    case 270:
      return [0, -1, 1, 0, e, f];
  }
};

/** Whether two displayed rectangles share more than their edges. */
export const overlap = (a: Rect, b: Rect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export const grown = (rect: Rect, by: number): Rect => ({
  left: rect.left - by,
  top: rect.top - by,
  right: rect.right + by,
  bottom: rect.bottom + by,
});
