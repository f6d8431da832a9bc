import type { Rectangle } from './geometry.ts';

/** One closed line of a drawn path; a letter has one to a dozen. */
export type Contour = { readonly box: Rectangle; readonly points: number };

/** A rectangle has five points: rules, bars and cells of tables are no letters. */
export const fewestPoints = 6;
const [smallest, largest] = [3, 200];
/** So many curves of so many shapes stand together where letters are drawn; fewer are a sign or a seal. */
const together = 5;
const shapes = 3;
/** More than this on a page are a map or a plan: all of it is one place. */
const most = 2_000;

const across = ({ left, right }: Rectangle): number => right - left;
const down = ({ top, bottom }: Rectangle): number => bottom - top;
const sizeOf = (box: Rectangle): number => Math.max(across(box), down(box));

/** Whether a thing of this size can be a letter. */
export const isLetterSized = (box: Rectangle): boolean => sizeOf(box) >= smallest && sizeOf(box) <= largest;

const around = (boxes: readonly Rectangle[]): Rectangle => ({
  left: Math.min(...boxes.map(({ left }) => left)),
  top: Math.min(...boxes.map(({ top }) => top)),
  right: Math.max(...boxes.map(({ right }) => right)),
  bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
});

const areNeighbours = (one: Rectangle, other: Rectangle): boolean => {
  const reach = 0.8 * Math.max(sizeOf(one), sizeOf(other));
  return (
    Math.max(one.left, other.left) - Math.min(one.right, other.right) <= reach &&
    Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom) <= reach
  );
};

const groups = (contours: readonly Contour[]): Contour[][] => {
  const open = new Set(contours);
  const found: Contour[][] = [];
  for (const first of open) {
    open.delete(first);
    const group = [first];
    for (const member of group)
      for (const other of open)
        if (areNeighbours(member.box, other.box)) {
          open.delete(other);
          group.push(other);
        }
    found.push(group);
  }
  return found;
};

const shapeOf = ({ box, points }: Contour): string =>
  [points, Math.round(across(box)), Math.round(down(box))].join(' ');

/** Letters stand beside each other, in whatever direction: the group is longer than any of them. */
const looksWritten = (group: readonly Contour[]): boolean =>
  group.length >= together &&
  new Set(group.map(shapeOf)).size >= shapes &&
  sizeOf(around(group.map(({ box }) => box))) >= 1.8 * Math.max(...group.map(({ box }) => sizeOf(box)));

/**
 * Where text seems to be drawn as outlines (Word's WordArt and watermarks, "text to curves" of drawing programs, CAD):
 * no program reads letters there, so that it must be read like a picture. Curves of charts and maps are taken for it too.
 */
export const outlinedText = (contours: readonly Contour[]): Rectangle[] => {
  const letters = contours.filter(({ box, points }) => points >= fewestPoints && isLetterSized(box));
  if (letters.length < together) return [];
  const written = letters.length > most ? [letters] : groups(letters).filter(looksWritten);
  const margin = 4;
  return written.map((group) => {
    const { left, top, right, bottom } = around(group.map(({ box }) => box));
    return { left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin };
  });
};
