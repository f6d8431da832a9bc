import type { Display } from '@gongkai/core';
import { Flex, Input, InputNumber, Select } from 'antd';
import { useWords } from '../words/language.tsx';
import { words } from './words.ts';

const kinds = ['days', 'working-days', 'until', 'long-term'] as const;

const begin = (kind: Display['kind'], before: Display): Display => {
  switch (kind) {
    case 'days':
    case 'working-days':
      return { kind, amount: 'amount' in before ? before.amount : 7 };
    case 'until':
      return { kind, date: '' };
    case 'long-term':
      return { kind };
  }
};

/** 展示期限. A form control: `value` and `onChange` come from the form. */
export const DisplayField = ({
  id,
  value = { kind: 'long-term' },
  onChange,
}: {
  id?: string;
  value?: Display;
  onChange?: (value: Display) => void;
}) => {
  const w = useWords(words);
  const change = (next: Display) => onChange?.(next);
  return (
    <Flex gap={8} wrap>
      {'amount' in value && (
        <InputNumber
          aria-label={w.amount}
          min={1}
          max={value.kind === 'days' ? 3660 : 2000}
          precision={0}
          value={value.amount}
          onChange={(amount) => change({ ...value, amount: amount ?? 1 })}
          style={{ width: 90 }}
        />
      )}
      <Select
        {...(id ? { id } : {})}
        aria-label={w.display}
        value={value.kind}
        options={kinds.map((kind) => ({ value: kind, label: w[kind] }))}
        onChange={(kind) => change(begin(kind, value))}
        style={{ width: 150 }}
      />
      {value.kind === 'until' && (
        <Input
          type="date"
          aria-label={w.date}
          value={value.date}
          onChange={({ target }) => change({ ...value, date: target.value })}
          style={{ width: 170 }}
        />
      )}
    </Flex>
  );
};
