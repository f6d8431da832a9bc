import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crockford } from './crockford.ts';

it('writes five bits a character', () => {
  expect(crockford(new TextEncoder().encode('foobar'))).toBe('CSQPYRK1E8');
  expect(crockford(new Uint8Array(10).fill(255))).toBe('ZZZZZZZZZZZZZZZZ');
});

it('gives different codes for different bytes of one length', () => {
  const ten = fc.uint8Array({ minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(ten, ten, (a, b) => (crockford(a) === crockford(b)) === a.every((byte, i) => byte === b[i])),
  );
});
