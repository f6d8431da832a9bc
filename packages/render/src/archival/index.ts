import type { ArchivalLevel, ArchivalObstacle } from '@gongkai/core';
import type { PDFDocument } from 'pdf-lib';
import { amend } from './amend.ts';
import { useOf } from './content-use.ts';
import { isLevelA } from './level-a.ts';
import { obstacles } from './obstacles.ts';

export type Archival = {
  /** What stands against PDF/A-2b. */
  readonly notArchival: readonly ArchivalObstacle[];
  /** A: tagged, so that it can be read aloud; undefined where something stands against B. */
  readonly level: ArchivalLevel | undefined;
};

/**
 * Makes PDF/A-2 (ISO 19005-2) of a release that is complete but for its metadata, as far as nothing that is seen changes by
 * it. Only what it says may the file say of itself.
 */
export const makeArchival = (document: PDFDocument): Archival => {
  amend(document);
  const use = useOf(document);
  const notArchival = obstacles(document, use);
  if (notArchival.length > 0) return { notArchival, level: undefined };
  return { notArchival, level: isLevelA(document, use) ? 'A' : 'B' };
};
