import type { Finding } from '@gongkai/core';
import { isUnseen } from './hidden.tsx';

/** 图片里的文字: said of pages and pictures, not of a place in a text. */
export const isPicture = ({ kind, rule }: Pick<Finding, 'kind' | 'rule'>): boolean =>
  kind === 'not-searched' && rule !== 'text-not-compared';

/** 识别: whether it was read from a picture, where letters may be wrong. Told by where it stands. */
export const wasRead = (found: Finding, ofFile: readonly Finding[]): boolean => {
  const [box] = found.boxes;
  if (box === undefined || isPicture(found) || isUnseen(found)) return false;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return ofFile
    .filter(isPicture)
    .flatMap(({ boxes }) => boxes)
    .some(
      (picture) =>
        picture.page === box.page &&
        x >= picture.x &&
        x <= picture.x + picture.width &&
        y >= picture.y &&
        y <= picture.y + picture.height,
    );
};
