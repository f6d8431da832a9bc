import type { Box } from '../document/box.ts';
import type { PageText } from '../document/inspection.ts';
import type { WatermarkWords } from '../policy/stamping.ts';
import type { Publication } from '../publication/index.ts';

/**
 * 水印: the words across the pages of a release. What is published to be known as repealed or expired says so; else what the
 * policy says. A withdrawn, expired or replaced release is never written anew: its copy for the file is marked (`endedWords`).
 */
export const watermarkOf = (
  { metadata }: Pick<Publication, 'metadata'>,
  policy: 'none' | WatermarkWords,
): WatermarkWords | undefined => {
  if (metadata.validity === 'repealed') return '已废止';
  if (metadata.validity === 'expired') return '已失效';
  return policy === 'none' ? undefined : policy;
};

/** What may be said of a release that is public no longer. */
export const endedWordings = ['已废止', '已失效', '已撤回'] as const satisfies readonly WatermarkWords[];
export type EndedWords = (typeof endedWordings)[number];

/** What its copy says of it unless somebody chooses other words; undefined while it is public. */
export const endedWords = ({ state }: Pick<Publication, 'state'>): EndedWords | undefined =>
  state === 'withdrawn'
    ? '已撤回'
    : state === 'replaced'
      ? '已废止'
      : state === 'expired'
        ? '已失效'
        : undefined;

/** The square that the words lie across, from corner to corner: as wide as the page allows, its middle a little high. */
export const watermarkSquare = ({
  page,
  width,
  height,
}: Pick<PageText, 'page' | 'width' | 'height'>): Box => {
  const side = Math.min(width, height);
  return { page, x: (width - side) / 2, y: Math.max(0, 0.45 * height - side / 2), width: side, height: side };
};
