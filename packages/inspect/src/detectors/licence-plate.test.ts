import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { licencePlate } from './licence-plate.ts';

describe('licence-plate', () => {
  it.each([
    ['车牌京A12345', ['京A12345']],
    ['辽E·12B45', ['辽E·12B45']],
    ['粤B D12345', ['粤B D12345']],
    ['沪A12345D', ['沪A12345D']],
    ['京 A\n12345', ['京 A|12345']],
    ['京\u200bＡ１２３４５', ['京A12345']],
  ])('finds %s', (text, expected) => {
    expect(detected(licencePlate, text)).toEqual(expected);
  });

  it.each(['京ICP备12345678号', '京A1****', '京ABCDEF', '新A级景区', '川A123456789'])(
    'leaves %s alone',
    (text) => {
      expect(detected(licencePlate, text)).toEqual([]);
    },
  );
});
