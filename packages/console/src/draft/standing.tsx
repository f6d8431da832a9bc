import { Tag } from 'antd';
import type { View } from '../api/publications.ts';
import { day } from '../time/when.ts';
import { fill, useSay, useWords } from '../words/language.tsx';
import { words } from './words.ts';

/** Until when it stands, and why this date. */
export const Standing = ({ view }: { view: View }) => {
  const w = useWords(words);
  const say = useSay();
  const { standing } = view;
  if (!standing) return null;
  return (
    <span className="gk-standing">
      <b>{w.why}</b>：{say(standing.why)}
      {standing.provisional && <Tag color="gold">{w.provisional}</Tag>}
      {standing.floorUntil && <span>；{fill(w.floor, { day: day(standing.floorUntil) })}</span>}
    </span>
  );
};
