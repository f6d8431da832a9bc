import type { FindingKind } from '@gongkai/core';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { findPlaces, type Places, type View } from '../api/publications.ts';
import { Trouble } from '../app/trouble.tsx';
import { fill, useLanguage, useWords } from '../words/language.tsx';
import { isPicture } from './pictures.ts';
import { uncovered } from './redact.ts';
import { askedName } from './redactions.tsx';
import type { Review } from './state.ts';
import { words } from './words.ts';

type Asked = { readonly words: string } | { readonly kind: FindingKind } | { readonly pattern: string };
type Searched = {
  readonly words: string;
  readonly items: Places['items'];
  readonly made: 'search' | 'pattern';
  readonly asked?: string;
};

/** Kinds that stand as such in a text; others are about whole files, or about more than one place. */
const searchable: readonly FindingKind[] = [
  'mobile',
  'landline',
  'resident-id',
  'bank-card',
  'person-name',
  'address',
  'birth-date',
  'email',
  'social-account',
  'licence-plate',
  'passport',
  'travel-permit',
  'officer-card',
  'driving-licence',
  'case-number',
  'credit-code',
];

/** Two signs for a digit make a pattern. */
const askedBy = (text: string): Asked => (/[#＃].*[#＃]/.test(text) ? { pattern: text } : { words: text });

/** 搜索并遮盖: every place of these words in all files, looked at before it is covered. */
export const SearchPlaces = ({ view, review }: { view: View; review: Review }) => {
  const w = useWords(words);
  const [searched, setSearched] = useState<Searched>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const { language } = useLanguage();
  const search = async (asked: Asked) => {
    setSearched(undefined);
    setError(undefined);
    if ('words' in asked && asked.words.trim() === '') return;
    setBusy(true);
    try {
      const { items } = await findPlaces(view.item.id, asked);
      if ('words' in asked) setSearched({ words: asked.words, items, made: 'search' });
      else {
        const what = 'kind' in asked ? asked.kind : asked.pattern;
        const words = 'kind' in asked ? askedName(what, language) : what;
        setSearched({ words, items, made: 'pattern', asked: what });
      }
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
        onSearch={(text) => void search(askedBy(text))}
      />
      <Select<FindingKind>
        aria-label={w.searchKind}
        placeholder={w.searchKind}
        value={null}
        disabled={busy}
        popupMatchSelectWidth={false}
        options={searchable.map((kind) => ({ value: kind, label: askedName(kind, language) }))}
        onChange={(kind) => void search({ kind })}
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
            <Button type="primary" onClick={() => review.coverPlaces(left, searched.made, searched.asked)}>
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
