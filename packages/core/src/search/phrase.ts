import { type Piece, pieces } from './piece.ts';

/** A word of the query: its pieces, in order, are what must stand side by side. */
export type Phrase = readonly Piece[];

/** More than any honest query; keeps a hostile one cheap. */
const maximumLength = 200;
const maximumPhrases = 12;

export const phrasesOf = (words: string): Phrase[] => {
  const phrases = new Map<string, Phrase>();
  for (const word of words.slice(0, maximumLength).split(/\s+/u)) {
    const cut = [...pieces(word)];
    if (cut.length > 0 && phrases.size < maximumPhrases)
      phrases.set(JSON.stringify(cut.map(({ text, opensRun }) => [text, opensRun])), cut);
  }
  return [...phrases.values()];
};
