import { App, Button, Form, Input, Popconfirm, Select, Space, Table, Tag } from 'antd';
import { type AddWord, type Dictionary, useAddWord, useRemoveWord, useTryWords } from '../api/dictionary.ts';
import { Nothing } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { minute } from '../time/when.ts';
import { useWords } from '../words/language.tsx';
import { severities } from '../words/names.ts';
import { words } from './words.ts';

const grades = ['high', 'medium', 'low'] as const;

const AddForm = ({ onTried }: { onTried: () => void }) => {
  const w = useWords(words);
  const grave = useWords(severities);
  const { message } = App.useApp();
  const [form] = Form.useForm<AddWord>();
  const add = useAddWord();
  const tryWords = useTryWords();
  const submit = (given: AddWord) =>
    add.mutate(given, {
      onSuccess: () => {
        form.resetFields();
        void message.success(w.saved);
      },
    });
  const tryFirst = async () => {
    const { word, severity } = await form.validateFields();
    tryWords.mutate([{ word, severity }], { onSuccess: onTried });
  };
  return (
    <>
      <Trouble error={add.error ?? tryWords.error} />
      <Form
        className="gk-filters"
        form={form}
        layout="inline"
        initialValues={{ severity: 'high' }}
        onFinish={submit}
      >
        <Form.Item name="word" label={w.word} rules={[{ required: true, message: w.needed }]}>
          <Input maxLength={80} placeholder={w.wordHint} style={{ minWidth: 240 }} />
        </Form.Item>
        <Form.Item name="severity" label={w.severity}>
          <Select
            style={{ minWidth: 96 }}
            options={grades.map((value) => ({ value, label: grave[value] }))}
          />
        </Form.Item>
        <Form.Item name="note" label={w.note}>
          <Input maxLength={200} />
        </Form.Item>
        <Space>
          <Button htmlType="submit" type="primary" loading={add.isPending}>
            {w.add}
          </Button>
          <Button loading={tryWords.isPending} onClick={() => void tryFirst()}>
            {w.tryFirst}
          </Button>
        </Space>
      </Form>
    </>
  );
};

/** 词典: what the office looks for besides what everybody looks for. */
export const WordList = ({ dictionary, onTried }: { dictionary: Dictionary; onTried: () => void }) => {
  const w = useWords(words);
  const grave = useWords(severities);
  const remove = useRemoveWord();
  const { words: list, may } = dictionary;
  return (
    <>
      <p className="gk-quiet">{w.wordsAre}</p>
      {may.addWord && <AddForm onTried={onTried} />}
      <Trouble error={remove.error} />
      {list.length === 0 ? (
        <Nothing>{w.noWords}</Nothing>
      ) : (
        <Table<Dictionary['words'][number]>
          rowKey="id"
          dataSource={list}
          pagination={list.length > 50 ? { pageSize: 50 } : false}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: w.word, dataIndex: 'word' },
            { title: w.severity, render: (_, one) => <Tag>{grave[one.severity]}</Tag> },
            { title: w.note, dataIndex: 'note' },
            { title: w.by, dataIndex: 'personName' },
            { title: w.at, render: (_, one) => minute(one.at) },
            ...(may.removeWord
              ? [
                  {
                    title: '',
                    render: (_: unknown, one: Dictionary['words'][number]) => (
                      <Popconfirm title={w.removeWord} onConfirm={() => remove.mutate(one.id)}>
                        <Button size="small" aria-label={`${w.remove} ${one.word}`}>
                          {w.remove}
                        </Button>
                      </Popconfirm>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
    </>
  );
};
