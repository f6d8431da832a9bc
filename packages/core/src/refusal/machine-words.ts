/** Whole words, and not the name of a part or a format. */
const english = /[A-Za-z]{2,} [a-z]{2,}/;

/**
 * What a library said in its own English, for a Chinese sentence: whoever reads it need not understand it, but whoever is
 * asked for help wants the very words.
 */
export const inChinese = (detail: string | number | undefined): string => {
  const said = String(detail ?? '—');
  const page = /^page (\d+)$/.exec(said);
  if (page) return `第 ${page[1]} 页`;
  return english.test(said) && !/\p{Script=Han}/u.test(said) ? `程序的原话：${said}` : said;
};
