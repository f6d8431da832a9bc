import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Flex, Input, Select, Switch, Table } from 'antd';
import { useState } from 'react';
import {
  type Filters,
  type Line,
  type Page as Lines,
  queryOf,
  usePublications,
} from '../api/publications.ts';
import { call } from '../api/request.ts';
import { useMe, useOffice } from '../api/session.ts';
import { Page } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { day } from '../time/when.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { states } from '../words/names.ts';
import { type Column, csv } from './csv.ts';
import { useFilters } from './filters.ts';
import { useCsvColumns, useListColumns } from './list-columns.tsx';
import { MonthlyList } from './monthly-list.tsx';
import { Poster, standsNow, wasPublic } from './poster.tsx';
import { mayBind, Volumes } from './volumes.tsx';
import { posterWords, words } from './words.ts';

const FilterBar = ({ filters, set, clear, keep }: ReturnType<typeof useFilters>) => {
  const w = useWords(words);
  const names = useWords(states);
  const office = useOffice();
  const { language } = useLanguage();
  const { message } = App.useApp();
  return (
    <Flex gap={8} wrap align="center" className="gk-filters">
      <Input.Search
        allowClear
        aria-label={w.search}
        placeholder={w.search}
        defaultValue={filters.q ?? ''}
        onSearch={(q) => set({ q })}
        style={{ width: 240 }}
      />
      <Select
        aria-label={w.state}
        value={filters.state ?? ''}
        onChange={(state) => set({ state })}
        options={[
          { value: '', label: w.allStates },
          ...Object.entries(names).map(([value, label]) => ({ value, label })),
        ]}
        style={{ width: 170 }}
      />
      <Select
        aria-label={w.column}
        value={filters.column ?? ''}
        onChange={(column) => set({ column })}
        options={[
          { value: '', label: w.allColumns },
          ...(office.data?.columns ?? []).map((column) => ({ value: column.key, label: column[language] })),
        ]}
        style={{ width: 190 }}
      />
      <label className="gk-switch" htmlFor="only-mine">
        <Switch id="only-mine" checked={filters.mine ?? false} onChange={(mine) => set({ mine })} /> {w.mine}
      </label>
      <Button
        type="text"
        onClick={() => {
          keep();
          void message.success(w.kept);
        }}
      >
        {w.save}
      </Button>
      {Object.keys(filters).length > 0 && (
        <Button type="text" onClick={clear}>
          {w.clear}
        </Button>
      )}
    </Flex>
  );
};

/** Reads every page of the list, not only those on the screen. */
const everyLine = async (filters: Filters): Promise<Line[]> => {
  const lines: Line[] = [];
  for (let cursor: string | undefined, first = true; first || cursor; first = false) {
    const page = await call<Lines>(`/publications${queryOf(filters, cursor)}`);
    lines.push(...page.items);
    cursor = page.cursor;
  }
  return lines;
};

const download = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

const Export = ({ filters, columns }: { filters: Filters; columns: readonly Column<Line>[] }) => {
  const w = useWords(words);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async () => {
    setBusy(true);
    setError(undefined);
    try {
      download(`gongkai-${day(new Date().toISOString())}.csv`, csv(columns, await everyLine(filters)));
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Trouble error={error} />
      <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void run()}>
        {busy ? w.exporting : w.export}
      </Button>
    </>
  );
};

/** 信息管理 */
const PublicationsScreen = () => {
  const w = useWords(words);
  const { language } = useLanguage();
  const office = useOffice();
  const state = useFilters();
  const list = usePublications(state.filters);
  const columns = useListColumns();
  const p = useWords(posterWords);
  const [chosen, setChosen] = useState<readonly Line[]>([]);
  const now = new Date().toISOString();
  const binds = mayBind(useMe().person.roles);
  const idsOf = (may: (line: Line, now: string) => boolean) =>
    chosen.filter((line) => may(line, now)).map(({ id }) => id);
  const nameOf = (key: string) =>
    office.data?.columns.find((column) => column.key === key)?.[language] ?? key;
  return (
    <Page
      title={w.title}
      extra={
        <Flex gap={8} wrap>
          <Poster chosen={idsOf(standsNow)} />
          <MonthlyList />
          <Volumes column={state.filters.column} chosen={idsOf(wasPublic)} />
          <Export filters={state.filters} columns={useCsvColumns(nameOf)} />
        </Flex>
      }
    >
      <FilterBar {...state} />
      <Trouble error={list.error} retry={() => list.refetch()} />
      <Table
        rowKey="id"
        size="middle"
        columns={columns}
        rowSelection={{
          selectedRowKeys: chosen.map(({ id }) => id),
          preserveSelectedRowKeys: true,
          hideSelectAll: true,
          onChange: (_, lines) => setChosen(lines),
          getCheckboxProps: (line) => {
            const may = standsNow(line, now) || (binds && wasPublic(line, now));
            return {
              disabled: !may,
              title: may ? p.choose : binds ? p.neverPublic : p.notPublic,
              'aria-label': p.choose,
            } as object;
          },
        }}
        dataSource={list.data?.pages.flatMap(({ items }) => items) ?? []}
        loading={list.isPending}
        pagination={false}
        locale={{ emptyText: w.none }}
        scroll={{ x: 'max-content' }}
      />
      {list.hasNextPage && (
        <Flex justify="center" className="gk-more">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {w.more}
          </Button>
        </Flex>
      )}
    </Page>
  );
};
export default PublicationsScreen;
