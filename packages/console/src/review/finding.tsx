import { Button, Input, Tag } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { fill, useSay, useWords } from '../words/language.tsx';
import { answers as answerWords, severities } from '../words/names.ts';
import { type Found, mustAnswer } from './order.ts';
import type { Said } from './redact.ts';
import { words } from './words.ts';

const colour = { stop: 'magenta', high: 'red', medium: 'orange', low: 'default' } as const;
const quickly: Readonly<Record<Said, readonly (keyof typeof words)[]>> = {
  'not-sensitive': ['r1', 'r2', 'r3'],
  consent: ['c1'],
  'public-interest': ['p1'],
};

type Answer = { answer: keyof typeof answerWords; reason: string };
type Props = {
  finding: Found;
  answer: Answer | undefined;
  open: boolean;
  chosen: boolean;
  editable: boolean;
  /** The answer whose reason is being written. */
  asking: Said | undefined;
  onAsk: (answer: Said | undefined) => void;
  onChoose: () => void;
  onRedact: () => void;
  onAnswer: (answer: Said, reason: string) => void;
  onTakeBack: () => void;
};

const Reason = ({ asking, onAnswer }: { asking: Said; onAnswer: Props['onAnswer'] }) => {
  const w = useWords(words);
  const names = useWords(answerWords);
  const [reason, setReason] = useState('');
  const good = reason.trim() !== '';
  return (
    <div className="gk-reason">
      <Input
        autoFocus
        aria-label={`${names[asking]}：${w.reason}`}
        placeholder={`${names[asking]}：${w.reasonNeeded}`}
        value={reason}
        maxLength={1000}
        onChange={({ target }) => setReason(target.value)}
        onPressEnter={() => good && onAnswer(asking, reason)}
        suffix={
          <Button size="small" type="primary" disabled={!good} onClick={() => onAnswer(asking, reason)}>
            {w.saveAnswer}
          </Button>
        }
      />
      <div className="gk-quick">
        {w.quick}
        {quickly[asking].map((key) => (
          <Button key={key} size="small" onClick={() => onAnswer(asking, w[key])}>
            {w[key]}
          </Button>
        ))}
      </div>
    </div>
  );
};

const Answers = ({ finding, answer, asking, onAsk, onRedact, onTakeBack }: Props) => {
  const w = useWords(words);
  const names = useWords(answerWords);
  const others = ['not-sensitive', 'consent', 'public-interest'] as const;
  const type = (which: string) => (answer?.answer === which ? 'primary' : 'default');
  return (
    <div className="gk-answers">
      <Button
        size="small"
        type={type('redact')}
        disabled={finding.boxes.length === 0}
        title={finding.boxes.length === 0 ? w.noPlace : undefined}
        onClick={onRedact}
      >
        <kbd>1</kbd> {names.redact}
      </Button>
      {others.map((other, i) => (
        <Button
          key={other}
          size="small"
          type={type(other)}
          aria-expanded={asking === other}
          onClick={() => onAsk(asking === other ? undefined : other)}
        >
          <kbd>{i + 2}</kbd> {names[other]}
        </Button>
      ))}
      {answer && (
        <Button size="small" type="text" onClick={onTakeBack}>
          {w.takeBack}
        </Button>
      )}
    </div>
  );
};

/** One finding: what, where, why, and its answer. */
export const FindingCard = (props: Props) => {
  const { finding, answer, open, chosen, editable, asking, onChoose, onAnswer } = props;
  const w = useWords(words);
  const names = useWords(answerWords);
  const grave = useWords(severities);
  const say = useSay();
  const ref = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const page = finding.boxes[0]?.page;
  return (
    <li
      ref={ref}
      className={`gk-finding${chosen ? ' chosen' : ''}${open ? ' open' : ''}`}
      data-finding={finding.id}
    >
      <button type="button" className="gk-finding-show" aria-current={chosen} onClick={onChoose}>
        <span className="gk-finding-text">{finding.text || finding.part || '—'}</span>
        <span className="gk-finding-where">
          <Tag color={colour[finding.severity]}>{grave[finding.severity]}</Tag>
          {page === undefined ? finding.part : fill(w.page, { n: page })}
        </span>
      </button>
      {chosen && <p className="gk-why">{say(finding.why)}</p>}
      {answer && (
        <p className="gk-answered">
          {w.answeredBy}
          <b>{names[answer.answer]}</b> {answer.reason}
        </p>
      )}
      {finding.removedByRender && <p className="gk-quiet">{w.removedByRender}</p>}
      {editable && !finding.removedByRender && (chosen || open) && (
        <>
          {!mustAnswer(finding) && !answer && <p className="gk-quiet">{w.optional}</p>}
          <Answers {...props} />
          {asking && <Reason key={asking} asking={asking} onAnswer={onAnswer} />}
        </>
      )}
    </li>
  );
};
