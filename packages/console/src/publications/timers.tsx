import { Link } from 'react-router';
import type { View } from '../api/publications.ts';
import { Standing } from '../draft/standing.tsx';
import { lastDay, minute } from '../time/when.ts';
import { fill, useWords } from '../words/language.tsx';
import { itemWords } from './words.ts';

/** 时限: since when, until when, the floor, and why. */
export const Timers = ({ view }: { view: View }) => {
  const w = useWords(itemWords);
  const { item, publicUrl } = view;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [w.indexNumber, item.numbers?.indexNumber],
    [w.publishedAt, item.publishedAt && minute(item.publishedAt)],
    [w.until, item.until ? lastDay(item.until) : item.publishedAt && w.longTerm],
    [w.floor, item.floorUntil && minute(item.floorUntil)],
    [w.withdrawn, item.withdrawal && `${minute(item.withdrawal.at)} · ${item.withdrawal.notice}`],
  ];
  return (
    <>
      <dl className="gk-entry">
        {rows.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <p>
        <Standing view={view} />
      </p>
      {publicUrl && (
        <p>
          <a href={publicUrl} target="_blank" rel="noreferrer">
            {w.publicPage}
          </a>
        </p>
      )}
      {item.replaces && (
        <p>
          <Link to={`/publications/${item.replaces}`}>{fill(w.replaces, { id: item.replaces })}</Link>
        </p>
      )}
      {item.replacedBy && (
        <p>
          <Link to={`/publications/${item.replacedBy}`}>{fill(w.replacedBy, { id: item.replacedBy })}</Link>
        </p>
      )}
    </>
  );
};
