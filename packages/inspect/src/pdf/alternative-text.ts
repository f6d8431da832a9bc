import type { Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { apart, notOnPages } from '../text/letters.ts';
import type { DocumentDump } from './document-dump.ts';

/** /Alt, /ActualText and /E of tags: read aloud and searched, never seen. Word puts the names of picture files there. */
export const alternativeTexts = ({ alternatives }: DocumentDump, pages: string): Finding[] => {
  const strange = notOnPages(alternatives, pages);
  return apart(strange).map((text) =>
    makeFinding({
      kind: 'hidden-text',
      severity: 'medium',
      rule: 'pdf-alternative-text',
      sure: 0.7,
      text,
      part: 'StructTreeRoot',
      why: {
        zh: '图片等的替代文字中有正文里没有的内容，看不见，但会被朗读和检索。',
        en: 'Alternative texts say what no page says: unseen, but read aloud and searched.',
      },
    }),
  );
};
