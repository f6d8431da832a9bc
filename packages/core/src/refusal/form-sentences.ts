import type { RefusalCode } from './refusal.ts';
import type { Entry } from './sentences.ts';

/** What a form does not take, and what cannot be set in type. */
export const formSentences: Record<Extract<RefusalCode, `form-${string}` | `glyph-${string}`>, Entry> = {
  'form-field': [
    422,
    '“{fieldZh}”：{detailZh}。请改正后再试。',
    '“{field}”: {detail}. Correct it and try again.',
  ],
  'form-head': [
    422,
    '开头两行 --- 之间的各栏读不懂（{detailZh}）。每栏写一行，如“发文字号: 三政发〔2026〕8号”。',
    'The fields between the two lines --- cannot be read ({detail}). One a line: “发文字号: 三政发〔2026〕8号”.',
  ],
  'form-secret': [
    451,
    '所写内容带有国家秘密标志（{mark}）。本系统不是涉密系统，不得起草、存储涉密文件；没有保存任何内容。请在涉密计算机上办理。',
    'What was written bears a state-secret marking ({mark}). This is not a classified system and may not hold it; nothing was kept. Write it on a classified machine.',
  ],
  'glyph-missing': [
    422,
    '第 {page} 页的字符“{character}”（{code}）没有可用字体，不能出件。请改用别的字，或由管理员补充有这个字的字体。',
    'No font has the character “{character}” ({code}) on page {page}, so the release cannot be made. Use another character, or have the administrator add a font that has it.',
  ],
};
