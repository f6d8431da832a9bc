const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Crockford's base32: codes that people copy by hand (no I, L, O, U). 5 bits a character, the last one filled
 * up with zero bits: 10 bytes give 16 characters.
 */
export const crockford = (bytes: Uint8Array): string => {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += digits[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + digits[(held << (5 - bits)) & 31];
};
