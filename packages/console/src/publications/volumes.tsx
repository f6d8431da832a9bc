import { BookOutlined, DownloadOutlined } from '@ant-design/icons';
import type { office } from '@gongkai/api/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, InputNumber, Modal, Radio, Select, Table } from 'antd';
import { useState } from 'react';
import type * as z from 'zod';
import { call } from '../api/request.ts';
import { useMe, useOffice } from '../api/session.ts';
import { Trouble } from '../app/trouble.tsx';
import { day } from '../time/when.ts';
import { fill, useLanguage, useWords } from '../words/language.tsx';
import { volumeWords } from './words.ts';

type Volumes = z.infer<typeof office.volumes>;
type Year = { readonly year: number; readonly columns: readonly string[] };
type Asked = (Year | { readonly items: readonly string[] }) & { readonly pages: number };

const thicknesses = [200, 300, 400, 600, 1000];

export const queryOfVolumes = (asked: Asked): string =>
  String(
    new URLSearchParams({
      pages: String(asked.pages),
      ...('items' in asked
        ? { items: asked.items.join() }
        : {
            year: String(asked.year),
            ...(asked.columns.length > 0 ? { columns: asked.columns.join() } : {}),
          }),
    }),
  );

/** What it comes to, volume by volume, each made when it is asked for. */
const List = ({ asked }: { asked: Asked }) => {
  const w = useWords(volumeWords);
  const query = queryOfVolumes(asked);
  const list = useQuery({
    queryKey: ['volumes', query],
    queryFn: () => call<Volumes>(`/volumes?${query}`),
    retry: false,
  });
  if (list.error) return <Trouble error={list.error} retry={() => list.refetch()} />;
  return (
    <Table
      rowKey="volume"
      size="small"
      pagination={false}
      loading={list.isPending}
      dataSource={list.data?.volumes ?? []}
      scroll={{ y: 320 }}
      columns={[
        { title: w.volume, dataIndex: 'volume', width: 60 },
        { title: w.dates, key: 'dates', render: (_, { from, to }) => `${from} – ${to}` },
        {
          title: w.entries,
          key: 'entries',
          render: (_, { entries, withdrawn }) =>
            withdrawn > 0
              ? fill(w.withWithdrawn, { n: String(entries), m: String(withdrawn) })
              : String(entries),
        },
        { title: w.pages, dataIndex: 'pages', width: 80 },
        {
          title: '',
          key: 'download',
          width: 110,
          render: (_, { volume }) => (
            <Button
              type="link"
              icon={<DownloadOutlined />}
              href={`/api/volumes/${volume}?${query}`}
              aria-label={fill(w.downloadOf, { n: String(volume) })}
            >
              {w.download}
            </Button>
          ),
        },
      ]}
    />
  );
};

export const mayBind = (roles: readonly string[]): boolean =>
  roles.includes('records-officer') || roles.includes('supervisor');

/** 年终装订: for those who file (档案员) and those who supervise; a year, or what was chosen in the list (`chosen`, ids). */
export const Volumes = ({ column, chosen }: { column: string | undefined; chosen: readonly string[] }) => {
  const w = useWords(volumeWords);
  const { language } = useLanguage();
  const me = useMe();
  const office = useOffice();
  const [open, setOpen] = useState(false);
  const [which, setWhich] = useState<'year' | 'chosen'>('year');
  const [pages, setPages] = useState(400);
  const [year, setYear] = useState<Year>({
    year: Number(day(new Date().toISOString()).slice(0, 4)),
    columns: column === undefined ? [] : [column],
  });
  if (!mayBind(me.person.roles)) return null;
  return (
    <>
      <Button
        icon={<BookOutlined />}
        onClick={() => {
          setWhich(chosen.length > 0 ? 'chosen' : 'year');
          setOpen(true);
        }}
      >
        {w.title}
      </Button>
      <Modal
        open={open}
        title={w.title}
        footer={null}
        width={720}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p>{w.what}</p>
        <Form layout="vertical">
          <Flex gap={12} wrap align="end">
            <Form.Item>
              <Radio.Group
                aria-label={w.which}
                value={which}
                onChange={({ target }) => setWhich(target.value)}
                options={[
                  { value: 'year', label: w.aYear },
                  {
                    value: 'chosen',
                    label: fill(w.theChosen, { n: String(chosen.length) }),
                    disabled: chosen.length === 0,
                    title: w.howChosen,
                  },
                ]}
              />
            </Form.Item>
            <Form.Item label={w.thickness} htmlFor="volume-pages">
              <Select
                id="volume-pages"
                value={pages}
                onChange={setPages}
                options={thicknesses.map((value) => ({ value, label: value }))}
                style={{ width: 110 }}
              />
            </Form.Item>
          </Flex>
          {which === 'year' && (
            <Flex gap={12} wrap>
              <Form.Item label={w.year} htmlFor="volume-year">
                <InputNumber
                  id="volume-year"
                  min={1949}
                  max={2999}
                  value={year.year}
                  onChange={(given) => given !== null && setYear({ ...year, year: given })}
                />
              </Form.Item>
              <Form.Item label={w.columns} htmlFor="volume-columns" style={{ flex: 1, minWidth: 220 }}>
                <Select
                  id="volume-columns"
                  mode="multiple"
                  allowClear
                  maxTagCount="responsive"
                  placeholder={w.allColumns}
                  value={[...year.columns]}
                  onChange={(columns) => setYear({ ...year, columns })}
                  options={(office.data?.columns ?? []).map((one) => ({
                    value: one.key,
                    label: one[language],
                  }))}
                />
              </Form.Item>
            </Flex>
          )}
        </Form>
        {open && <List asked={which === 'chosen' ? { items: chosen, pages } : { ...year, pages }} />}
      </Modal>
    </>
  );
};
