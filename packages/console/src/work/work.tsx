import { UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, Navigate, useNavigate } from 'react-router';
import { seesDocuments, useMe, useWork, type Work } from '../api/session.ts';
import { Nothing, Page } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { minute } from '../time/when.ts';
import { fill, nameOf, useWords } from '../words/language.tsx';
import { actions } from '../words/names.ts';
import { together } from './did.ts';
import { WorkLine } from './line.tsx';
import { words } from './words.ts';

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Card title={<h2>{title}</h2>} className="gk-part">
    {children}
  </Card>
);

const Did = ({ did }: { did: Work['did'] }) => {
  const names = useWords(actions);
  return (
    <ul className="gk-did">
      {together(did).map(({ done, times }) => (
        <li key={`${done.publication} ${done.at} ${done.action}`}>
          <time dateTime={done.at}>{minute(done.at)}</time>
          <span>
            {nameOf(names, done.action)}
            {times > 1 && <span className="gk-quiet"> ×{times}</span>}
          </span>
          <Link to={`/publications/${done.publication}`}>{done.title || done.publication}</Link>
        </li>
      ))}
    </ul>
  );
};

const Body = ({ work }: { work: Work }) => {
  const w = useWords(words);
  const me = useMe();
  const nothing = [work.waiting, work.mine, work.expiring, work.did].every(({ length }) => length === 0);
  if (nothing)
    return <Nothing>{me.person.roles.includes('maker') ? w.nothingAtAll : w.nothingWaiting}</Nothing>;
  return (
    <>
      {work.deadLetters > 0 && (
        <Alert
          type="warning"
          showIcon
          className="gk-trouble"
          title={fill(w.deadLetters, { n: work.deadLetters })}
          action={<Link to="/dead-letters">{w.look}</Link>}
        />
      )}
      <Part title={w.waiting}>
        {work.waiting.length === 0 && (
          <Nothing>{work.mine.length > 0 ? w.mineBelow : w.nothingWaiting}</Nothing>
        )}
        <ul className="gk-work">
          {work.waiting.map((line) => (
            <WorkLine key={line.id} line={line} overdue={line.overdue} />
          ))}
        </ul>
      </Part>
      {work.expiring.length > 0 && (
        <Part title={w.expiring}>
          <ul className="gk-work">
            {work.expiring.map((line) => (
              <WorkLine key={line.id} line={line} />
            ))}
          </ul>
        </Part>
      )}
      {work.mine.length > 0 && (
        <Part title={w.mine}>
          <ul className="gk-work">
            {work.mine.map((line) => (
              <WorkLine key={line.id} line={line} />
            ))}
          </ul>
        </Part>
      )}
      {work.did.length > 0 && (
        <Part title={w.did}>
          <Did did={work.did} />
        </Part>
      )}
    </>
  );
};

/** 我的工作: the first screen. Only what is there is shown; never a row of zeros. */
const WorkScreen = () => {
  const w = useWords(words);
  const me = useMe();
  const navigate = useNavigate();
  const work = useWork();
  const upload = me.person.roles.includes('maker') && (
    <Button type="primary" size="large" icon={<UploadOutlined />} onClick={() => navigate('/upload')}>
      {w.upload}
    </Button>
  );
  if (!seesDocuments(me)) return <Navigate to="/people" replace />;
  return (
    <Page title={w.title} extra={upload}>
      <Trouble error={work.error} retry={() => work.refetch()} />
      {work.isPending && <Skeleton active />}
      {work.data && <Body work={work.data} />}
    </Page>
  );
};
export default WorkScreen;
