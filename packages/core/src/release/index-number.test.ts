import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIndexNumber, isIndexNumberTemplate, parseIndexNumber } from './index-number.ts';

const usual = '{orgCode}/{year}-{serial:5}';

describe('index numbers as offices write them', () => {
  it.each([
    [usual, { orgCode: '11341702486344515H', year: 2021, serial: 13 }, '11341702486344515H/2021-00013'],
    [
      '{orgCode}-{year}-{serial:6}',
      { orgCode: '01527918X', year: 2020, serial: 153077 },
      '01527918X-2020-153077',
    ],
    [
      '{orgCode}/{year}{month}-{serial:5}',
      { orgCode: '1170', year: 2021, month: 10, serial: 13 },
      '1170/202110-00013',
    ],
    ['XZ{year}{serial:4}', { orgCode: 'x', year: 2026, serial: 7 }, 'XZ20260007'],
  ])('%s', (template, values, text) => {
    expect(formatIndexNumber(template, values)).toBe(text);
    expect(parseIndexNumber(template, text, values.orgCode)).toEqual(values);
  });

  it('lets a serial outgrow its digits instead of cutting it', () => {
    expect(formatIndexNumber(usual, { orgCode: 'A', year: 2026, serial: 123456 })).toBe('A/2026-123456');
  });

  it('reads back what it wrote, and never writes the same twice', () => {
    const template = fc.constantFrom(
      usual,
      '{serial:3}{year}',
      '{year}{serial}',
      'x.{year}{month}_{serial:9}/{orgCode}',
    );
    const values = fc.record({
      orgCode: fc.constant('00001434X'),
      year: fc.integer({ min: 2000, max: 2199 }),
      serial: fc.integer({ min: 1, max: 10_000_000 }),
    });
    fc.assert(
      fc.property(template, values, values, (shape, a, b) => {
        const text = formatIndexNumber(shape, a);
        expect(parseIndexNumber(shape, text, a.orgCode)).toMatchObject(a);
        expect(text === formatIndexNumber(shape, b)).toBe(a.year === b.year && a.serial === b.serial);
      }),
    );
  });

  it.each(['A/2026-0001', 'A/2026-00000', 'A/2026-0000013', 'B/2026-00001', 'A/2026-00001 ', 'A/26-00001'])(
    'does not read %j as one of its own',
    (text) => expect(parseIndexNumber(usual, text, 'A')).toBeUndefined(),
  );
});

describe('templates', () => {
  it.each([
    '{orgCode}/{year}',
    '{orgCode}/{serial:5}',
    '{year}-{serial}-{serial}',
    '{year}-{serial:0}',
    '{year:4}-{serial}',
    '{year}-{serial:5}-{place}',
    '{year} {serial}',
    '../{year}#{serial}',
  ])('refuses %j', (template) => {
    expect(isIndexNumberTemplate(template)).toBe(false);
    expect(() => formatIndexNumber(template, { orgCode: 'A', year: 2026, serial: 1 })).toThrow();
  });
});
