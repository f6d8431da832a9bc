import { describe, expect, it } from 'vitest';
import { byteRange } from './byte-range.ts';

const whole = { kind: 'whole' };
const unsatisfiable = { kind: 'unsatisfiable' };
const part = (start: number, end: number) => ({ kind: 'part', start, end });

describe('a byte range', () => {
  it.each([
    [undefined, 10, whole],
    ['bytes=0-0', 10, part(0, 1)],
    ['bytes=0-9', 10, part(0, 10)],
    ['bytes=3-', 10, part(3, 10)],
    ['bytes=9-', 10, part(9, 10)],
    ['bytes=2-99', 10, part(2, 10)],
    ['bytes=-3', 10, part(7, 10)],
    ['bytes=-99', 10, part(0, 10)],
    ['bytes = 1 - 2', 10, part(1, 3)],
    ['bytes=10-', 10, unsatisfiable],
    ['bytes=10-20', 10, unsatisfiable],
    ['bytes=-0', 10, unsatisfiable],
    ['bytes=0-', 0, unsatisfiable],
    ['bytes=-5', 0, unsatisfiable],
    ['bytes=5-2', 10, whole],
    ['bytes=-', 10, whole],
    ['bytes=0-1,4-5', 10, whole],
    ['bytes=a-b', 10, whole],
    ['bytes=-1-2', 10, whole],
    ['items=0-1', 10, whole],
    ['bytes=99999999999999999999-', 10, whole],
  ] as const)('%s of %i bytes', (header, size, expected) => {
    expect(byteRange(header, size)).toEqual(expected);
  });
});
