import { stat } from 'node:fs/promises';
import { type Box, ok, type ProofAsked, type Refusal, type Result } from '@gongkai/core';
import type { Rectangle } from '../pdf/geometry.ts';
import { count, plain, readSource, seePages, tells, unproven } from '../proof/index.ts';
import { recognise } from './recognise.ts';

export type ReadBackJob = {
  readonly task: 'read-back';
  /** The converted pages, and the release that was made from them. */
  readonly pages: string;
  readonly release: string;
  readonly asked: ProofAsked;
  /** The pages of the release to read. */
  readonly only: readonly number[];
};

/** Points: what is smaller holds no word. So many pictures of a page are read. */
const [least, mostPictures] = [8, 20];

const boxOn = (page: number, { left, top, right, bottom }: Rectangle): Box => ({
  page,
  x: left,
  y: top,
  width: right - left,
  height: bottom - top,
});

/**
 * 出件回读: reads pages of a release as people see them, and looks there for what was covered: a name that still stands in a
 * stamp, a chart, a photograph, as outlines. On a page with a redaction it may be seen as often as it stands beside the boxes;
 * on another one, when it stands in the open somewhere. Refuses `redaction-not-proven`; also where a page cannot be read.
 */
export const readBack = async ({
  pages,
  release,
  asked,
  only,
}: ReadBackJob): Promise<Result<{ readonly read: number }, Refusal>> => {
  const source = await readSource(pages, asked);
  if (!source.ok) return source;
  const secrets = source.value.secrets.filter((one) => tells(one, 'shown'));
  const covered = new Set(asked.redactions.flatMap(({ boxes }) => boxes.map(({ page }) => page)));
  // Recognition takes large letters beside text for a drawing: pictures are read once more, each for itself.
  const pictured = new Map<number, Box[]>();
  const seen = await seePages(release, (await stat(release)).size, new Set(only), ({ page, objects }) => {
    const boxes = objects.painted.filter(({ what }) => what === 'image').map(({ box }) => boxOn(page, box));
    pictured.set(
      page,
      boxes.filter(({ width, height }) => width > least && height > least).slice(0, mostPictures),
    );
  });
  if (!seen.ok) return seen;
  const read = await recognise({
    path: release,
    pages: only.flatMap((page) => {
      const pictures = pictured.get(page) ?? [];
      return [{ page, pictures: [] }, ...(pictures.length > 0 ? [{ page, pictures }] : [])];
    }),
  });
  for (const page of only) {
    const readings = read.filter((one) => one.page === page);
    if (readings.length === 0) return unproven(`p. ${page} of the release could not be read back`);
    const left = secrets.find((one) =>
      readings.some(({ letters }) => {
        const said = plain(letters.map(({ text }) => text).join(''));
        return covered.has(page)
          ? count(said, one.folded) > one.onPage(page)
          : !one.kept && said.includes(one.folded);
      }),
    );
    if (left !== undefined)
      return unproven(`what ${left.name} covers can still be read: p. ${page}, as it looks`);
  }
  return ok({ read: only.length });
};
