/**
 * The model knows no star: it reads the one of 机密★5年 as 妇, 女, 万, 广… Whatever single character stands between a level
 * and a term, or behind a level at the end of a line of its own, is therefore taken for the star (GB/T 9704: a mark is
 * 密级★期限 on its own line). Wrongly so, perhaps: then a person says that the document is none; the other way round a
 * secret would pass.
 */
const level = '[绝絕机機秘祕] ?密';
const term = '(?:[\\[\\]|lI]?(?:\\d{1,2}|[一二三四五六七八九十]{1,3}) ?(?:年|个月|月)|长期|長期|启用前)';
const before = new RegExp(`(${level} ?)([^\\s\\d★级級])(?= ?${term})`, 'gu');
const alone = new RegExp(`^(\\s*${level} ?)([^\\s\\d★级級])(?=\\s*$)`, 'gmu');

/** Places (of the joined text) where a star was meant. */
export const meantStars = (text: string): readonly number[] =>
  [before, alone].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 1: lead = '' }) => index + lead.length),
  );
