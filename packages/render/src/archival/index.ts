import type { ArchivalObstacle } from '@gongkai/core';
import type { PDFDocument } from 'pdf-lib';
import { amend } from './amend.ts';
import { obstacles } from './obstacles.ts';

/**
 * Makes PDF/A-2b (ISO 19005-2) of a release that is complete but for its metadata, as far as nothing that is seen changes
 * by it. Returns what still stands against it: only where that is nothing may the file say that it is PDF/A.
 */
export const makeArchival = (document: PDFDocument): readonly ArchivalObstacle[] => {
  amend(document);
  return obstacles(document);
};
