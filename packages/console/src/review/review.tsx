import { Segmented, Spin } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { usePublication, type View } from '../api/publications.ts';
import { Trouble } from '../app/trouble.tsx';
import { useEdits } from '../draft/edits.ts';
import { EditTrouble } from '../draft/stale.tsx';
import { fill, useWords } from '../words/language.tsx';
import { DecideBar, type DecideKeys } from './decide.tsx';
import { ReviewHead } from './head.tsx';
import { useKeys } from './keys.ts';
import { Paper } from './paper.tsx';
import { useGrounds } from './redactions.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { Side } from './side.tsx';
import { useReview } from './state.ts';
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

const Ready = ({ view }: { view: View }) => {
  const navigate = useNavigate();
  const grounds = useGrounds();
  const edits = useEdits(view.item.id);
  const review = useReview(view, edits, grounds.usual);
  const [help, setHelp] = useState(false);
  const bar = useRef<DecideKeys>(null);
  const { found, editable } = review;
  const answerable = editable && found && !found.removedByRender ? found : undefined;
  const ask = (said: 'not-sensitive' | 'consent' | 'public-interest') => () =>
    answerable && review.ask(answerable, said);
  useKeys({
    j: () => review.step(1),
    k: () => review.step(-1),
    '1': () => answerable && answerable.boxes.length > 0 && review.redact([answerable]),
    '2': ask('not-sensitive'),
    '3': ask('consent'),
    '4': ask('public-interest'),
    d: () => review.mayDraw && review.toggleDrawing(),
    b: () => review.mayDraw && review.addBox(),
    a: () => bar.current?.approve(),
    r: () => bar.current?.giveBack(),
    '?': () => setHelp(true),
  });
  return (
    <div className="gk-review">
      <ReviewHead view={view} onHelp={() => setHelp(true)} />
      <main className="gk-review-paper">
        <Files view={view} file={review.file} onFile={review.toFile} />
        <Paper view={view} review={review} />
      </main>
      <aside className="gk-review-side">
        <EditTrouble edits={edits} />
        <Side view={view} review={review} />
        <DecideBar ref={bar} view={view} drafts={review.drafts} onDone={() => navigate('/')} />
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
