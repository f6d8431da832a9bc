import { Button, Input } from 'antd';
import { useState } from 'react';
import { findPlaces, type Places, type View } from '../api/publications.ts';
import { Trouble } from '../app/trouble.tsx';
import { fill, useWords } from '../words/language.tsx';
import { isPicture } from './pictures.ts';
import { uncovered } from './redact.ts';
import type { Review } from './state.ts';
import { words } from './words.ts';

type Searched = { readonly words: string; readonly items: Places['items'] };

/** 搜索并遮盖: every place of these words in all files, looked at before it is covered. */
export const SearchPlaces = ({ view, review }: { view: View; review: Review }) => {
  const w = useWords(words);
  const [searched, setSearched] = useState<Searched>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const search = async (text: string) => {
    setSearched(undefined);
    setError(undefined);
    if (text.trim() === '') return;
    setBusy(true);
    try {
      setSearched({ words: text, ...(await findPlaces(view.item.id, { words: text })) });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const left = searched ? uncovered(searched.items, review.covering) : [];
  const unread = view.findings.flat().some(isPicture);
  return (
    <section className="gk-search-places" aria-label={w.searchTitle}>
      <Input.Search
        maxLength={200}
        aria-label={w.searchTitle}
        placeholder={w.searchTitle}
        enterButton={w.search}
        loading={busy}
        onSearch={(text) => void search(text)}
      />
      <Trouble error={error} />
      {searched && (
        <div role="status">
          <p>
            {fill(w.searched, { words: searched.words, n: searched.items.length })}
            {left.length < searched.items.length &&
              fill(w.searchedCovered, { n: searched.items.length - left.length })}
          </p>
          {left.length > 0 && (
            <Button type="primary" onClick={() => review.coverPlaces(left, 'search')}>
              {fill(w.coverAll, { n: left.length })}
            </Button>
          )}
          <ul className="gk-places">
            {left.slice(0, 60).map(({ file, boxes }) => (
              <li key={`${file} ${JSON.stringify(boxes[0])}`}>
                <button
                  type="button"
                  className="gk-place"
                  onClick={() => boxes[0] && review.goTo(file, boxes[0].page)}
                >
                  {view.item.files.length > 1 && `${file === 0 ? w.main : fill(w.attachment, { n: file })} `}
                  {fill(w.page, { n: boxes[0]?.page ?? 1 })}
                </button>
              </li>
            ))}
          </ul>
          {unread && <p className="gk-quiet">{w.searchUnread}</p>}
        </div>
      )}
    </section>
  );
};
