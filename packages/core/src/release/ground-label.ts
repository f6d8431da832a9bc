/** Points as displayed, from the upper left corner of a page. */
type Rect = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
type Box = { readonly rect: Rect; readonly label: string };
type Size = { readonly width: number; readonly height: number };

/** 依据: where the words of a ground stand. `margin`: beside the line, even where a box has room for them. */
export type GroundsShown = 'box' | 'margin';

export type GroundLabel = { readonly text: string; readonly size: number };

const [largest, smallest, beside] = [7, 4.5, 5.5];
/** Free at the edge of the page; longer than this, words are not set in a margin. */
const [edge, longest] = [12, 90];
/** At head and foot the stamp may stand. */
const stampRoom = 66;

/** The ground as it fits into a box; undefined where it would not be readable. */
export const groundIn = ({ left, top, right, bottom }: Rect, text: string): GroundLabel | undefined => {
  const [width, height] = [right - left - 3, bottom - top - 1.5];
  // 0.5 pt steps, so that boxes share their labels
  const size = Math.floor(Math.min(largest, height / 1.1, width / [...text].length) * 2) / 2;
  return text !== '' && size >= smallest ? { text, size } : undefined;
};

const areaOf = ({ left, right, top, bottom }: Rect): number =>
  Math.max(0, right - left) * Math.max(0, bottom - top);

const shared = (one: Rect, other: Rect): number =>
  areaOf({
    left: Math.max(one.left, other.left),
    right: Math.min(one.right, other.right),
    top: Math.max(one.top, other.top),
    bottom: Math.min(one.bottom, other.bottom),
  });

/** Whether a larger box of the page lies over most of this one: one ground is enough for both. */
export const isMostlyIn = (rect: Rect, boxes: readonly Box[]): boolean =>
  boxes.some(
    ({ rect: other }) =>
      other !== rect && areaOf(other) > areaOf(rect) && shared(rect, other) > areaOf(rect) / 2,
  );

export type MarginLabel = GroundLabel & {
  /** Where it may stand, if nothing else does: the right margin first, then the left one. */
  readonly places: readonly Rect[];
};

const numbers = [...'①②③④⑤⑥⑦⑧⑨'];

/**
 * The grounds that stand in the margins of a page: of boxes with no room for theirs, or of all. One for each line of text; where its
 * boxes have different grounds, they are numbered in the order of the boxes.
 */
export const marginLabels = (
  { width, height }: Size,
  boxes: readonly Box[],
  shown: GroundsShown,
): readonly MarginLabel[] => {
  const wanted = boxes
    .filter(({ rect, label }) => {
      const inside = rect.left >= 0 && rect.top >= 0 && rect.right <= width && rect.bottom <= height;
      const fits = shown === 'box' && groundIn(rect, label) !== undefined;
      return inside && !fits && label !== '' && !isMostlyIn(rect, boxes);
    })
    .toSorted((a, b) => a.rect.top + a.rect.bottom - (b.rect.top + b.rect.bottom));
  const lines: Box[][] = [];
  for (const box of wanted) {
    const middle = (box.rect.top + box.rect.bottom) / 2;
    const line = lines.at(-1);
    const first = line?.[0]?.rect;
    if (line && first && middle >= first.top && middle <= first.bottom) line.push(box);
    else lines.push([box]);
  }
  return lines.flatMap((line) => {
    const [first] = line;
    if (first === undefined) return [];
    const labels = line.toSorted((a, b) => a.rect.left - b.rect.left).map(({ label }) => label);
    const same = labels.every((label) => label === labels[0]);
    const text = same ? first.label : labels.map((label, at) => `${numbers[at] ?? '⑨'}${label}`).join('');
    const long = [...text].length * beside;
    const middle = (first.rect.top + first.rect.bottom) / 2;
    if (long > longest || middle < stampRoom || middle > height - stampRoom) return [];
    const [top, bottom] = [middle - beside * 0.8, middle + beside * 0.8];
    const places = [
      { left: width - edge - long, right: width - edge, top, bottom },
      { left: edge, right: edge + long, top, bottom },
    ].filter((place) => boxes.every(({ rect }) => shared(rect, place) === 0));
    return places.length === 0 ? [] : [{ text, size: beside, places }];
  });
};
