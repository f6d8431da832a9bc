import { Button, Input, Segmented, Select, Tag } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { View } from '../api/publications.ts';
import { useSession } from '../api/session.ts';
import { allowingAt } from '../dictionary/allowable.ts';
import { minute } from '../time/when.ts';
import { fill, useSay, useWords } from '../words/language.tsx';
import { answers as answerWords, severities } from '../words/names.ts';
import { Hidden } from './hidden.tsx';
import { type Found, mustAnswer, type Same, scopesAt } from './order.ts';
import { isPicture, wasRead } from './pictures.ts';
import type { Said } from './redact.ts';
import { useGrounds } from './redactions.tsx';
import type { Review } from './state.ts';
import { useWhere } from './where.ts';
import { words } from './words.ts';

const colour = { stop: 'magenta', high: 'red', medium: 'orange', low: 'default' } as const;
const quickly: Readonly<Record<Said, readonly (keyof typeof words)[]>> = {
  'not-sensitive': ['r1', 'r2', 'r3'],
  consent: ['c1'],
  'public-interest': ['p1'],
};

type Props = { same: Same; view: View; review: Review };

const Reason = ({ asking, onAnswer }: { asking: Said; onAnswer: (answer: Said, reason: string) => void }) => {
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

/** How far an answer reaches; asked only where there is a choice. */
const Reach = ({ found, review }: { found: Found; review: Review }) => {
  const w = useWords(words);
  const said = { one: w.scopeOne, value: w.scopeValue, kind: w.scopeKind };
  const options = scopesAt(review.groups, found).map(({ scope, n }) => ({
    value: scope,
    label: fill(said[scope], { n }),
  }));
  if (options.length < 2) return null;
  const now = options.some(({ value }) => value === review.scope) ? review.scope : 'one';
  return (
    <div className="gk-reach">
      <kbd>s</kbd>
      <Segmented size="small" aria-label={w.scope} value={now} options={options} onChange={review.setScope} />
    </div>
  );
};

const Answers = ({ at, view, review }: { at: Found; view: View; review: Review }) => {
  const w = useWords(words);
  const names = useWords(answerWords);
  const grounds = useGrounds();
  const chosen = review.chosen === at.id;
  const asking = chosen ? review.asking : undefined;
  const answer = view.item.dispositions[at.id];
  const goal = review.goal(at);
  const coverable = goal.filter(({ boxes }) => boxes.length > 0);
  const others = ['not-sensitive', 'consent', 'public-interest'] as const;
  const type = (which: string) => (answer?.answer === which ? 'primary' : 'default');
  return (
    <>
      {chosen && <Reach found={at} review={review} />}
      <div className="gk-answers">
        <Button
          size="small"
          type={type('redact')}
          disabled={coverable.length === 0}
          title={coverable.length === 0 ? w.noPlace : undefined}
          onClick={() => review.redact(at)}
        >
          <kbd>1</kbd> {names.redact}
          {coverable.length > 1 && ` ×${coverable.length}`}
        </Button>
        {others.map((other, i) => (
          <Button
            key={other}
            size="small"
            type={type(other)}
            aria-expanded={asking === other}
            onClick={() => review.ask(at, asking === other ? undefined : other)}
          >
            <kbd>{i + 2}</kbd> {names[other]}
          </Button>
        ))}
        {answer && (
          <Button size="small" type="text" onClick={() => review.takeBack(at)}>
            {w.takeBack}
          </Button>
        )}
      </div>
      {chosen && coverable.length > 0 && (
        <div className="gk-ground">
          {w.groundOf}
          <Select
            size="small"
            aria-label={w.groundOf}
            value={review.groundOf(at.kind)}
            options={grounds.options}
            popupMatchSelectWidth={false}
            onChange={(ground) => review.chooseGround(at.kind, ground)}
          />
        </div>
      )}
      {asking && (
        <Reason key={asking} asking={asking} onAnswer={(said, reason) => review.answer(at, said, reason)} />
      )}
    </>
  );
};

/** What was answered to this thing before, by whom and when; one click says it again. */
const Offer = ({ at, view, review }: { at: Found; view: View; review: Review }) => {
  const w = useWords(words);
  const names = useWords(answerWords);
  const grounds = useGrounds();
  const offer = view.offers[at.id];
  if (!offer || view.item.dispositions[at.id]) return null;
  const those = review.offered(at);
  return (
    <div className="gk-offer">
      <span>
        {w.former}
        <b>{names[offer.answer]}</b> {offer.ground ? grounds.nameOf(offer.ground) : offer.reason}{' '}
        <span className="gk-quiet">
          {offer.personName} {minute(offer.at)}
        </span>
      </span>
      <Button size="small" onClick={() => review.takeOffers(those, at)}>
        <kbd>y</kbd> {w.takeOffer}
        {those.length > 1 && ` ×${those.length}`}
      </Button>
    </div>
  );
};

/** More than this are reached by j and k. */
const mostPlaces = 40;

/** Where a thing stands when it stands in several places. */
const Places = ({ same, view, review }: Props) => {
  const w = useWords(words);
  const names = useWords(answerWords);
  const where = useWhere(view);
  const shown = same.findings.slice(0, mostPlaces);
  return (
    <ul className="gk-places">
      {shown.map((found) => {
        const answer = view.item.dispositions[found.id]?.answer;
        const chosen = found.id === review.chosen;
        return (
          <li key={found.id}>
            <button
              type="button"
              className={`gk-place${chosen ? ' chosen' : ''}${view.unanswered.includes(found.id) ? ' open' : ''}`}
              aria-current={chosen}
              onClick={() => review.choose(found)}
            >
              {where(found)}
              {answer && ` · ${names[answer]}`}
            </button>
          </li>
        );
      })}
      {same.findings.length > mostPlaces && (
        <li className="gk-quiet">{fill(w.morePlaces, { n: same.findings.length - mostPlaces })}</li>
      )}
    </ul>
  );
};

/** One thing that was found: what, where in all files, why, and its answer. */
export const FindingCard = ({ same, view, review }: Props) => {
  const w = useWords(words);
  const names = useWords(answerWords);
  const grave = useWords(severities);
  const say = useSay();
  const where = useWhere(view);
  // A session may end while a reason is typed: then nobody is here, and the reason must stay on the screen.
  const roles = useSession().data?.person.roles ?? [];
  const ref = useRef<HTMLLIElement>(null);
  const isOpen = ({ id }: Found) => view.unanswered.includes(id);
  const at =
    same.findings.find(({ id }) => id === review.chosen) ?? same.findings.find(isOpen) ?? same.findings[0];
  const chosen = at !== undefined && at.id === review.chosen;
  const open = same.findings.some(isOpen);
  useEffect(() => {
    if (chosen) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  if (!at) return null;
  const allowing = allowingAt(at, roles);
  const answer = view.item.dispositions[at.id];
  const n = same.findings.length;
  return (
    <li
      ref={ref}
      className={`gk-finding${chosen ? ' chosen' : ''}${open ? ' open' : ''}`}
      data-finding={same.findings[0]?.id}
    >
      <button
        type="button"
        className="gk-finding-show"
        aria-current={chosen}
        onClick={() => review.choose(at)}
      >
        <span className="gk-finding-text">{isPicture(at) ? say(at.why) : at.text || at.part || '—'}</span>
        <span className="gk-finding-where">
          {wasRead(at, view.findings[at.file] ?? []) && <Tag title={w.recognisedWhy}>{w.recognised}</Tag>}
          <Tag color={colour[at.severity]}>{grave[at.severity]}</Tag>
          <span>{n > 1 ? fill(w.places, { n }) : where(at)}</span>
        </span>
      </button>
      {chosen && !isPicture(at) && <p className="gk-why">{say(at.why)}</p>}
      {chosen && <Hidden found={at} where={where(at)} />}
      {n > 1 && (chosen || open) && <Places same={same} view={view} review={review} />}
      {answer && (
        <p className="gk-answered">
          {w.answeredBy}
          <b>{names[answer.answer]}</b> {answer.reason}
        </p>
      )}
      {at.allowed && <p className="gk-quiet">{fill(w.allowed, at.allowed)}</p>}
      {chosen && allowing && (
        <p>
          <Link to={allowing} target="_blank">
            {w.toWhitelist}
          </Link>
        </p>
      )}
      {at.removedByRender && <p className="gk-quiet">{w.removedByRender}</p>}
      {review.editable && !at.removedByRender && (chosen || open) && (
        <>
          {!mustAnswer(at) && !answer && <p className="gk-quiet">{w.optional}</p>}
          <Offer at={at} view={view} review={review} />
          <Answers at={at} view={view} review={review} />
        </>
      )}
    </li>
  );
};
