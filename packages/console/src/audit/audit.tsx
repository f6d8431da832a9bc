import { DownloadOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Input, Table } from 'antd';
import { useSearchParams } from 'react-router';
import { type AuditPage, auditExportUrl, useAudit } from '../api/administration.ts';
import { Page } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { stationWords } from '../stations/words.ts';
import { minute } from '../time/when.ts';
import { fill, nameOf, useWords } from '../words/language.tsx';
import { actions } from '../words/names.ts';

const words = {
  title: ['审计', 'Audit'],
  export: ['导出全部（可离线验证）', 'Export all (verifiable offline)'],
  checkpoint: ['最近的检查点', 'Latest checkpoint'],
  about: [
    '共 {size} 条，{at} 签署。用 gongkai audit verify 可离线验证导出文件。',
    '{size} entries, signed {at}. Verify an export offline with gongkai audit verify.',
  ],
  noCheckpoint: ['还没有签署检查点。', 'No checkpoint has been signed yet.'],
  root: ['树根', 'Root'],
  note: ['签名文本', 'Signed note'],
  subject: ['对象编号', 'Subject'],
  seq: ['序号', 'No.'],
  at: ['时间', 'At'],
  who: ['谁', 'Who'],
  via: ['经由', 'Via'],
  what: ['做了什么', 'What'],
  on: ['对象', 'On'],
  none: ['没有记录。', 'No entries.'],
  more: ['再显示一些', 'Show more'],
  console: ['控制台', 'Console'],
  token: ['令牌', 'Token'],
  cli: ['命令行', 'Command line'],
  machine: ['机器', 'Machine'],
  clock: ['时钟', 'Clock'],
  before: ['之前', 'Before'],
  after: ['之后', 'After'],
} as const;

/** Machines that write into the audit, as people call them. */
const machineWords = {
  ...stationWords,
  clock: ['时钟', 'Clock'],
  reconcile: ['对账', 'Reconciling'],
  keys: ['密钥', 'Keys'],
  'sign-in': ['登录', 'Sign-in'],
} as const;

type Entry = AuditPage['entries'][number];

const Checkpoint = ({ checkpoint }: { checkpoint: AuditPage['checkpoint'] }) => {
  const w = useWords(words);
  if (!checkpoint) return <p className="gk-quiet">{w.noCheckpoint}</p>;
  return (
    <Card size="small" title={<h2>{w.checkpoint}</h2>} className="gk-part">
      <p>{fill(w.about, { size: checkpoint.size, at: minute(checkpoint.at) })}</p>
      <p className="gk-quiet">
        {w.root} <code>{checkpoint.root}</code>
      </p>
      <details>
        <summary>{w.note}</summary>
        <pre className="gk-note">{checkpoint.note}</pre>
      </details>
    </Card>
  );
};

const Details = ({ entry }: { entry: Entry }) => {
  const w = useWords(words);
  return (
    <div className="gk-audit-details">
      <p className="gk-quiet">
        {w.before} <code>{entry.before || '—'}</code>
        <br />
        {w.after} <code>{entry.after || '—'}</code>
      </p>
      <pre className="gk-note">{JSON.stringify(entry.details, null, 2)}</pre>
    </div>
  );
};

/** 审计: every change in order; nothing can be altered here, or anywhere. */
const AuditScreen = () => {
  const w = useWords(words);
  const names = useWords(actions);
  const machines = useWords(machineWords);
  const [query, setQuery] = useSearchParams();
  const subject = query.get('subject') ?? '';
  const log = useAudit(subject);
  return (
    <Page
      title={w.title}
      extra={
        <Button icon={<DownloadOutlined />} href={auditExportUrl} download>
          {w.export}
        </Button>
      }
    >
      <Trouble error={log.error} retry={() => log.refetch()} />
      {log.data && <Checkpoint checkpoint={log.data.pages[0]?.checkpoint} />}
      <Input.Search
        allowClear
        aria-label={w.subject}
        placeholder={w.subject}
        defaultValue={subject}
        onSearch={(text) => setQuery(text ? { subject: text.trim() } : {})}
        className="gk-filters"
        style={{ maxWidth: 360 }}
      />
      <Table<Entry>
        rowKey="id"
        size="small"
        loading={log.isPending}
        dataSource={log.data?.pages.flatMap(({ entries }) => entries) ?? []}
        pagination={false}
        locale={{ emptyText: w.none }}
        scroll={{ x: 'max-content' }}
        expandable={{ expandedRowRender: (entry) => <Details entry={entry} /> }}
        columns={[
          { title: w.seq, dataIndex: 'seq', width: 80 },
          {
            title: w.at,
            width: 150,
            render: (_, entry) => <time dateTime={entry.at}>{minute(entry.at)}</time>,
          },
          {
            title: w.who,
            render: (_, { actor, via }) =>
              via === 'machine' || via === 'clock' ? nameOf(machines, actor) : actor,
          },
          { title: w.via, width: 90, render: (_, { via }) => nameOf(w, via) },
          {
            title: w.what,
            render: (_, entry) => <span title={entry.action}>{nameOf(names, entry.action)}</span>,
          },
          { title: w.on, render: (_, entry) => <code>{entry.subject}</code> },
        ]}
      />
      {log.hasNextPage && (
        <Flex justify="center" className="gk-more">
          <Button loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {w.more}
          </Button>
        </Flex>
      )}
    </Page>
  );
};
export default AuditScreen;
