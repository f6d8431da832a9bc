import { Alert } from 'antd';
import type { View } from '../api/publications.ts';
import { useOffice } from '../api/session.ts';
import { Standing } from '../draft/standing.tsx';
import { words as draftWords } from '../draft/words.ts';
import { minute } from '../time/when.ts';
import { fill, useLanguage, useWords } from '../words/language.tsx';
import { words } from './words.ts';

/** 著录: the catalogue entry as it will stand, to be read and not changed. */
export const Entry = ({ view }: { view: View }) => {
  const w = useWords(draftWords);
  const files = useWords(words);
  const office = useOffice();
  const { language } = useLanguage();
  const { metadata, display, publishAt, major, numbers } = view.item;
  const column =
    office.data?.columns.find(({ key }) => key === metadata.column)?.[language] ?? metadata.column;
  const period =
    display.kind === 'until'
      ? display.date
      : 'amount' in display
        ? `${display.amount} ${w[display.kind]}`
        : w[display.kind];
  const rows: readonly (readonly [string, string])[] = [
    [w.title, metadata.title],
    [w.documentNumber, metadata.documentNumber],
    ['索引号', numbers?.indexNumber ?? ''],
    [w.office, metadata.office],
    [w.generatedOn, metadata.generatedOn],
    [w.column, column],
    [w.theme, metadata.theme],
    [w.genre, metadata.genre],
    [w.keywords, metadata.keywords.join('、')],
    [w.summary, metadata.summary],
    [w.disclosure, w[metadata.disclosure]],
    [w.audience, metadata.audience],
    [w.validity, w[metadata.validity]],
    [w.display, period],
    [w.publishAt, publishAt ? minute(publishAt) : w.atOnce],
    [w.major, major ? '✓' : ''],
  ];
  return (
    <>
      <dl className="gk-entry">
        {rows
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <p>
        <Standing view={view} />
      </p>
      {view.sealing.map((one) => (
        <Alert
          key={one.file}
          type={one.placed ? 'info' : 'warning'}
          showIcon
          title={`${one.file === 0 ? '' : `${fill(files.attachment, { n: one.file })}：`}${one[language]}`}
        />
      ))}
    </>
  );
};
