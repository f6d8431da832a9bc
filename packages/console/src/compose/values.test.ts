import { composable, fieldsOf } from '@gongkai/core';
import { expect, it } from 'vitest';
import { begun, filled, pathOf } from './values.ts';

it('sends what was filled in: empty boxes and lines are left out, choices stay', () => {
  expect(
    filled({
      title: ' 通知 ',
      note: '',
      mark: undefined,
      sealed: false,
      offices: ['甲镇', '', undefined],
      attachments: [{ title: '表', body: ' ' }],
    }),
  ).toEqual({ title: ' 通知 ', sealed: false, offices: ['甲镇'], attachments: [{ title: '表' }] });
});

it('begins with the office, today and what the form itself proposes', () => {
  expect(begun(fieldsOf(composable['official-letter'].schema), '甲镇', '2026-03-03')).toEqual({
    layout: 'document',
    offices: ['甲镇'],
    signers: [],
    recipients: '',
    attachments: [],
    date: '2026-03-03',
    sealed: true,
  });
});

it('finds the box that a refusal speaks of', () => {
  expect(pathOf('attachments.1.title')).toEqual(['attachments', 1, 'title']);
});

it('has a name in both languages for every box of every form', () => {
  for (const { schema } of Object.values(composable))
    for (const field of fieldsOf(schema).flatMap((one) => [one, ...(one.rows ?? [])])) {
      expect(field.zh, field.key).toMatch(/\p{Script=Han}/u);
      expect(field.en, field.key).toMatch(/^[A-Z]/);
    }
});
