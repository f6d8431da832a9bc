import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { PDFDocument, type PDFRef } from 'pdf-lib';
import { saving } from '../../in-one-go.ts';
import { documentsOf } from './document.ts';
import { Fonts } from './fonts.ts';
import { chain, moved, scaled } from './matrix.ts';
import { addPage, drawLayers, type Press, resourcesOf } from './page.ts';
import { Parts } from './parts.ts';
import type { Tally } from './scope.ts';
import { Undrawable } from './undrawable.ts';

export type DrawnOfd = {
  readonly pdf: Uint8Array;
  /** Names of fonts that the file does not carry and that ours stand in for. */
  readonly substitutedFonts: readonly string[];
  readonly drawn: Readonly<Tally>;
};

/** 200 inches in millimetres, the longest side of a PDF page (ISO 32000-1 annex C). */
const longestSide = 5_080;

const draw = async (bytes: Uint8Array, maxPages: number): Promise<Result<DrawnOfd, Refusal>> => {
  const document = await PDFDocument.create({ updateMetadata: false });
  const fonts = new Fonts(document);
  const tally: Tally = { text: 0, path: 0, image: 0, composite: 0, annotation: 0, seal: 0 };
  const repeated = { objects: 0 };
  const press = (parts: Parts): Press => ({
    document,
    fonts,
    tally,
    repeated,
    parts,
    drawNested: (inner, canvas, around, scope) => {
      const nested = new Parts(inner);
      const [first] = documentsOf(nested);
      const page = first?.pages[0];
      if (first === undefined || page === undefined) return scope.undrawable('OFD');
      const own = press(nested);
      const { x, y, width, height } = page.box;
      const placed = chain(moved(-x, -y), chain(scaled(1 / width, 1 / height), around));
      drawLayers(page, resourcesOf(first, own), canvas, placed, own, scope.page, new Map());
    },
  });
  const outer = press(new Parts(bytes));
  let pages = 0;
  for (const one of documentsOf(outer.parts)) {
    const resources = resourcesOf(one, outer);
    const images = new Map<string, PDFRef>();
    for (const page of one.pages) {
      pages += 1;
      if (pages > maxPages) return err(refusal('too-many-pages', { pages, limit: maxPages }));
      const { width, height } = page.box;
      if (!(width > 0 && height > 0 && width <= longestSide && height <= longestSide))
        return err(refusal('damaged', { detail: `OFD: ${page.path}: ${width}×${height} mm` }));
      addPage(page, one, resources, outer, pages, images);
    }
  }
  if (pages === 0) return err(refusal('no-pages'));
  fonts.finish();
  const pdf = await document.save({ ...saving, addDefaultPage: false });
  return ok({ pdf, substitutedFonts: fonts.substituted, drawn: tally });
};

/**
 * An OFD (GB/T 33190-2016) as a PDF: page by page, of the same size, letters as letters. What it says must have passed intake
 * (inspect, `examine`), which checks the container. Refuses `not-drawable` with page and object for whatever would come out
 * otherwise than the standard means, `glyph-missing` with page and character, `damaged`, `no-pages`, `too-many-pages`.
 */
export const ofdToPdf = async (bytes: Uint8Array, maxPages: number): Promise<Result<DrawnOfd, Refusal>> => {
  try {
    return await draw(bytes, maxPages);
  } catch (error) {
    if (error instanceof Undrawable) return err(error.refusal);
    throw error;
  }
};
