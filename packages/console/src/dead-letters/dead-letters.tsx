import { Alert, Button, Table } from 'antd';
import { Link } from 'react-router';
import { type DeadLetters, useDeadLetters, useRevive } from '../api/administration.ts';
import { Nothing, Page } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { stationWords } from '../stations/words.ts';
import { minute } from '../time/when.ts';
import { fill, nameOf, useSay, useWords } from '../words/language.tsx';

const words = {
  title: ['异常队列', 'Dead letters'],
  none: [
    '没有失败的机器步骤。多次重试仍失败的会停在这里，等人处理。',
    'No machine step has failed. What fails again and again stops here and waits for a person.',
  ],
  held: ['还在等待的步骤', 'Steps that wait'],
  heldAre: [
    '失败后会自动再试，或排队时间较长的步骤。文件没有丢失，一般不用处理。',
    'Steps that failed and are tried again by themselves, or that have waited long. Nothing is lost; mostly there is nothing to do.',
  ],
  why: ['原因', 'Why'],
  since: ['开始等待', 'Waits since'],
  next: ['下次尝试', 'Next try'],
  soon: ['轮到即处理', 'at its turn'],
  waiting: ['队列中还有 {n} 项正常等待', '{n} more wait in line as usual'],
  station: ['环节', 'Station'],
  item: ['信息', 'Publication'],
  attempts: ['次数', 'Attempts'],
  died: ['停下时间', 'Stopped at'],
  again: ['重新运行', 'Run again'],
  faults: ['缺失的文件', 'Missing bytes'],
  faultsAre: [
    '登记中有、存储中却没有的文件。请从备份恢复（gongkai restore 或备份保险库），恢复后下一次对账时自动消失。',
    'The records speak of these bytes and the storage does not have them. Bring them back from a backup; the line goes at the next reconciliation.',
  ],
  vault: ['原件或公开文本', 'Original or release'],
  renditions: ['转换或检查结果', 'Conversion or inspection'],
  foundAt: ['发现时间', 'Found at'],
} as const;

/** In plain words for who waits; the machine's own words beneath for who mends. */
const Reason = ({ why, lastError }: { why: { zh: string; en: string }; lastError?: string | undefined }) => {
  const say = useSay();
  return (
    <>
      {say(why)}
      {lastError && (
        <>
          <br />
          <code className="gk-error">{lastError}</code>
        </>
      )}
    </>
  );
};

/** A trial of the dictionary is no publication. */
const Subject = ({
  station,
  publication,
  title,
}: {
  station: string;
  publication: string;
  title: string;
}) => {
  const to = station === 'try-words' ? '/dictionary?tab=trials' : `/publications/${publication}`;
  return <Link to={to}>{title || publication}</Link>;
};

/** 异常队列: what the machines gave up on, with the button to run it again. */
const DeadLettersScreen = () => {
  const w = useWords(words);
  const stations = useWords(stationWords);
  const list = useDeadLetters();
  const revive = useRevive();
  const items = list.data?.items ?? [];
  const held = list.data?.held ?? [];
  const faults = list.data?.faults ?? [];
  return (
    <Page title={w.title}>
      <Trouble error={list.error ?? revive.error} />
      {list.data && items.length + held.length + faults.length === 0 && <Nothing>{w.none}</Nothing>}
      {list.data && list.data.waiting > 0 && (
        <p className="gk-quiet">{fill(w.waiting, { n: list.data.waiting })}</p>
      )}
      {items.length > 0 && (
        <Table<DeadLetters['items'][number]>
          rowKey="id"
          dataSource={items}
          pagination={items.length > 50 ? { pageSize: 50 } : false}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: w.station, width: 100, render: (_, one) => nameOf(stations, one.station) },
            {
              title: w.item,
              render: (_, one) => <Subject {...one} />,
            },
            { title: w.attempts, dataIndex: 'attempts', width: 80 },
            { title: w.why, render: (_, one) => <Reason {...one} /> },
            { title: w.died, width: 160, render: (_, one) => minute(one.diedAt) },
            {
              title: '',
              width: 120,
              render: (_, one) => (
                <Button
                  type="primary"
                  loading={revive.isPending && revive.variables === one.id}
                  disabled={revive.isPending}
                  onClick={() => revive.mutate(one.id)}
                >
                  {w.again}
                </Button>
              ),
            },
          ]}
        />
      )}
      {held.length > 0 && (
        <section>
          <h2>{w.held}</h2>
          <p className="gk-quiet">{w.heldAre}</p>
          <Table<DeadLetters['held'][number]>
            rowKey="id"
            dataSource={held}
            pagination={held.length > 50 ? { pageSize: 50 } : false}
            scroll={{ x: 'max-content' }}
            columns={[
              { title: w.station, width: 100, render: (_, one) => nameOf(stations, one.station) },
              {
                title: w.item,
                render: (_, one) => <Subject {...one} />,
              },
              { title: w.attempts, dataIndex: 'attempts', width: 80 },
              { title: w.why, render: (_, one) => <Reason {...one} /> },
              { title: w.since, width: 160, render: (_, one) => minute(one.since) },
              { title: w.next, width: 160, render: (_, one) => (one.nextAt ? minute(one.nextAt) : w.soon) },
            ]}
          />
        </section>
      )}
      {faults.length > 0 && (
        <section>
          <h2>{w.faults}</h2>
          <Alert type="error" showIcon title={w.faultsAre} />
          <Table<DeadLetters['faults'][number]>
            rowKey={({ publication, sha256 }) => publication + sha256}
            dataSource={faults}
            pagination={faults.length > 50 ? { pageSize: 50 } : false}
            scroll={{ x: 'max-content' }}
            columns={[
              {
                title: w.item,
                render: (_, one) => (
                  <Link to={`/publications/${one.publication}`}>{one.title || one.publication}</Link>
                ),
              },
              { title: '', render: (_, one) => w[one.area] },
              { title: 'SHA-256', render: (_, one) => <code>{one.sha256.slice(0, 16)}…</code> },
              { title: w.foundAt, width: 160, render: (_, one) => minute(one.foundAt) },
            ]}
          />
        </section>
      )}
    </Page>
  );
};
export default DeadLettersScreen;
