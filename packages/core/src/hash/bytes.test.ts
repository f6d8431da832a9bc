import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64, fromHex, sha256Hex, toBase64, toHex } from './bytes.ts';

it('hashes text as UTF-8 (FIPS 180-4 vector)', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256Hex('公开')).toBe(sha256Hex(new Uint8Array([0xe5, 0x85, 0xac, 0xe5, 0xbc, 0x80])));
});

it('gives back the bytes that went in', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromHex(toHex(bytes))).toEqual(bytes);
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
});

it('refuses a second spelling of the same bytes', () => {
  expect(fromBase64('AA==')).toEqual(new Uint8Array([0]));
  for (const text of ['AB==', 'AA=', 'AA', 'A A=', 'AA==\n', '-_=='])
    expect(fromBase64(text)).toBeUndefined();
  for (const text of ['0', 'AA', 'zz']) expect(fromHex(text)).toBeUndefined();
});
