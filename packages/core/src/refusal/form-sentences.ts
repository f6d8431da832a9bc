import type { RefusalCode } from './refusal.ts';
import type { Entry } from './sentences.ts';

/** What a form does not take, and what cannot be set in type. */
export const formSentences: Record<Extract<RefusalCode, `form-${string}` | `glyph-${string}`>, Entry> = {
  'form-field': [
    422,
    '“{fieldZh}”：{detailZh}。请改正后再试。',
    '“{field}”: {detail}. Correct it and try again.',
  ],
  'glyph-missing': [
    422,
    '第 {page} 页的字符“{character}”没有可用字体，不能出件。请由管理员补充字体。',
    'No font has the character “{character}” on page {page}, so the release cannot be made. Have the administrator add a font.',
  ],
};
