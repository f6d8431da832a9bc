import type { TableColumnsType } from 'antd';
import { Tag } from 'antd';
import { Link } from 'react-router';
import type { Line } from '../api/publications.ts';
import { StationLine } from '../stations/line.tsx';
import { day, lastDay, minute } from '../time/when.ts';
import { useWords } from '../words/language.tsx';
import { states } from '../words/names.ts';
import type { Column } from './csv.ts';
import { words } from './words.ts';

const stateColour: Partial<Record<Line['state'], string>> = {
  published: 'green',
  scheduled: 'cyan',
  withdrawn: 'red',
  refused: 'red',
  stopped: 'magenta',
  expired: 'default',
};

/** The list on the screen. */
export const useListColumns = (): TableColumnsType<Line> => {
  const w = useWords(words);
  const names = useWords(states);
  return [
    {
      title: w.name,
      key: 'title',
      render: (_, line) => (
        <>
          <Link to={`/publications/${line.id}`}>{line.title || w.untitled}</Link>
          {line.major && (
            <Tag color="volcano" style={{ marginInlineStart: 8 }}>
              {w.major}
            </Tag>
          )}
          <div className="gk-quiet">{line.documentNumber}</div>
        </>
      ),
    },
    {
      title: w.state,
      key: 'state',
      width: 150,
      render: (_, line) => (
        <>
          <Tag color={stateColour[line.state] ?? 'blue'}>{names[line.state]}</Tag>
          {line.trouble && <div className="gk-left">{line.trouble}</div>}
        </>
      ),
    },
    {
      title: w.progress,
      key: 'progress',
      width: 190,
      responsive: ['lg'],
      render: (_, line) => <StationLine small item={{ state: line.state, major: line.major }} />,
    },
    { title: w.maker, key: 'maker', dataIndex: 'makerName', width: 100, responsive: ['md'] },
    {
      title: w.since,
      key: 'since',
      width: 150,
      responsive: ['md'],
      render: (_, line) => <time dateTime={line.since}>{minute(line.since)}</time>,
    },
    {
      title: w.until,
      key: 'until',
      width: 120,
      render: (_, line) => (line.until ? lastDay(line.until) : line.publishedAt ? w.longTerm : ''),
    },
  ];
};

/** The same list as a file. */
export const useCsvColumns = (columnName: (key: string) => string): readonly Column<Line>[] => {
  const w = useWords(words);
  const names = useWords(states);
  return [
    ['id', (line) => line.id],
    [w.name, (line) => line.title],
    [w.number, (line) => line.documentNumber],
    [w.column, (line) => columnName(line.column)],
    [w.state, (line) => names[line.state]],
    [w.major, (line) => (line.major ? '✓' : '')],
    [w.maker, (line) => line.makerName],
    [w.since, (line) => minute(line.since)],
    [w.files, (line) => line.files],
    [w.pages, (line) => line.pages],
    [w.open, (line) => line.unanswered],
    [w.published, (line) => (line.publishedAt ? day(line.publishedAt) : '')],
    [w.until, (line) => (line.until ? lastDay(line.until) : '')],
    [w.trouble, (line) => line.trouble ?? ''],
  ];
};
