import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';

describe('canonical JSON', () => {
  it('sorts keys at every depth and leaves out what is undefined', () => {
    expect(canonicalJson({ b: 1, a: { d: [2, null], c: '公开' }, z: undefined })).toBe(
      '{"a":{"c":"公开","d":[2,null]},"b":1}',
    );
  });

  it('writes numbers and keys as RFC 8785 does', () => {
    expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    );
    const keys = ['\u20ac', '\r', '1', '\ud83d\ude00', '\u00f6', '\ufb33'];
    expect(canonicalJson(Object.fromEntries(keys.map((key, at) => [key, at])))).toBe(
      '{"\\r":1,"1":2,"\u00f6":4,"\u20ac":0,"\ud83d\ude00":3,"\ufb33":5}',
    );
  });

  it('does not depend on the order in which keys were set, and loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
          expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(text);
        }
      }),
    );
  });

  it('throws on what JSON cannot hold', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const deep: unknown = JSON.parse('['.repeat(101) + ']'.repeat(101));
    for (const value of [
      Number.NaN,
      undefined,
      [undefined],
      () => 1,
      1n,
      new Date(0),
      new Map(),
      cycle,
      deep,
    ]) {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    }
  });
});
