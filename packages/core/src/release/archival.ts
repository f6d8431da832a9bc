import * as z from 'zod';

/** What keeps a release from being PDF/A-2b (ISO 19005-2), and the font, filter or key that it is about. */
export const archivalObstacle = z.object({
  kind: z.enum(['font-not-embedded', 'font', 'colour', 'picture', 'content']),
  what: z.string(),
});
export type ArchivalObstacle = z.infer<typeof archivalObstacle>;

const words: Readonly<Record<ArchivalObstacle['kind'], (what: string) => readonly [string, string]>> = {
  'font-not-embedded': (what) => [`字体“${what}”没有嵌入文件`, `font ${what} is not embedded`],
  font: (what) => [
    `字体“${what}”的内部数据不合要求或无法核对`,
    `the data of font ${what} is not as PDF/A asks, or cannot be checked`,
  ],
  colour: (what) => [
    `使用了没有颜色特性文件的印刷色（${what}）`,
    `colours for printing without a profile (${what})`,
  ],
  picture: (what) => [
    `图像的编码方式不合要求（${what}）`,
    `a picture is packed in a way that PDF/A does not know (${what})`,
  ],
  content: (what) => [
    `页面内容含有不允许的部分（${what}）`,
    `the pages hold what PDF/A does not allow (${what})`,
  ],
};

/** 级别 of a release that is PDF/A-2: A is tagged and can be read aloud, B looks the same for ever. */
export const archivalLevel = z.enum(['A', 'B']);
export type ArchivalLevel = z.infer<typeof archivalLevel>;

/** A sentence for people, Chinese and English. */
export const archivalWords = ({ kind, what }: ArchivalObstacle): readonly [zh: string, en: string] =>
  words[kind](what);
