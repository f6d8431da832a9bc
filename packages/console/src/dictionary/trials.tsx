import { Button, Collapse, Form, Input, Table } from 'antd';
import { Link } from 'react-router';
import { type Trials, type TrialView, useTrial, useTrials, useTryWords } from '../api/dictionary.ts';
import { Nothing } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { minute } from '../time/when.ts';
import { fill, useWords } from '../words/language.tsx';
import { words } from './words.ts';

type Trial = Trials['items'][number];
type Hit = TrialView['hits'][number];

const StartForm = () => {
  const w = useWords(words);
  const [form] = Form.useForm<{ words: string }>();
  const start = useTryWords();
  const submit = ({ words: text }: { words: string }) => {
    const list = text
      .split('\n')
      .map((word) => word.trim())
      .filter((word) => word !== '');
    start.mutate(
      list.map((word) => ({ word, severity: 'high' })),
      { onSuccess: () => form.resetFields() },
    );
  };
  return (
    <>
      <Trouble error={start.error} />
      <Form className="gk-filters" form={form} layout="vertical" onFinish={submit}>
        <Form.Item
          name="words"
          label={w.wordsToTry}
          rules={[{ required: true, whitespace: true, message: w.needed }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Button htmlType="submit" type="primary" loading={start.isPending}>
          {w.start}
        </Button>
      </Form>
    </>
  );
};

const Where = ({ hit }: { hit: Hit }) => {
  const w = useWords(words);
  if (hit.words.length === 0) return w.couldNotBeRead;
  return hit.words.map(({ word, count, pages }) => {
    const where = pages.map((n) => (n === 0 ? w.inTitle : fill(w.page, { n }))).join('、');
    return <div key={word}>{fill(w.places, { word, n: count, where })}</div>;
  });
};

const Hits = ({ trial }: { trial: Trial }) => {
  const w = useWords(words);
  const list = useTrial(trial.id, trial.seen);
  const hits = (list.data?.pages ?? []).flatMap((page) => page.hits);
  return (
    <>
      <Trouble error={list.error} retry={() => list.refetch()} />
      {list.data && hits.length === 0 && <Nothing>{w.noHits}</Nothing>}
      {hits.length > 0 && (
        <Table<Hit>
          rowKey="publication"
          size="small"
          dataSource={hits}
          pagination={false}
          scroll={{ x: 'max-content' }}
          columns={[
            {
              title: w.item,
              render: (_, one) => (
                <Link to={`/publications/${one.publication}`}>{one.title || w.notPublicYet}</Link>
              ),
            },
            { title: w.publishedAt, render: (_, one) => minute(one.publishedAt) },
            { title: w.found, render: (_, one) => <Where hit={one} /> },
          ]}
        />
      )}
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {w.more}
        </Button>
      )}
    </>
  );
};

const Progress = ({ trial }: { trial: Trial }) => {
  const w = useWords(words);
  const { state, seen, found, unread, upTo } = trial;
  return (
    <span role="status">
      {fill(w[state], { seen, found })}
      {state === 'running' && upTo && `，${fill(w.upTo, { day: minute(upTo) })}`}
      {unread > 0 && `；${fill(w.unread, { n: unread })}`}
    </span>
  );
};

/** 试运行: what published documents hold certain words, before or after these stand in the dictionary. */
export const TrialList = ({ mayStart }: { mayStart: boolean }) => {
  const w = useWords(words);
  const list = useTrials();
  const items = list.data?.items ?? [];
  return (
    <>
      <p className="gk-quiet">{w.trialsAre}</p>
      {mayStart && <StartForm />}
      <Trouble error={list.error} retry={() => list.refetch()} />
      {list.data && items.length === 0 && <Nothing>{w.noTrials}</Nothing>}
      {items.length > 0 && (
        <Collapse
          key={items[0]?.id}
          defaultActiveKey={items[0]?.id ?? ''}
          items={items.map((trial) => ({
            key: trial.id,
            label: `${minute(trial.at)} ${trial.personName}：${trial.words.map(({ word }) => word).join('、')}`,
            extra: <Progress trial={trial} />,
            children: <Hits trial={trial} />,
          }))}
        />
      )}
    </>
  );
};
