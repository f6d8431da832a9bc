import type { Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import type { DocumentDump } from './document-dump.ts';

const meanings = {
  Thumb: {
    rule: 'pdf-thumbnail',
    why: {
      zh: '页面带有缩略图，可能是修改以前的样子；出件时会去掉。',
      en: 'Pages carry thumbnails, perhaps of what they looked like before; rendering takes them away.',
    },
  },
  PieceInfo: {
    rule: 'pdf-piece-info',
    why: {
      zh: '文件带有制作软件的私有数据，可能含有原稿；出件时会去掉。',
      en: 'The file carries private data of the program that made it, perhaps the draft; rendering takes it away.',
    },
  },
} as const;

/** What programs leave in a file for themselves. */
export const leftovers = ({ leftovers }: DocumentDump): Finding[] =>
  leftovers.map((name) =>
    makeFinding({
      kind: 'metadata',
      severity: 'low',
      sure: 1,
      text: name,
      part: name,
      removedByRender: true,
      ...meanings[name],
    }),
  );
