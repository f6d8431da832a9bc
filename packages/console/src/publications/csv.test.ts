import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';

const one = (value: string | number) =>
  csv([['x', (row: { v: string | number }) => row.v]], [{ v: value }]).split('\r\n')[1];

describe('an exported list', () => {
  it('begins with the mark of UTF-8 and keeps quotes, commas and line breaks in their cell', () => {
    expect(csv([['名称', ({ t }: { t: string }) => t]], [{ t: '一、"二"\n三,四' }])).toBe(
      '\uFEFF名称\r\n"一、""二""\n三,四"\r\n',
    );
  });

  it.each(['=1+1', '+86', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1+1', '\r=1'])(
    'does not let %j run as a formula',
    (text) => {
      expect(csv([['x', () => text]], [{}])).toContain(`'${text}`);
    },
  );

  it('leaves numbers and ordinary text alone', () => {
    expect(one(-5)).toBe('-5');
    expect(one('政办发〔2026〕8号')).toBe('政办发〔2026〕8号');
  });
});
