import { type Phrase, type Piece, pieces } from '@gongkai/core';

/**
 * What FTS5 indexes, one token at every piece: a Hanzi with its right neighbour, the last Hanzi of a run alone,
 * a word whole. 预算2026 → `预算 算 2026`. Since every piece has exactly one token, an FTS5 phrase is a substring,
 * and one Hanzi is found by token prefix (reference/pdf.md §7: recall and precision 1.0).
 */
export const indexText = (text: string): string => tokensOf([...pieces(text)]).join(' ');

const tokensOf = (cut: readonly Piece[]): string[] =>
  cut.map((piece, position) => {
    const next = cut[position + 1];
    const runGoesOn = piece.kind === 'han' && next?.kind === 'han' && !next.opensRun;
    return runGoesOn ? piece.text + next.text : piece.text;
  });

/**
 * The FTS5 expression for a phrase. A Hanzi at the end may go on in the text, so: after another Hanzi its bigram
 * already says all, alone it becomes a prefix. `openEnd` lets a last word be unfinished too (for suggestions).
 */
const phraseExpression = (phrase: Phrase, openEnd: boolean): string => {
  const tokens = tokensOf(phrase);
  const last = phrase.at(-1);
  if (last?.kind === 'han' && !last.opensRun) tokens.pop();
  const prefix = (last?.kind === 'han' && last.opensRun) || (last?.kind === 'word' && openEnd);
  // Tokens hold only letters and digits, so nothing in them can end the quotation.
  return `"${tokens.join(' ')}"${prefix ? ' *' : ''}`;
};

/** All phrases must occur. */
export const matchExpression = (phrases: readonly Phrase[], openEnd = false): string =>
  phrases.map((phrase) => phraseExpression(phrase, openEnd)).join(' AND ');
