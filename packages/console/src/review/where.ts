import type { View } from '../api/publications.ts';
import { fill, useWords } from '../words/language.tsx';
import type { Found } from './order.ts';
import { words } from './words.ts';

/** Where a finding stands, as one says it: 附件1 第3页, or the part of the file when it is on no page. */
export const useWhere = (view: View) => {
  const w = useWords(words);
  const several = view.item.files.length > 1;
  return (found: Found): string => {
    const file = found.file === 0 ? w.main : fill(w.attachment, { n: found.file });
    const page = found.boxes[0]?.page;
    const place = page === undefined ? (found.part ?? '') : fill(w.page, { n: page });
    return several ? `${file} ${place}`.trim() : place;
  };
};
