import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asTyped, verificationCode } from './verification-code.ts';

it('is 16 characters without I, L, O and U for 80 bits, one code for one value', () => {
  const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(bytes, (one) => {
      expect(verificationCode(one)).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    }),
  );
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      fc.pre(one.some((byte, i) => byte !== other[i]));
      expect(verificationCode(one)).not.toBe(verificationCode(other));
    }),
  );
});

it('is found however it was copied from paper', () => {
  expect(asTyped(' kh6k-g5rw bj9n z2７p ')).toBe('KH6KG5RWBJ9NZ27P');
  expect(asTyped('OIL0')).toBe('0110');
});
