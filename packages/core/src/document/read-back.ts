import type { ProofAsked } from './proof.ts';

/** So many of them at most, spread over all, in their order: what is not read is never one half of a document. */
const spread = (pages: readonly number[], most: number): readonly number[] =>
  pages.length <= most
    ? pages
    : Array.from({ length: Math.max(0, most) }, (_, n) => pages[Math.floor((n * pages.length) / most)] ?? 0);

const inOrder = (pages: readonly number[]): readonly number[] =>
  [...new Set(pages)].sort((one, other) => one - other);

/**
 * Which pages of a release are read as people see them (policy `limits.pagesReadBack`): those with a redaction, then those that
 * are pictures, for there a covered name may stand that no text tells of. `unread`: how many there was no room for.
 */
export const pagesToReadBack = (
  { redactions, recognised = [] }: Pick<ProofAsked, 'redactions' | 'recognised'>,
  most: number,
): { readonly only: readonly number[]; readonly unread: number } => {
  const covered = inOrder(redactions.flatMap(({ boxes }) => boxes.map(({ page }) => page)));
  const pictures = inOrder(recognised.map(({ page }) => page)).filter((page) => !covered.includes(page));
  const first = spread(covered, most);
  const only = [...first, ...spread(pictures, most - first.length)];
  return { only, unread: covered.length + pictures.length - only.length };
};
