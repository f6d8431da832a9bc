import { Tag } from 'antd';
import { Link } from 'react-router';
import type { Line } from '../api/publications.ts';
import { ago, lastDay, minute } from '../time/when.ts';
import { fill, useLanguage, useWords } from '../words/language.tsx';
import { states } from '../words/names.ts';
import { words } from './words.ts';

/** Where the next step is done: a decision or an answer on the review page, the rest on the item's own page. */
export const placeOf = (line: Pick<Line, 'id' | 'next'>): string =>
  line.next === 'review' || line.next === 'answer-findings' || line.next === 'submit'
    ? `/publications/${line.id}/review`
    : `/publications/${line.id}`;

const Facts = ({ line }: { line: Line }) => {
  const w = useWords(words);
  const { language } = useLanguage();
  const facts = [
    line.documentNumber,
    fill(w.by, { name: line.makerName }),
    fill(w.files, { n: line.files, pages: line.pages }),
    line.until ? fill(w.until, { day: lastDay(line.until) }) : '',
  ].filter(Boolean);
  return (
    <p className="gk-facts">
      {facts.join(' · ')} ·{' '}
      <time dateTime={line.since} title={minute(line.since)}>
        {fill(w.since, { when: ago(line.since, Date.now(), language) })}
      </time>
    </p>
  );
};

/** One thing to do: what it is, since when it waits, and the button that leads to it. */
export const WorkLine = ({ line, overdue }: { line: Line; overdue?: boolean }) => {
  const w = useWords(words);
  const names = useWords(states);
  const urgent = line.next !== 'wait' && line.next !== 'none';
  return (
    <li className={overdue ? 'gk-work-line overdue' : 'gk-work-line'}>
      <div>
        <h3>
          <Link to={`/publications/${line.id}`}>{line.title || w.untitled}</Link>
        </h3>
        <Facts line={line} />
        <div>
          <Tag>{names[line.state]}</Tag>
          {overdue && <Tag color="red">{w.overdue}</Tag>}
          {line.major && <Tag color="volcano">{w.major}</Tag>}
          {line.trouble && <Tag color="red">{line.trouble}</Tag>}
          {line.unanswered > 0 && <Tag color="orange">{fill(w.unanswered, { n: line.unanswered })}</Tag>}
        </div>
      </div>
      <Link to={placeOf(line)} className={urgent ? 'gk-go primary' : 'gk-go'}>
        {w[line.next]}
        <span className="gk-hidden"> {line.title}</span>
      </Link>
    </li>
  );
};
