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
  const search = new RegExp(pattern.source, pattern.flags);
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const value = accept(match);
    if (value === undefined) search.lastIndex = match.index + 1;
    else {
      accepted.push(value);
      if (match[0].length === 0) search.lastIndex = match.index + 1;
    }
  }
  return accepted;
};

/** The text around a match, for label words: `before` characters before and `after` behind it. */
export const around = (text: string, start: number, end: number, before: number, after = 0): string =>
  text.slice(Math.max(0, start - before), start) + text.slice(end, end + after);

/** The line that holds `index`, with its number (0-based) in the text. */
export const lineAt = (text: string, index: number): { line: string; start: number; number: number } => {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  const next = text.indexOf('\n', index);
  let number = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < start; at = text.indexOf('\n', at + 1)) number++;
  return { line: text.slice(start, next === -1 ? text.length : next), start, number };
};
