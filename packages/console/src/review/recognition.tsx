import { readable } from '@gongkai/core';
import { Tag } from 'antd';
import type { View } from '../api/publications.ts';
import { fill, useWords } from '../words/language.tsx';
import { weakKey } from './marks.ts';
import type { Review } from './state.ts';
import { words } from './words.ts';

export type ReadPage = View['recognition'][number][number];

/** Below this a page is read from beginning to end by whoever reviews it (docs/findings.md, Pictures are read: from about 3 % of letters wrong). */
const poor = 0.85;

export const percent = (sure: number): number => Math.round(sure * 100);
/** What is shown for a page, beside how sure recognition is. */
export const hintOf = ({ sure }: Pick<ReadPage, 'sure'>): 'guessed' | 'poor' | undefined =>
  sure < readable ? 'guessed' : sure < poor ? 'poor' : undefined;

const Page = ({ read, file, review }: { read: ReadPage; file: number; review: Review }) => {
  const w = useWords(words);
  const hint = hintOf(read);
  return (
    <li>
      <button type="button" className="gk-place" onClick={() => review.goTo(file, read.page)}>
        {fill(w.readPage, { page: read.page, sure: percent(read.sure) })}
      </button>{' '}
      {read.turned !== undefined && (
        <Tag title={w.readTurnedWhy}>{fill(w.readTurned, { n: read.turned })}</Tag>
      )}
      {hint === 'poor' && (
        <Tag color="orange" title={w.readPoorWhy}>
          {w.readPoor}
        </Tag>
      )}
      {hint === 'guessed' && (
        <Tag color="red" title={w.readGuessedWhy}>
          {w.readGuessed}
        </Tag>
      )}
      {read.weak.length > 0 && (
        <details>
          <summary className="gk-quiet">{fill(w.readWeak, { n: read.weak.length })}</summary>
          <div className="gk-places">
            {read.weak.map(({ text, sure }, n) => (
              <button
                // biome-ignore lint/suspicious/noArrayIndexKey: two words may be the same; the list never changes
                key={n}
                type="button"
                className="gk-place"
                title={fill(w.weakWord, { text, sure: percent(sure) })}
                onClick={() => review.goTo(file, read.page, weakKey(read.page, n))}
              >
                {text}
              </button>
            ))}
          </div>
        </details>
      )}
    </li>
  );
};

/** 文字识别 of the file that is looked at: how sure of each page, the worst first, and where it is not. */
export const Recognition = ({ view, review }: { view: View; review: Review }) => {
  const w = useWords(words);
  const pages = view.recognition[review.file] ?? [];
  if (pages.length === 0) return null;
  const sorted = [...pages].sort((a, b) => a.sure - b.sure || a.page - b.page);
  return (
    <details className="gk-read-pages" open={sorted.some(hintOf)}>
      <summary>{fill(w.readTitle, { n: pages.length })}</summary>
      <ul>
        {sorted.map((read) => (
          <Page key={read.page} read={read} file={review.file} review={review} />
        ))}
      </ul>
    </details>
  );
};
