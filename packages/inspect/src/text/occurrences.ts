/**
 * Every place where `pattern` (must have the `g` flag) matches and `accept` agrees. After a refusal the search
 * goes on one character later, because a wrong start must not swallow a right one («2013 1101…»).
 */
export const occurrences = <T>(
  text: string,
  pattern: RegExp,
  accept: (match: RegExpExecArray) => T | undefined,
): T[] => {
  const accepted: T[] = [];
  // The pattern itself and no copy: a copy would be interpreted anew on each page before it is compiled.
  let from = 0;
  for (;;) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match === null) break;
    const value = accept(match);
    if (value !== undefined) accepted.push(value);
    from = value === undefined || match[0].length === 0 ? match.index + 1 : match.index + match[0].length;
  }
  return accepted;
};

/** The text around a match, for label words: `before` characters before and `after` behind it. */
export const around = (text: string, start: number, end: number, before: number, after = 0): string =>
  text.slice(Math.max(0, start - before), start) + text.slice(end, end + after);

/** A line longer than this is cut around the place that is asked for, and line numbers stop being counted. */
const longestLine = 400;
const mostLines = 50;

/**
 * The line that holds `index`, with its number (0-based, at most 50). Cut to 400 characters either side: a page
 * without line ends must not make every question cost the whole page.
 */
export const lineAt = (text: string, index: number): { line: string; start: number; number: number } => {
  const from = Math.max(0, index - longestLine);
  const start = from + text.slice(from, index).lastIndexOf('\n') + 1;
  const rest = text.slice(index, index + longestLine);
  const next = rest.indexOf('\n');
  let number = 0;
  for (
    let at = text.indexOf('\n');
    at !== -1 && at < start && number < mostLines;
    at = text.indexOf('\n', at + 1)
  ) {
    number += 1;
  }
  return { line: text.slice(start, next === -1 ? index + rest.length : index + next), start, number };
};
