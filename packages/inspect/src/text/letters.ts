/** Letters alone, in one case: numbering, punctuation and line breaks make no other text of the same words. */
export const letters = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, '');

/** Of what a file says beside its pages, what no page says. Each once; less than two letters say nothing. */
export const notOnPages = (said: readonly string[], pages: string): string[] => [
  ...new Set(
    said.filter((text) => {
      const own = letters(text);
      return own.length > 1 && !pages.includes(own);
    }),
  ),
];

/** One finding each, so that each is answered, and compared with the release, by itself; where there are very many, one for all. */
export const apart = (texts: readonly string[]): readonly string[] =>
  texts.length <= 20 ? texts : [texts.join('\n')];
