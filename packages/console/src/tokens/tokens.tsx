import { Alert, Button, Card, Form, Input, InputNumber, Popconfirm, Table, Typography } from 'antd';
import { type Token, useAddToken, useDropToken, useTokens } from '../api/administration.ts';
import { Page } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { minute } from '../time/when.ts';
import { useWords } from '../words/language.tsx';

const words = {
  title: ['令牌', 'Tokens'],
  about: [
    '令牌让程序以您的名义上传、编辑和送审，但不能审查。请像密码一样保管。',
    'A token lets a program upload, edit and submit in your name; it can decide nothing. Keep it like a password.',
  ],
  name: ['用途', 'What for'],
  days: ['有效天数', 'Days'],
  make: ['生成令牌', 'Make a token'],
  once: ['令牌只显示这一次，请现在复制：', 'It is shown this once. Copy it now:'],
  created: ['生成', 'Made'],
  expires: ['到期', 'Expires'],
  used: ['上次使用', 'Last used'],
  never: ['从未', 'never'],
  drop: ['作废', 'Revoke'],
  sure: ['作废这个令牌？用它的程序立即不能再访问。', 'Revoke it? Programs that use it lose access at once.'],
  yes: ['确定', 'Yes'],
  no: ['取消', 'Cancel'],
  none: ['还没有令牌。', 'No tokens yet.'],
  needed: ['必填', 'Required'],
} as const;

/** 令牌: for machines that act in a person's name. */
const TokensScreen = () => {
  const w = useWords(words);
  const list = useTokens();
  const add = useAddToken();
  const drop = useDropToken();
  const [form] = Form.useForm<{ name: string; days: number }>();
  return (
    <Page title={w.title}>
      <p>{w.about}</p>
      <Trouble error={list.error ?? add.error ?? drop.error} />
      <Card className="gk-part">
        <Form
          form={form}
          layout="inline"
          initialValues={{ days: 90 }}
          onFinish={(given) => add.mutate(given, { onSuccess: () => form.resetFields() })}
        >
          <Form.Item
            name="name"
            label={w.name}
            rules={[{ required: true, whitespace: true, message: w.needed }]}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="days" label={w.days} rules={[{ required: true, message: w.needed }]}>
            <InputNumber min={1} max={366} precision={0} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={add.isPending}>
            {w.make}
          </Button>
        </Form>
        {add.data && (
          <Alert
            type="success"
            className="gk-new-token"
            title={w.once}
            description={
              <Typography.Text code copyable>
                {add.data.token}
              </Typography.Text>
            }
          />
        )}
      </Card>
      <Table<Token>
        rowKey="id"
        loading={list.isPending}
        dataSource={list.data?.items ?? []}
        pagination={false}
        locale={{ emptyText: w.none }}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: w.name, dataIndex: 'name' },
          { title: w.created, render: (_, one) => minute(one.createdAt) },
          { title: w.expires, render: (_, one) => minute(one.expiresAt) },
          { title: w.used, render: (_, one) => (one.lastUsedAt ? minute(one.lastUsedAt) : w.never) },
          {
            title: '',
            render: (_, one) => (
              <Popconfirm
                title={w.sure}
                okText={w.yes}
                cancelText={w.no}
                onConfirm={() => drop.mutate(one.id)}
              >
                <Button size="small" danger aria-label={`${w.drop} ${one.name}`}>
                  {w.drop}
                </Button>
              </Popconfirm>
            ),
          },
        ]}
      />
    </Page>
  );
};
export default TokensScreen;
