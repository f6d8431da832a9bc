/** 2号 letters in a line of 156 mm. */
const perLine = 20;
const words = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/**
 * 标题 broken between words into lines of about one length (GB/T 9704-2012, 7.3.1: no word apart, lines even). Line breaks that
 * somebody typed are kept.
 */
export const titleLines = (title: string): string[] =>
  title
    .split(/\s*\n\s*/)
    .filter((it) => it !== '')
    .flatMap((line) => {
      const count = Math.ceil([...line].length / perLine);
      const wanted = [...line].length / count;
      const lines = [''];
      for (const { segment } of words.segment(line)) {
        const last = lines.at(-1) ?? '';
        const [now, then] = [[...last].length, [...last, ...segment].length];
        const closes =
          /^[》”’）〕、，。：；的]/u.test(segment) || (/\d$/.test(last) && /^[年月日届次号%]/u.test(segment));
        const full = lines.length < count && !closes && then - wanted > wanted - now;
        if (last !== '' && (full || then > perLine)) lines.push(segment);
        else lines[lines.length - 1] = last + segment;
      }
      return lines;
    });
