import type { Block } from '../text/index.ts';

const titleLength = 40;
const sentenceEnd = /[。；！？，、：;!?,:]$/;
/** 一、 and （一） are the first and second level of GB/T 9704-2012 §7.3.3; the third, 1., is set like the text. */
const firstLevel = /^[一二三四五六七八九十百]+、/;
const secondLevel = /^[（(][一二三四五六七八九十百]+[）)]/;
const headingLength = 50;

const block = (line: string): Block => {
  const text = line.trim();
  const runs = [{ text }];
  const short = text.length <= headingLength && !/[。；;]$/.test(text);
  if (short && firstLevel.test(text)) return { is: 'heading', level: 1, runs };
  if (short && secondLevel.test(text)) return { is: 'heading', level: 2, runs };
  return { is: 'paragraph', runs, indent: true };
};

/** Every line is a paragraph; the first, when short and no sentence, is the title. Not a character is changed. */
export const plainTextBlocks = (text: string): Block[] => {
  const lines = text.split(/[\n\f]/).filter((line) => line.trim() !== '');
  const [first, ...rest] = lines;
  if (first === undefined) return [];
  const title = first.trim();
  const isTitle =
    rest.length > 0 && title.length <= titleLength && !sentenceEnd.test(title) && !firstLevel.test(title);
  return [isTitle ? { is: 'title', runs: [{ text: title }] } : block(first), ...rest.map(block)];
};
