import type { RefusalCode } from './refusal.ts';
import type { Entry } from './sentences.ts';

/** What the office's dictionary and whitelist do not take, and what a change of them means for a document under way. */
export const dictionarySentences: Record<Extract<RefusalCode, `dictionary-${string}`>, Entry> = {
  'dictionary-has-it': [
    409,
    '词典或白名单里已经有这一条，不必重复添加。',
    'The dictionary or the whitelist has this entry already.',
  ],
  'dictionary-word-length': [
    422,
    '词条须为 {min} 到 {max} 个字（不计空格）。太短的词会处处命中，请写得更具体。',
    'An entry has {min} to {max} characters, spaces not counted. A shorter word would be found everywhere: be more precise.',
  ],
  'dictionary-full': [
    422,
    '条目已满（最多 {limit} 条）。请先移除不再需要的条目。',
    'There are as many entries as there may be ({limit}). First remove those that are no longer needed.',
  ],
  'dictionary-no-patterns': [
    422,
    '白名单只收确切的值，不收通配符（* ? %）。请逐个写明。',
    'The whitelist takes exact values, no patterns (* ? %). Enter each value by itself.',
  ],
  'dictionary-changed': [
    409,
    '审查之后词典或白名单有变动（第 {from} 版改为第 {to} 版），这件的检查结果因此不同。未发布，已退回并重新检查，请看过新的发现后再送审。',
    'The dictionary or the whitelist changed after the review (version {from} to {to}), and this document is judged differently now. Nothing was published: it is inspected again; look at the new findings and submit it once more.',
  ],
};
