import type { enquiry } from '@gongkai/api/contract';
import type { Display } from '@gongkai/core';
import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import type * as z from 'zod';
import type { View } from '../api/publications.ts';
import { call, ProblemError } from '../api/request.ts';
import { day } from '../time/when.ts';
import { fill, useSay, useWords } from '../words/language.tsx';
import { words } from './words.ts';

type Why = NonNullable<View['standing']>;

const Reasons = ({ standing }: { standing: Why }) => {
  const w = useWords(words);
  const say = useSay();
  return (
    <span className="gk-standing">
      <b>{w.why}</b>：{say(standing.why)}
      {standing.provisional && <Tag color="gold">{w.provisional}</Tag>}
      {standing.floorUntil && <span>；{fill(w.floor, { day: day(standing.floorUntil) })}</span>}
    </span>
  );
};

/** Until when it stands, and why this date. */
export const Standing = ({ view }: { view: View }) => {
  const w = useWords(words);
  if (!view.item.metadata.column) return <span className="gk-quiet">{w.chooseColumn}</span>;
  return view.standing ? <Reasons standing={view.standing} /> : null;
};

const questionOf = (column: string, display: Display, publishAt: string | null): string => {
  const query = new URLSearchParams({ column, kind: display.kind });
  if ('amount' in display) query.set('amount', String(display.amount));
  if (display.kind === 'until') query.set('date', display.date);
  if (publishAt) query.set('publishAt', publishAt);
  return query.toString();
};

type Asked = { column: string; display: Display; publishAt: string | null };

/** The same while it is still being chosen in the form, or why the office's rules do not allow it. */
export const StandingOf = ({ column, display, publishAt }: Asked) => {
  const w = useWords(words);
  const say = useSay();
  const whole = display.kind !== 'until' || display.date !== '';
  const question = questionOf(column, display, publishAt);
  const answer = useQuery({
    queryKey: ['display', question],
    queryFn: () => call<z.infer<typeof enquiry.standing>>(`/display?${question}`),
    enabled: column !== '' && whole,
    placeholderData: (before) => before,
  });
  if (column === '') return <span className="gk-quiet">{w.chooseColumn}</span>;
  if (answer.error instanceof ProblemError)
    return <span className="gk-left">{say(answer.error.problem)}</span>;
  return answer.data && whole ? <Reasons standing={answer.data} /> : null;
};
