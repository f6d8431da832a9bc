import type { RefusalCode } from './refusal.ts';
import type { Entry } from './sentences.ts';

type Code = Extract<RefusalCode, `display-${string}` | `date-${string}` | 'not-public' | 'nothing-to-bind'>;

/** From when to when something stands, and what can be shown only while it does. */
export const displaySentences: Record<Code, Entry> = {
  'nothing-to-bind': [
    422,
    '所选栏目在 {year} 年没有公开过文件，没有可装订的。请换一个年度或栏目。',
    'Nothing was published in these columns in {year}; there is nothing to bind. Choose another year or column.',
  ],
  'not-public': [
    422,
    '{id} 现在没有公开，不能列入。请刷新列表，去掉它再试。',
    '{id} is not public now and cannot be listed. Refresh the list, leave it out and try again.',
  ],
  'display-floor': [
    422,
    '公示期未满，{until} 前不得撤下。确需撤下的，请走撤回并说明理由。',
    'The display period is not over; it may not be taken down before {until}. If it must be, withdraw it and give the reason.',
  ],
  'date-invalid': [422, '日期不正确：{detail}。', 'The date is not valid: {detail}.'],
  'date-past': [
    422,
    '截止日期 {date} 早于发布日期 {published}。请改为发布之后的日期。',
    'The end {date} lies before the day of publication {published}. Choose a later day.',
  ],
  'display-too-short': [
    422,
    '公示期到 {date} 止，短于下限 {floor} 天（至 {until}，{clause}）。请延长。',
    'The display ends on {date}, shorter than the floor of {floor} days (until {until}, {clause}). Make it longer.',
  ],
  'display-too-long': [
    422,
    '公示期到 {date} 止，超过上限 {limit} 天（{clause}）。请缩短，或改为长期公开。',
    'The display ends on {date}, longer than the limit of {limit} days ({clause}). Shorten it or make it long-term.',
  ],
  'display-kind': [
    422,
    '本栏目不使用这种公开时限（{kind}）。可选：{allowed}。',
    'This column does not use that kind of display ({kind}). Choose one of: {allowed}.',
  ],
};
