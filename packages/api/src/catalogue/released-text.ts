import { noWords, type Office } from '@gongkai/core';
import { soon } from '../soon.ts';
import { type Paragraph, paragraphsOf, type StampWords } from './paragraphs.ts';

export type ReleasedText =
  | {
      readonly kind: 'text';
      readonly paragraphs: readonly Paragraph[];
      readonly cut: boolean;
      /** Pages with unseen text over a picture. */
      readonly overPictures: readonly number[];
    }
  /** A scan: there are pages, but no text in them. */
  | { readonly kind: 'no-text' }
  /** Not read yet or not readable now; the PDF is there all the same. */
  | { readonly kind: 'not-ready' };

export type ReadReleasedText = (sha256: string, stamp: StampWords) => Promise<ReleasedText>;

/** Characters of all kept texts together, and of one text on a page. */
const keptCharacters = 8_000_000;
const shownCharacters = 400_000;

/**
 * Text of a release by the hash of its bytes, from core's inspection of exactly those bytes (the original's own
 * inspection still holds what was redacted). Kept in memory, the least recently read goes first. Whoever calls
 * has already asked `visible()`: a hash is no leave to read.
 */
export const releasedTexts = (
  inspector: Pick<Office['inspector'], 'inspect'>,
  patience = 8_000,
): ReadReleasedText => {
  const kept = new Map<string, { readonly text: ReleasedText; readonly size: number }>();
  const underWay = new Map<string, Promise<ReleasedText>>();
  let held = 0;

  const read = async (sha256: string, stamp: StampWords): Promise<ReleasedText> => {
    try {
      const seen = await inspector.inspect({ area: 'vault', sha256 }, noWords);
      if (!seen.ok) return { kind: 'not-ready' };
      const all = paragraphsOf(seen.value.pages, stamp);
      if (all.length === 0) return { kind: 'no-text' };
      let size = 0;
      const paragraphs = all.filter(({ text }) => {
        size += text.length;
        return size <= shownCharacters;
      });
      const overPictures = seen.value.findings
        .filter(({ rule }) => rule === 'ocr-layer')
        .flatMap(({ boxes }) => boxes.map(({ page }) => page));
      return { kind: 'text', paragraphs, cut: paragraphs.length < all.length, overPictures };
    } catch {
      // The worker was killed or is not there: a broken machine, seen by its own gauges. The reader has the PDF.
      return { kind: 'not-ready' };
    } finally {
      underWay.delete(sha256);
    }
  };

  const keep = (sha256: string, text: ReleasedText): void => {
    if (text.kind === 'not-ready' || kept.has(sha256)) return;
    const size =
      text.kind === 'text' ? text.paragraphs.reduce((sum, one) => sum + one.text.length, 100) : 100;
    kept.set(sha256, { text, size });
    held += size;
    for (const [oldest, { size: freed }] of kept) {
      if (held <= keptCharacters) break;
      kept.delete(oldest);
      held -= freed;
    }
  };

  return async (sha256, stamp) => {
    const known = kept.get(sha256);
    if (known) {
      kept.delete(sha256);
      kept.set(sha256, known);
      return known.text;
    }
    let work = underWay.get(sha256);
    if (!work) {
      work = read(sha256, stamp).then((text) => {
        keep(sha256, text);
        return text;
      });
      underWay.set(sha256, work);
    }
    return (await soon(work, patience)) ?? { kind: 'not-ready' };
  };
};
