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
  drawing: ['在页面上按住拖动，画出遮盖框', 'Press and drag on the page to draw a box'],
  opening: ['正在打开 PDF', 'Opening the PDF'],
  failed: [
    'PDF 打不开。请刷新；仍不行请下载原件查看。',
    'The PDF does not open. Reload, or download the original.',
  ],
  boxHelp: [
    '方向键移动，Shift+方向键改大小，Delete 删除',
    'arrows move, Shift+arrows resize, Delete removes',
  ],
} as const satisfies Words;
