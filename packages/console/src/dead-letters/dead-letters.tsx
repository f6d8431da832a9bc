import { Alert, Button, Table } from 'antd';
import { Link } from 'react-router';
import { type DeadLetters, useDeadLetters, useRevive } from '../api/administration.ts';
import { Nothing, Page } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { minute } from '../time/when.ts';
import { fill, useWords } from '../words/language.tsx';

const words = {
  title: ['异常队列', 'Dead letters'],
  none: [
    '没有失败的机器步骤。多次重试仍失败的会停在这里，等人处理。',
    'No machine step has failed. What fails again and again stops here and waits for a person.',
  ],
  waiting: ['队列中还有 {n} 项正常等待', '{n} more wait in line as usual'],
  station: ['环节', 'Station'],
  item: ['信息', 'Publication'],
  attempts: ['次数', 'Attempts'],
  error: ['最后的错误', 'Last error'],
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

/** 异常队列: what the machines gave up on, with the button to run it again. */
const DeadLettersScreen = () => {
  const w = useWords(words);
  const list = useDeadLetters();
  const revive = useRevive();
  const items = list.data?.items ?? [];
  const faults = list.data?.faults ?? [];
  return (
    <Page title={w.title}>
      <Trouble error={list.error ?? revive.error} />
      {list.data && items.length === 0 && faults.length === 0 && <Nothing>{w.none}</Nothing>}
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
            { title: w.station, dataIndex: 'station', width: 100 },
            {
              title: w.item,
              render: (_, one) => (
                <Link to={`/publications/${one.publication}`}>{one.title || one.publication}</Link>
              ),
            },
            { title: w.attempts, dataIndex: 'attempts', width: 80 },
            { title: w.error, render: (_, one) => <code className="gk-error">{one.lastError}</code> },
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
