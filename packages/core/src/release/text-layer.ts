import { type PageText, type ReadLetter, type RecognisedPage, readable } from '../document/index.ts';
import type { Redaction } from '../document/redaction.ts';

type Boxes = Redaction['boxes'];

const touches = (letter: ReadLetter, boxes: Boxes): boolean =>
  boxes.some(
    (box) =>
      letter.x <= box.x + box.width &&
      box.x <= letter.x + letter.width &&
      letter.y <= box.y + box.height &&
      box.y <= letter.y + letter.height,
  );

const isGap = ({ text }: ReadLetter): boolean => text.trim() === '';
const cut: ReadLetter = { text: '\n', x: 0, y: 0, width: 0, height: 0 };

/** Where letters were left out the line ends: nothing is stretched over the bar. */
const uncovered = (letters: readonly ReadLetter[], boxes: Boxes): ReadLetter[] => {
  const left: ReadLetter[] = [];
  for (const letter of letters) {
    if (isGap(letter) || !touches(letter, boxes)) left.push(letter);
    else if (left.length > 0 && left.at(-1) !== cut) left.push(cut);
  }
  return left;
};

/**
 * 文字层: what the release of a scan may say, so that it can be searched, copied and read aloud. Letters that a redaction
 * touches are left out here, before anything is written; pages that were only guessed have none.
 */
export const textLayer = (
  pages: readonly PageText[],
  redactions: readonly Pick<Redaction, 'boxes'>[],
): RecognisedPage[] =>
  pages.flatMap(({ page, recognised, recognition }) => {
    if (recognised === undefined || recognition === undefined || recognition.sure < readable) return [];
    const boxes = redactions.flatMap((redaction) => redaction.boxes.filter((box) => box.page === page));
    const left = uncovered(recognised, boxes);
    return left.every(isGap) ? [] : [{ page, recognised: left }];
  });
