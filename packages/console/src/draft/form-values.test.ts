import type { Publication } from '@gongkai/core';
import { describe, expect, it } from 'vitest';
import { changeOf, type Field, valuesOf } from './form-values.ts';

const item = {
  metadata: {
    title: '关于清明节放假的通知',
    documentNumber: '',
    office: '某县人民政府',
    generatedOn: '2026-03-20',
    summary: '',
    theme: '综合政务/政务公开',
    genre: '通知',
    keywords: ['放假'],
    column: 'notice',
    disclosure: 'proactive',
    audience: '面向社会',
    validity: 'effective',
  },
  display: { kind: 'days', amount: 7 },
  major: false,
  publishAt: '2026-04-01T01:00:00.000Z',
} as unknown as Publication;
const touch = (...fields: Field[]) => new Set(fields);

describe('the form of the catalogue entry', () => {
  it('changes nothing when nothing was touched', () => {
    expect(changeOf(valuesOf(item), touch())(item)).toEqual({ metadata: item.metadata });
  });

  it('keeps what the machines read meanwhile into fields that the person left alone', () => {
    const newer = {
      ...item,
      metadata: { ...item.metadata, documentNumber: '政办发〔2026〕8号' },
    } as Publication;
    const change = changeOf({ ...valuesOf(item), title: '新标题' }, touch('title'))(newer);
    expect(change.metadata).toMatchObject({ title: '新标题', documentNumber: '政办发〔2026〕8号' });
    expect(change).not.toHaveProperty('display');
  });

  it('joins the theme and takes the time of publishing back when the field is emptied', () => {
    const values = { ...valuesOf(item), theme: ['财政', '预算'], publishAt: '' };
    const change = changeOf(values, touch('theme', 'publishAt'))(item);
    expect(change).toMatchObject({ metadata: { theme: '财政/预算' }, publishAt: null });
  });
});
