import { CalendarOutlined } from '@ant-design/icons';
import { Button, Flex, Input, Popover } from 'antd';
import { useState } from 'react';
import { day } from '../time/when.ts';
import { useWords } from '../words/language.tsx';
import { monthWords } from './words.ts';

/** 目录月报: what became public in a month and still is, as a PDF. */
export const MonthlyList = () => {
  const w = useWords(monthWords);
  const [month, setMonth] = useState(() => day(new Date().toISOString()).slice(0, 7));
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Flex gap={8} align="center">
          <label htmlFor="list-month">{w.month}</label>
          <Input
            id="list-month"
            type="month"
            min="1949-01"
            max="2999-12"
            value={month}
            onChange={({ target }) => setMonth(target.value)}
            style={{ width: 170 }}
          />
          <Button
            type="primary"
            disabled={month === ''}
            href={`/api/monthly-list?month=${month}`}
            target="_blank"
            rel="noreferrer"
          >
            {w.open}
          </Button>
        </Flex>
      }
    >
      <Button icon={<CalendarOutlined />}>{w.title}</Button>
    </Popover>
  );
};
