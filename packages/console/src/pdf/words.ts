import type { Words } from '../words/language.tsx';

export const words = {
  document: ['文件页面', 'Pages of the document'],
  page: ['第 {n} 页', 'Page {n}'],
  goTo: ['转到页', 'Go to page'],
  previous: ['上一页', 'Previous page'],
  next: ['下一页', 'Next page'],
  larger: ['放大', 'Zoom in'],
  smaller: ['缩小', 'Zoom out'],
  fit: ['适合宽度', 'Fit the width'],
  turn: ['顺时针转 90°', 'Turn clockwise'],
  draw: ['画遮盖框', 'Draw boxes'],
  wholePage: ['遮盖本页整页', 'Redact this whole page'],
  drawing: ['在页面上按住拖动，画出遮盖框', 'Press and drag on the page to draw a box'],
  opening: ['正在打开 PDF', 'Opening the PDF'],
  making: ['正在按现在的答复制作', 'Being made with the answers as they stand'],
  compared: ['逐页对照', 'Page by page'],
  comparing: ['正在比对：{n} / {pages} 页', 'Comparing: {n} of {pages} pages'],
  noDifference: ['逐页比对，没有不同', 'Compared page by page: no difference'],
  differing: [
    '共 {pages} 页，{n} 页有不同（蓝：遮盖处；红：其他，如页脚的索引号条）：',
    '{n} of {pages} pages differ (blue: covered; red: the rest, such as the strip with the index number):',
  ],
  noSuchPage: ['这一版没有这一页', 'This version has no such page'],
  failed: [
    'PDF 打不开。请刷新；仍不行请下载原件查看。',
    'The PDF does not open. Reload, or download the original.',
  ],
  boxHelp: [
    '方向键移动，Shift+方向键改大小，Delete 删除',
    'arrows move, Shift+arrows resize, Delete removes',
  ],
} as const satisfies Words;
