import { Alert, Button } from 'antd';
import type { View } from '../api/publications.ts';
import { Nothing } from '../app/page.tsx';
import { fill, useWords } from '../words/language.tsx';
import { kinds } from '../words/names.ts';
import { FindingCard } from './finding.tsx';
import { Recognition } from './recognition.tsx';
import type { Review } from './state.ts';
import { words } from './words.ts';

/** The findings of all files by kind and by value, the gravest first. */
export const Findings = ({ view, review }: { view: View; review: Review }) => {
  const w = useWords(words);
  const names = useWords(kinds);
  const offered = review.all.filter(({ id }) => view.offers[id] && !view.item.dispositions[id]);
  const older = view.olderDictionary && (
    <Alert type="info" className="gk-former" title={fill(w.olderDictionary, view.olderDictionary)} />
  );
  const read = <Recognition view={view} review={review} />;
  if (review.all.length === 0)
    return (
      <>
        {older}
        {read}
        <Nothing>{w.noFindings}</Nothing>
      </>
    );
  return (
    <>
      {older}
      {read}
      {review.editable && offered.length > 0 && (
        <Alert
          type="info"
          className="gk-former"
          title={fill(w.formerTitle, { n: offered.length })}
          action={
            <Button size="small" onClick={() => review.takeOffers(offered)}>
              {fill(w.formerAll, { n: offered.length })}
            </Button>
          }
        />
      )}
      {review.groups.map(({ kind, values, findings }) => {
        const open = findings.filter(({ id }) => view.unanswered.includes(id));
        const coverable = open.filter(({ boxes }) => boxes.length > 0);
        return (
          <section key={kind} className="gk-group">
            <div className="gk-group-head">
              <h2>
                {names[kind]} <span className="gk-quiet">{findings.length}</span>
              </h2>
              {review.editable && coverable.length > 1 && (
                <Button size="small" onClick={() => review.redactAll(coverable)}>
                  {fill(w.redactAll, { n: coverable.length })}
                </Button>
              )}
            </div>
            <ul>
              {values.map((same) => (
                <FindingCard key={same.key} same={same} view={view} review={review} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
};
