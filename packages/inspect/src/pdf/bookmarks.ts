import type { Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { apart, notOnPages } from '../text/letters.ts';
import { type PdfDocument, readUtf16 } from './engine.ts';

const most = 5_000;

const titles = ({ engine, handle }: PdfDocument): string[] => {
  const { api } = engine;
  const found: string[] = [];
  const seen = new Set<number>();
  // An outline may run in circles.
  const wait = [api.FPDFBookmark_GetFirstChild(handle, 0)];
  while (wait.length > 0 && found.length < most) {
    const bookmark = wait.pop() ?? 0;
    if (bookmark === 0 || seen.has(bookmark)) continue;
    seen.add(bookmark);
    found.push(readUtf16(engine, (buffer, bytes) => api.FPDFBookmark_GetTitle(bookmark, buffer, bytes)));
    wait.push(
      api.FPDFBookmark_GetNextSibling(handle, bookmark),
      api.FPDFBookmark_GetFirstChild(handle, bookmark),
    );
  }
  return found;
};

/** Bookmarks that say more than the pages: a heading that was taken out of its page stays in them. */
export const bookmarkFindings = (document: PdfDocument, pages: string): Finding[] => {
  const strange = notOnPages(titles(document), pages);
  return apart(strange).map((text) =>
    makeFinding({
      kind: 'hidden-text',
      severity: 'medium',
      rule: 'pdf-bookmark',
      sure: 0.7,
      text,
      part: 'Outlines',
      why: {
        zh: '书签中有正文里没有的文字，会随文件公开。',
        en: 'Bookmarks say what no page says; they would be published with the file.',
      },
    }),
  );
};
