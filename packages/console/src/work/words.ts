import type { Words } from '../words/language.tsx';

export const words = {
  title: ['我的工作', 'My work'],
  waiting: ['等我办理', 'Waiting for me'],
  mine: ['我经办的', 'Mine'],
  expiring: ['快要到期', 'Expiring soon'],
  did: ['我最近办的', 'What I did'],
  mineBelow: [
    '眼下没有等您审查的事项；您经办的在下面。',
    'Nothing waits for your review; what you made is below.',
  ],
  nothingWaiting: [
    '眼下没有等您办理的事项。有新的会出现在这里。',
    'Nothing waits for you now. What arrives will appear here.',
  ],
  nothingAtAll: [
    '还没有任何事项。点右上角“上传文件”开始第一件。',
    'There is nothing yet. Begin with “Upload documents” at the top right.',
  ],
  upload: ['上传文件', 'Upload documents'],
  since: ['{when}到达', 'arrived {when}'],
  overdue: ['已超时', 'Overdue'],
  sentBack: ['被退回', 'Sent back'],
  untitled: ['（尚无标题）', '(no title yet)'],
  files: ['{n} 个文件，{pages} 页', '{n} files, {pages} pages'],
  unanswered: ['{n} 处发现待处理', '{n} findings to answer'],
  major: ['重大', 'Major'],
  until: ['展示至 {day}', 'displayed until {day}'],
  'answer-findings': ['处理发现', 'Answer findings'],
  submit: ['自审并送审', 'Check and submit'],
  review: ['去审查', 'Review'],
  'mend-file': ['更换文件', 'Mend a file'],
  wait: ['等待中', 'Waiting'],
  none: ['查看', 'View'],
  by: ['{name} 经办', 'by {name}'],
  deadLetters: [
    '有 {n} 项机器处理失败，等待重新运行。',
    '{n} machine steps have failed and wait to be run again.',
  ],
  look: ['去看看', 'Look'],
} as const satisfies Words;
