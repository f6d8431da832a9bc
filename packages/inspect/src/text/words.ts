const special = /[.*+?^${}()|[\]\\-]/g;

/**
 * Words as regular-expression source, the longest first. Between two characters may stand one space or line end: titles
 * are spaced out (内 部 资 料), vertical text breaks after each character. The look at the first character lets the engine
 * pass over almost every place without trying a hundred words there.
 */
export const anyOf = (words: readonly string[]): string => {
  const literal = (one: string): string => one.replace(special, '\\$&');
  const firsts = [...new Set(words.map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0)))];
  const spaced = [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => [...word].map(literal).join('[ \\n]?'));
  return `(?=${firsts.every((one) => one.length === 1) ? `[${firsts.map(literal).join('')}]` : ''})(?:${spaced.join('|')})`;
};

/** How far back a table's head may stand from the cell that it names. */
const tableReach = 1_500;
const near = 30;

/**
 * Whether `label` names what stands at `start`: just before it, or as the head of a table further up (a cell of its own:
 * between spaces, bars or line ends). Labels must not use `g`.
 */
export const labelled = (
  text: string,
  start: number,
  label: RegExp,
  reach = near,
): 'near' | 'head' | undefined => {
  if (label.test(text.slice(Math.max(0, start - reach), start))) return 'near';
  const head = new RegExp(
    `(?:^|[\\s|])[\\u3400-\\u9fffA-Za-z/]{0,6}(?:${label.source})[\\u3400-\\u9fffA-Za-z/]{0,4}(?=[\\s|]|$)`,
    label.flags,
  );
  return head.test(text.slice(Math.max(0, start - tableReach), start)) ? 'head' : undefined;
};
