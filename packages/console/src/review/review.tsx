import { Segmented, Spin } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { usePublication, type View } from '../api/publications.ts';
import { Trouble } from '../app/trouble.tsx';
import { useEdits } from '../draft/edits.ts';
import { EditTrouble } from '../draft/stale.tsx';
import { fill, useWords } from '../words/language.tsx';
import { kinds } from '../words/names.ts';
import { DecideBar, type DecideKeys } from './decide.tsx';
import { ReviewHead } from './head.tsx';
import { useKeys } from './keys.ts';
import { Paper } from './paper.tsx';
import { useGrounds } from './redactions.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { Side } from './side.tsx';
import { type Review, useReview } from './state.ts';
import { words } from './words.ts';

const Files = ({ view, file, onFile }: { view: View; file: number; onFile: (file: number) => void }) => {
  const w = useWords(words);
  const left = (n: number) =>
    (view.findings[n] ?? []).filter(({ id }) => view.unanswered.includes(id)).length;
  const name = (n: number) => (n === 0 ? w.main : fill(w.attachment, { n }));
  if (view.item.files.length < 2) return null;
  return (
    <Segmented
      className="gk-files"
      value={file}
      onChange={(to) => onFile(Number(to))}
      options={view.item.files.map(({ id, name: title }, n) => ({
        value: n,
        label: (
          <span key={id} title={title}>
            {name(n)} · {title} {left(n) > 0 && <b className="gk-left">({left(n)})</b>}
          </span>
        ),
      }))}
    />
  );
};

const PaperMode = ({ review }: { review: Review }) => {
  const w = useWords(words);
  return (
    <Segmented
      className="gk-paper-mode"
      aria-label={w.paperMode}
      value={review.compares}
      options={[
        { value: false, label: w.single },
        { value: true, label: w.beside },
      ]}
      onChange={review.setCompares}
    />
  );
};

/** Which kinds still want an answer, and the way to the next one. */
const OpenOnes = ({ view, review }: { view: View; review: Review }) => {
  const w = useWords(words);
  const names = useWords(kinds);
  const open = review.groups.flatMap(({ kind, findings }) => {
    const n = findings.filter(({ id }) => view.unanswered.includes(id)).length;
    return n > 0 ? [`${names[kind]} ${n}`] : [];
  });
  return (
    <>
      {fill(w.open, { n: view.unanswered.length })}
      <span className="gk-quiet"> {open.join('、')} </span>
      <button type="button" className="gk-link" onClick={review.toOpen}>
        {w.nextOpen}
      </button>
    </>
  );
};

const Ready = ({ view }: { view: View }) => {
  const navigate = useNavigate();
  const grounds = useGrounds();
  const edits = useEdits(view.item.id);
  const review = useReview(view, edits, grounds.usualFor);
  const [help, setHelp] = useState(false);
  const bar = useRef<DecideKeys>(null);
  const { found, editable } = review;
  const answerable = editable && found && !found.removedByRender ? found : undefined;
  const ask = (said: 'not-sensitive' | 'consent' | 'public-interest') => () =>
    answerable && review.ask(answerable, said);
  const toSearch = () => {
    review.setPanel('redactions');
    // The panel is there with the next frame.
    requestAnimationFrame(() => document.querySelector<HTMLInputElement>('.gk-search-places input')?.focus());
  };
  useKeys({
    j: () => review.step(1),
    k: () => review.step(-1),
    n: review.toOpen,
    s: review.nextScope,
    '1': () => answerable && review.redact(answerable),
    y: () => {
      const offered = answerable ? review.offered(answerable) : [];
      if (answerable && offered.length > 0) review.takeOffers(offered, answerable);
    },
    '2': ask('not-sensitive'),
    '3': ask('consent'),
    '4': ask('public-interest'),
    u: () => review.undoable > 0 && review.undo(),
    '/': () => review.mayDraw && toSearch(),
    d: () => review.mayDraw && review.toggleDrawing(),
    b: () => review.mayDraw && review.addBox(),
    c: () => review.setCompares(!review.compares),
    a: () => bar.current?.approve(),
    r: () => bar.current?.giveBack(),
    '?': () => setHelp(true),
  });
  return (
    <div className="gk-review">
      <ReviewHead
        view={view}
        undo={review.undoable > 0 ? review.undo : undefined}
        onHelp={() => setHelp(true)}
      />
      <main className="gk-review-paper">
        <div className="gk-paper-head">
          <Files view={view} file={review.file} onFile={review.toFile} />
          <PaperMode review={review} />
        </div>
        <Paper view={view} review={review} />
      </main>
      <aside className="gk-review-side">
        <EditTrouble edits={edits} />
        <Side view={view} review={review} />
        <DecideBar
          ref={bar}
          view={view}
          drafts={review.drafts}
          open={<OpenOnes view={view} review={review} />}
          onDone={() => navigate('/')}
        />
      </aside>
      <Shortcuts open={help} onClose={() => setHelp(false)} />
    </div>
  );
};

/** 审查: the document beside its findings. */
const ReviewScreen = () => {
  const { id = '' } = useParams();
  const view = usePublication(id);
  if (view.data) return <Ready key={id} view={view.data} />;
  return (
    <main className="gk-content">
      {view.isPending ? <Spin /> : <Trouble error={view.error} retry={() => view.refetch()} />}
    </main>
  );
};
export default ReviewScreen;
