import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { Decision } from '@gongkai/core';
import { Tag } from 'antd';
import type { View } from '../api/publications.ts';
import { Nothing } from '../app/page.tsx';
import { minute } from '../time/when.ts';
import { useWords } from '../words/language.tsx';
import { checkpoints, verdicts } from '../words/names.ts';
import { useGrounds } from './redactions.tsx';
import { words } from './words.ts';

const Hash = ({ hash }: { hash: string }) => (
  <code title={hash} className="gk-hash">
    {hash.slice(0, 12)}…
  </code>
);

const colour = { approve: 'green', return: 'orange', refuse: 'red' } as const;

const One = ({
  decision,
  binding,
  void: isVoid,
}: {
  decision: Decision;
  binding: string;
  void?: boolean;
}) => {
  const w = useWords(words);
  const where = useWords(checkpoints);
  const what = useWords(verdicts);
  const grounds = useGrounds();
  const same = decision.binding === binding;
  return (
    <li className={isVoid ? 'gk-decision void' : 'gk-decision'}>
      <div>
        <b>{where[decision.checkpoint]}</b> {decision.personName}{' '}
        <Tag color={isVoid ? 'default' : colour[decision.verdict]}>{what[decision.verdict]}</Tag>
        {isVoid && <Tag>{w.voided}</Tag>}
        <time dateTime={decision.at}>{minute(decision.at)}</time>
      </div>
      {decision.ground && <div>{grounds.nameOf(decision.ground)}</div>}
      {decision.reason && <blockquote>{decision.reason}</blockquote>}
      <div className="gk-quiet">
        {w.onHash} <Hash hash={decision.binding} />{' '}
        {!isVoid &&
          (same ? (
            <>
              <CheckCircleOutlined /> {w.sameHash}
            </>
          ) : (
            <>
              <WarningOutlined /> {w.otherHash}
            </>
          ))}
      </div>
    </li>
  );
};

/** Who decided what, on which content. */
export const Decisions = ({ view }: { view: View }) => {
  const w = useWords(words);
  const { decisions, voided } = view.item;
  return (
    <>
      <p className="gk-quiet">
        {w.currentHash} <Hash hash={view.binding} />
      </p>
      {decisions.length === 0 && <Nothing>{w.noDecisions}</Nothing>}
      <ul>
        {decisions.toReversed().map((decision) => (
          <One key={decision.id} decision={decision} binding={view.binding} />
        ))}
        {voided.toReversed().map((decision) => (
          <One key={decision.id} decision={decision} binding={view.binding} void />
        ))}
      </ul>
    </>
  );
};
