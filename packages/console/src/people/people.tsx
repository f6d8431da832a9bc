import { UserAddOutlined } from '@ant-design/icons';
import { Button, Input, Table, Tag } from 'antd';
import { useState } from 'react';
import { usePeople } from '../api/administration.ts';
import { useMe } from '../api/session.ts';
import { Page } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { minute } from '../time/when.ts';
import { useWords } from '../words/language.tsx';
import { roles as roleWords } from '../words/names.ts';
import { type Entry, PersonForm } from './person-form.tsx';
import { words } from './words.ts';

/** 人员: who may do what. Only an administrator changes it; a supervisor reads. */
const PeopleScreen = () => {
  const w = useWords(words);
  const names = useWords(roleWords);
  const me = useMe();
  const list = usePeople();
  const [text, setText] = useState('');
  const [open, setOpen] = useState<{ person?: Entry }>();
  const manages = me.person.roles.includes('administrator');
  const people = (list.data?.people ?? []).filter(({ name, account, department }) =>
    `${name} ${account} ${department}`.includes(text.trim()),
  );
  return (
    <Page
      title={w.title}
      extra={
        manages && (
          <Button type="primary" icon={<UserAddOutlined />} onClick={() => setOpen({})}>
            {w.add}
          </Button>
        )
      }
    >
      <Trouble error={list.error} retry={() => list.refetch()} />
      <Input
        allowClear
        aria-label={w.search}
        placeholder={w.search}
        value={text}
        onChange={({ target }) => setText(target.value)}
        className="gk-filters"
        style={{ maxWidth: 280 }}
      />
      <Table<Entry>
        rowKey="id"
        loading={list.isPending}
        dataSource={people}
        pagination={people.length > 50 ? { pageSize: 50 } : false}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: w.name, dataIndex: 'name' },
          { title: w.account, dataIndex: 'account' },
          { title: w.department, dataIndex: 'department' },
          {
            title: w.roles,
            render: (_, one) => one.roles.map((role) => <Tag key={role}>{names[role]}</Tag>),
          },
          { title: w.lastSignIn, render: (_, one) => (one.lastSignIn ? minute(one.lastSignIn) : w.never) },
          {
            title: w.state,
            render: (_, one) =>
              one.disabled ? <Tag color="red">{w.disabled}</Tag> : <Tag color="green">{w.active}</Tag>,
          },
          ...(manages
            ? [
                {
                  title: '',
                  render: (_: unknown, one: Entry) => (
                    <Button
                      size="small"
                      aria-label={`${w.change} ${one.name}`}
                      onClick={() => setOpen({ person: one })}
                    >
                      {w.change}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {open && <PersonForm {...open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
};
export default PeopleScreen;
