import words from '../dictionaries/commercial-secret.json' with { type: 'json' };
import { lineAt, occurrences } from '../text/occurrences.ts';
import { anyOf } from '../text/words.ts';
import type { Detector, Match } from './detector.ts';

const label = new RegExp(anyOf(words.labels), 'g');
const content = new RegExp(anyOf(words.contents), 'g');
const mark = /^[\s(【[<★☆*]*(?:密级[:]?)?[\s]*$/;
const markEnd = /^[ ]?(?:[★☆*]|[\s)】\]>]*$|[ ]?\d{1,2}[ ]?年)/;
/** The thing itself follows, not talk about it: a figure, a colon with something, 如下, 见附件. */
const given = /^[ ]?(?:[:为][ ]?[^\s,。]|[(]?[ ]?[¥￥]?\d|(?:明细)?(?:如下|见附[件表]|详见))/;
const talk = /^(?:由|的(?:确定|编制|保密)|编制|应当|不得|一经|须|保密|公开|招标|无|没有)/;

/** 商业秘密, by its label and by what it consists of. */
export const commercialSecret: Detector = {
  rule: 'commercial-secret',
  kind: 'commercial-secret',
  severity: 'high',
  why: {
    zh: '可能涉及商业秘密，公开前应征求第三方意见（政府信息公开条例第十五条、第三十二条）。',
    en: 'May be a trade secret; the third party must be asked first (OGI Regulations, arts. 15, 32).',
  },
  together: true,
  detect: ({ text }) => [
    ...occurrences(text, label, (match): Match => {
      const end = match.index + match[0].length;
      const { line, start } = lineAt(text, match.index);
      const marked = mark.test(line.slice(0, match.index - start)) && markEnd.test(line.slice(end - start));
      const place = { start: match.index, end };
      return marked ? { ...place, sure: 0.9 } : { ...place, sure: 0.3, severity: 'low' };
    }),
    ...occurrences(text, content, (match): Match | undefined => {
      const end = match.index + match[0].length;
      const after = text.slice(end, end + 12);
      if (talk.test(after) || !given.test(after)) return undefined;
      return { start: match.index, end, sure: 0.6, severity: 'medium' };
    }),
  ],
};
