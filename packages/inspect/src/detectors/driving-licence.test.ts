import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { drivingLicence } from './driving-licence.ts';

describe('driving-licence', () => {
  it.each([
    ['驾驶证档案编号：210500123456', ['210500123456']],
    ['驾驶证档案编号 2105 0012 3456', ['2105 0012 3456']],
    ['驾照号２１０５００１２３４５６', ['210500123456']],
    ['姓名 驾驶证档案编号\n王某 210500\n123456', ['210500|123456']],
  ])('finds %s', (text, expected) => {
    expect(detected(drivingLicence, text)).toEqual(expected);
  });

  it.each(['档案编号 210500123456', '驾驶证工本费10元', '驾驶证 2105001234567', '驾驶证 2105****3456'])(
    'leaves %s alone',
    (text) => {
      expect(detected(drivingLicence, text)).toEqual([]);
    },
  );
});
