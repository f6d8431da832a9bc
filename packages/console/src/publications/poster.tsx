import { PrinterOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { Line } from '../api/publications.ts';
import { useOffice } from '../api/session.ts';
import { useWords } from '../words/language.tsx';
import { posterWords } from './words.ts';

/** Only what is public can hang on the wall; the server asks again when the poster is made. */
export const standsNow = ({ state, publishedAt, until }: Line, now: string): boolean =>
  (state === 'published' || state === 'scheduled') &&
  publishedAt !== undefined &&
  publishedAt <= now &&
  (until === undefined || until > now);

/** What can be bound: also what has ended since, of which a withdrawn item is only listed. */
export const wasPublic = ({ publishedAt }: Line, now: string): boolean =>
  publishedAt !== undefined && publishedAt <= now;

const papers = ['a4', 'a3', 'a2'] as const;

export const posterUrl = (
  what: { items: readonly string[] } | { columns: readonly string[] },
  paper: string,
) =>
  `/api/poster?${new URLSearchParams(
    'items' in what ? { items: what.items.join(), paper } : { columns: what.columns.join(), paper },
  )}`;

/** 公示栏海报: of the chosen lines; of the office's boards where nothing is chosen. */
export const Poster = ({ chosen }: { chosen: readonly string[] }) => {
  const w = useWords(posterWords);
  const boards = useOffice().data?.boards ?? [];
  const what = chosen.length > 0 ? { items: chosen } : { columns: boards };
  if (chosen.length === 0 && boards.length === 0) return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: papers.map((paper) => ({
          key: paper,
          label: (
            <a href={posterUrl(what, paper)} target="_blank" rel="noreferrer">
              {paper.toUpperCase()}
            </a>
          ),
        })),
      }}
    >
      <Button icon={<PrinterOutlined />}>
        {chosen.length > 0 ? w.chosen.replace('{n}', String(chosen.length)) : w.boards}
      </Button>
    </Dropdown>
  );
};
