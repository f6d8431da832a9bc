import type { FindingKind } from '@gongkai/core';
import { fill, useWords } from '../words/language.tsx';
import type { Found } from './order.ts';
import { words } from './words.ts';

/** What nobody sees who only looks at the pages. */
const unseen: ReadonlySet<FindingKind> = new Set([
  'comment',
  'tracked-change',
  'hidden-text',
  'hidden-sheet',
  'hidden-rows-columns',
  'speaker-notes',
  'metadata',
  'attachment',
  'covered-text',
  'off-page-text',
  'active-content',
  'external-link',
  'earlier-revision',
  'form-value',
  'file-name',
] satisfies FindingKind[]);

export const isUnseen = ({ kind }: Pick<Found, 'kind'>): boolean => unseen.has(kind);

/** 看不见的内容: the text under the bar, the deleted words, the cells of a hidden sheet, with where it stood. */
export const Hidden = ({ found, where }: { found: Found; where: string }) => {
  const w = useWords(words);
  if (!isUnseen(found)) return null;
  const place = found.part && found.boxes.length > 0 ? `${where} · ${found.part}` : where;
  return (
    <figure className="gk-unseen">
      <figcaption>
        {w.hiddenTitle} <span className="gk-quiet">{place}</span>
      </figcaption>
      <pre>{found.text}</pre>
      {!found.removedByRender && (
        <p className="gk-quiet">{found.boxes.length > 0 ? w.hiddenCover : w.hiddenStays}</p>
      )}
      {found.sure < 0.9 && <p className="gk-quiet">{fill(w.sure90, { n: Math.round(found.sure * 100) })}</p>}
    </figure>
  );
};
