import { archivalWords, type Publication, signatureWords } from '@gongkai/core';
import { Alert } from 'antd';
import { fileUrl, type View } from '../api/publications.ts';
import { PdfViewer } from '../pdf/viewer.tsx';
import { StationLine } from '../stations/line.tsx';
import { fill, useLanguage, useSay, useWords } from '../words/language.tsx';
import { kinds } from '../words/names.ts';
import { Beside } from './beside.tsx';
import { marksOf } from './marks.ts';
import { useGrounds } from './redactions.tsx';
import type { Review } from './state.ts';
import { words } from './words.ts';

type File = Publication['files'][number];

const FileState = ({ view, file }: { view: View; file: File }) => {
  const w = useWords(words);
  const say = useSay();
  const sentence = view.refusals[file.id];
  return (
    <div className="gk-desk gk-opening">
      {file.progress === 'refused' ? (
        <Alert type="error" showIcon title={w.fileRefused} description={sentence && say(sentence)} />
      ) : (
        <>
          <p>{w.notYet}</p>
          <StationLine item={view.item} />
        </>
      )}
    </div>
  );
};

const Notes = ({ view, file }: { view: View; file: File }) => {
  const w = useWords(words);
  const { language } = useLanguage();
  const choose = ([zh, en]: readonly [string, string]): string => (language === 'zh' ? zh : en);
  const twins = view.duplicates.filter((one) => one.file === file.id);
  return (
    <>
      {twins.map(({ publication, title }) => (
        <Alert key={publication} type="info" banner title={fill(w.duplicate, { id: title || publication })} />
      ))}
      {file.substitutedFonts.length > 0 && (
        <Alert type="info" banner title={fill(w.fonts, { names: file.substitutedFonts.join('、') })} />
      )}
      {file.notArchival && (
        <Alert
          type="info"
          banner
          title={fill(w.notArchival, {
            why: file.notArchival.map((one) => choose(archivalWords(one))).join('；'),
          })}
        />
      )}
      {file.signatures?.map((one) => (
        <Alert
          key={`${one.certificate} ${one.signedAt} ${one.state}`}
          type={one.state === 'intact' ? 'info' : 'warning'}
          banner
          title={choose(signatureWords(one))}
        />
      ))}
    </>
  );
};

/** The pages of the file that is looked at, with everything that stands on them. */
export const Paper = ({ view, review }: { view: View; review: Review }) => {
  const w = useWords(words);
  const names = useWords(kinds);
  const grounds = useGrounds();
  const { item } = view;
  const file = item.files[review.file];
  if (!file) return <div className="gk-desk" />;
  if (!file.pdf) return <FileState view={view} file={file} />;
  if (review.compares) return <Beside view={view} review={review} file={file} />;
  const hands = { move: review.move, remove: review.remove };
  const marks = marksOf({
    view,
    file: review.file,
    findings: review.here,
    drafts: review.drafts,
    chosen: review.chosen,
    names: {
      finding: (found) => `${names[found.kind]}：${found.text}`,
      ground: grounds.nameOf,
      weak: ({ text, sure }) => fill(w.weakWord, { text, sure: Math.round(sure * 100) }),
    },
    onFinding: review.choose,
    ...(review.editable ? { own: hands } : {}),
    draft: hands,
  });
  return (
    <>
      <Notes view={view} file={file} />
      <PdfViewer
        url={fileUrl(item.id, review.file, 'pdf')}
        marks={marks}
        target={review.target}
        drawing={review.mayDraw ? { on: review.drawing, toggle: review.toggleDrawing } : undefined}
        onDraw={review.draw}
        onPage={(page) => {
          review.page.current = page;
        }}
      />
    </>
  );
};
