import { Table } from 'antd';
import type { Dictionary } from '../api/dictionary.ts';
import { Nothing } from '../app/page.tsx';
import { minute } from '../time/when.ts';
import { fill, nameOf, useWords } from '../words/language.tsx';
import { actions, kinds as kindWords } from '../words/names.ts';
import { words } from './words.ts';

/** 变更记录: who changed what, from the audit itself. */
export const Changes = ({ dictionary }: { dictionary: Dictionary }) => {
  const w = useWords(words);
  const done = useWords(actions);
  const kinds = useWords(kindWords);
  if (dictionary.changes.length === 0) return <Nothing>{w.noChanges}</Nothing>;
  return (
    <Table<Dictionary['changes'][number]>
      rowKey={({ at, action, about }) => at + action + about}
      dataSource={dictionary.changes}
      pagination={dictionary.changes.length > 50 ? { pageSize: 50 } : false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: w.at, render: (_, one) => minute(one.at) },
        { title: w.who, dataIndex: 'actor' },
        { title: w.what, render: (_, one) => nameOf(done, one.action) },
        {
          title: w.about,
          render: (_, { about }) => {
            const [first = '', ...rest] = about.split(' ');
            return rest.length > 0 ? `${nameOf(kinds, first)} ${rest.join(' ')}` : about;
          },
        },
        {
          title: w.becomes,
          render: (_, one) => (one.version === undefined ? '' : fill(w.version, { n: one.version })),
        },
      ]}
    />
  );
};
