import { type Phrase, type Piece, pieces } from '@gongkai/core';

/** Stands before a title, so that a phrase can ask for its beginning. No text holds it: pieces are letters and digits. */
const beginning = '^';
/** Stands where one run of Hanzi ends and another begins: 财政、资金 does not contain 政资. */
const runBreak = '|';

const tokensOf = (cut: Iterable<Piece>): string[] => {
  const tokens: string[] = [];
  let before: Piece | undefined;
  for (const piece of cut) {
    if (piece.kind === 'han' && piece.opensRun && before?.kind === 'han') tokens.push(runBreak);
    tokens.push(piece.text);
    before = piece;
  }
  return tokens;
};

/**
 * What OpenSearch indexes, for its `whitespace` analyser: every Hanzi and every other word is one token, in order. A
 * phrase over single characters is a substring, as over the bigrams of packages/embedded; the same cut, so the same
 * recall and precision.
 */
export const indexedWords = (text: string): string => tokensOf(pieces(text)).join(' ');
export const indexedTitle = (title: string): string => [beginning, ...tokensOf(pieces(title))].join(' ');

type Query = Readonly<Record<string, unknown>>;
const fields = ['words.title', 'words.number', 'words.body'] as const;
const head = ['words.title', 'words.number'] as const;

const phraseIn = (phrase: Phrase, on: readonly string[]): Query => {
  const words = tokensOf(phrase).join(' ');
  return {
    bool: {
      should: on.map((field) => ({ match_phrase: { [field]: words } })),
      minimum_should_match: 1,
    },
  };
};
const all = (queries: readonly Query[]): Query => ({ bool: { filter: queries } });

/** The score of a hit in title or number, above anything that bm25 gives. */
const titleScore = 1_000;

/** Every phrase must occur. Hits in title or number first, all alike; bodies follow by bm25. None: everything. */
export const matching = (phrases: readonly Phrase[]): Query => {
  if (phrases.length === 0) return { constant_score: { filter: { match_all: {} }, boost: 0 } };
  const inHead = all(phrases.map((phrase) => phraseIn(phrase, head)));
  const anywhere = phrases.map((phrase) => phraseIn(phrase, fields));
  return {
    bool: {
      should: [
        { constant_score: { filter: inHead, boost: titleScore } },
        { bool: { must: anywhere, must_not: [inHead] } },
      ],
      minimum_should_match: 1,
    },
  };
};

/** How many words may follow from an unfinished one. */
const maximumExpansions = 1_000;

const unfinished = (phrase: Phrase, before: readonly string[] = []): Query => {
  const query = [...before, ...tokensOf(phrase)].join(' ');
  return phrase.at(-1)?.kind === 'word'
    ? { match_phrase_prefix: { 'words.title': { query, max_expansions: maximumExpansions } } }
    : { match_phrase: { 'words.title': query } };
};

/** Titles in which what was typed so far occurs; those that begin with it score 1, others 0. */
export const beginningWith = (phrases: readonly Phrase[]): Query => ({
  bool: {
    filter: phrases.map((phrase) => unfinished(phrase)),
    should: phrases
      .slice(0, 1)
      .map((phrase) => ({ constant_score: { filter: unfinished(phrase, [beginning]), boost: 1 } })),
    minimum_should_match: 0,
  },
});
