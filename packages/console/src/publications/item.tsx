import { PrinterOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Skeleton, Tag, Timeline } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { sheetUrl, usePublication, type View } from '../api/publications.ts';
import { Page } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { useEdits } from '../draft/edits.ts';
import { MetadataForm } from '../draft/metadata-form.tsx';
import { EditTrouble } from '../draft/stale.tsx';
import { words as draftWords } from '../draft/words.ts';
import { Decisions } from '../review/decisions.tsx';
import { Entry } from '../review/entry.tsx';
import { StationLine } from '../stations/line.tsx';
import { stationWords } from '../stations/words.ts';
import { minute } from '../time/when.ts';
import { fill, nameOf, useSay, useWords } from '../words/language.tsx';
import { actions, states } from '../words/names.ts';
import { Files } from './files.tsx';
import { Moves } from './moves.tsx';
import { Timers } from './timers.tsx';
import { itemWords, words } from './words.ts';

const ToReview = ({ view }: { view: View }) => {
  const w = useWords(itemWords);
  const navigate = useNavigate();
  const ready = view.item.files.some(({ pdf }) => pdf !== undefined);
  const open = view.unanswered.length;
  const mine = view.may.includes('edit');
  const label = mine ? (open > 0 ? fill(w.answer, { n: open }) : w.submit) : w.review;
  return (
    <Button
      type={mine || view.may.includes('return') ? 'primary' : 'default'}
      disabled={!ready}
      onClick={() => navigate(`/publications/${view.item.id}/review`)}
    >
      {label}
    </Button>
  );
};

/** Why it came back: a machine's sentence, or the reviewer's reason of the last return. */
const CameBack = ({ view }: { view: View }) => {
  const w = useWords(itemWords);
  const say = useSay();
  const stations = useWords(stationWords);
  const { trouble, state, voided } = view.item;
  const sentence = trouble && (view.refusals.trouble ?? view.refusals[trouble.code]);
  const last = state === 'draft' ? voided.at(-1) : undefined;
  return (
    <>
      {view.stuck && (
        <Alert
          type={view.stuck.nextAt ? 'warning' : 'error'}
          showIcon
          className="gk-trouble"
          title={fill(view.stuck.nextAt ? w.again : w.stuck, {
            station: nameOf(stations, view.stuck.station),
            n: view.stuck.attempts,
            at: view.stuck.nextAt ? minute(view.stuck.nextAt) : '',
          })}
          description={say(view.stuck.why)}
        />
      )}
      {trouble && (
        <Alert
          type="error"
          showIcon
          className="gk-trouble"
          title={w.trouble}
          description={sentence ? say(sentence) : trouble.code}
        />
      )}
      {last?.verdict === 'return' && (
        <Alert
          type="warning"
          showIcon
          className="gk-trouble"
          title={`${w.trouble}：${last.personName}，${minute(last.at)}`}
          description={last.reason}
        />
      )}
    </>
  );
};

const Happened = ({ view }: { view: View }) => {
  const names = useWords(actions);
  const stations = useWords(stationWords);
  return (
    <Timeline
      items={view.timeline.toReversed().map((entry) => ({
        content: (
          <>
            {nameOf(names, entry.action)} <span className="gk-quiet">{nameOf(stations, entry.actor)}</span>
            <br />
            <time className="gk-quiet" dateTime={entry.at}>
              {minute(entry.at)}
            </time>
          </>
        ),
      }))}
    />
  );
};

const Item = ({ view }: { view: View }) => {
  const w = useWords(itemWords);
  const list = useWords(words);
  const d = useWords(draftWords);
  const names = useWords(states);
  const edits = useEdits(view.item.id);
  const { item } = view;
  return (
    <Page
      title={
        <>
          {item.metadata.title || item.files[0]?.name || list.untitled} <Tag>{names[item.state]}</Tag>
          {item.major && <Tag color="volcano">{list.major}</Tag>}
        </>
      }
      extra={
        <>
          <a className="gk-go" href={sheetUrl(item.id)} target="_blank" rel="noreferrer">
            <PrinterOutlined /> {w.sheet}
          </a>
          <Moves view={view} />
          <ToReview view={view} />
        </>
      }
    >
      <CameBack view={view} />
      <Card className="gk-part">
        <StationLine item={item} />
      </Card>
      <EditTrouble edits={edits} />
      <div className="gk-columns">
        <div>
          <Card className="gk-part" title={<h2>{w.files}</h2>}>
            <Files view={view} />
          </Card>
          <Card className="gk-part" title={<h2>{d.heading}</h2>}>
            {view.may.includes('edit') ? (
              <MetadataForm key={edits.dropped} view={view} edits={edits} />
            ) : (
              <Entry view={view} />
            )}
          </Card>
        </div>
        <div>
          <Card className="gk-part" title={<h2>{w.timers}</h2>}>
            <Timers view={view} />
          </Card>
          <Card className="gk-part" title={<h2>{w.decisions}</h2>}>
            <Decisions view={view} />
          </Card>
          <Card className="gk-part" title={<h2>{w.timeline}</h2>}>
            <Happened view={view} />
          </Card>
        </div>
      </div>
    </Page>
  );
};

/** One publication: its files, entry, timers, decisions, and what may be done with it. */
const ItemScreen = () => {
  const { id = '' } = useParams();
  const view = usePublication(id);
  if (view.data) return <Item key={id} view={view.data} />;
  return view.isPending ? (
    <Skeleton active />
  ) : (
    <>
      <Trouble error={view.error} retry={() => view.refetch()} />
      <Link to="/">←</Link>
    </>
  );
};
export default ItemScreen;
