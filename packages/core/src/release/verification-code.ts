/** Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed from paper. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 80 random bits as 16 characters: printed on the stamp, not to be guessed. */
export const verificationCode = (bytes: Uint8Array): string => {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let code = '';
  for (let left = Math.ceil((bytes.length * 8) / 5); left > 0; left -= 1) {
    code = (digits[Number(value & 31n)] ?? '') + code;
    value >>= 5n;
  }
  return code;
};

/** What a person typed, in the form in which codes are kept: spaces and hyphens dropped, O→0, I and L→1. */
export const asTyped = (code: string): string =>
  code.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
