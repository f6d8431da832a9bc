import { App, Button, Form, Input, Popconfirm, Select, Table } from 'antd';
import { useSearchParams } from 'react-router';
import { type AddAllowance, type Dictionary, useAllow, useDisallow } from '../api/dictionary.ts';
import { Nothing } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { minute } from '../time/when.ts';
import { useWords } from '../words/language.tsx';
import { kinds as kindWords } from '../words/names.ts';
import { allowable } from './allowable.ts';
import { words } from './words.ts';

const AllowForm = () => {
  const w = useWords(words);
  const kinds = useWords(kindWords);
  const { message } = App.useApp();
  const [asked] = useSearchParams();
  const [form] = Form.useForm<AddAllowance>();
  const allow = useAllow();
  const kind = allowable.find((one) => one === asked.get('kind')) ?? 'landline';
  const needed = { required: true, whitespace: true, message: w.needed };
  const submit = (given: AddAllowance) =>
    allow.mutate(given, {
      onSuccess: () => {
        form.setFieldsValue({ value: '', reason: '' });
        void message.success(w.saved);
      },
    });
  return (
    <>
      <Trouble error={allow.error} />
      <Form
        className="gk-filters"
        form={form}
        layout="inline"
        initialValues={{ kind, value: asked.get('value') ?? '', reason: '' }}
        onFinish={submit}
      >
        <Form.Item name="kind" label={w.kind}>
          <Select
            style={{ minWidth: 140 }}
            options={allowable.map((value) => ({ value, label: kinds[value] }))}
          />
        </Form.Item>
        <Form.Item name="value" label={w.value} rules={[needed]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="reason" label={w.reason} rules={[needed]}>
          <Input maxLength={200} />
        </Form.Item>
        <Button htmlType="submit" type="primary" loading={allow.isPending}>
          {w.allow}
        </Button>
      </Form>
    </>
  );
};

/** 白名单: exact values that are only shown, each with its reason and who answers for it. */
export const Whitelist = ({ dictionary }: { dictionary: Dictionary }) => {
  const w = useWords(words);
  const kinds = useWords(kindWords);
  const disallow = useDisallow();
  const { allowances, may } = dictionary;
  return (
    <>
      <p className="gk-quiet">{w.whitelistIs}</p>
      {may.allow && <AllowForm />}
      <Trouble error={disallow.error} />
      {allowances.length === 0 ? (
        <Nothing>{w.noAllowances}</Nothing>
      ) : (
        <Table<Dictionary['allowances'][number]>
          rowKey="id"
          dataSource={allowances}
          pagination={allowances.length > 50 ? { pageSize: 50 } : false}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: w.kind, render: (_, one) => kinds[one.kind] },
            { title: w.value, dataIndex: 'value' },
            { title: w.reason, dataIndex: 'reason' },
            { title: w.by, dataIndex: 'personName' },
            { title: w.at, render: (_, one) => minute(one.at) },
            ...(may.disallow
              ? [
                  {
                    title: '',
                    render: (_: unknown, one: Dictionary['allowances'][number]) => (
                      <Popconfirm title={w.removeAllowance} onConfirm={() => disallow.mutate(one.id)}>
                        <Button size="small" aria-label={`${w.remove} ${one.value}`}>
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
