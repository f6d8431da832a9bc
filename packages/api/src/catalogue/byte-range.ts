/** `end` exclusive. `whole`: no range, or one that RFC 9110 §14.2 lets us ignore. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' };

const whole: ByteRange = { kind: 'whole' };
const unsatisfiable: ByteRange = { kind: 'unsatisfiable' };

/** One range of bytes. Several at once, other units and bad syntax are ignored: the whole file is a right answer to them. */
export const byteRange = (header: string | undefined, size: number): ByteRange => {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.replace(/\s+/g, '') ?? '');
  if (!match) return whole;
  const [, first = '', last = ''] = match;
  if (first === '') {
    if (last === '') return whole;
    const length = Number(last);
    if (length === 0 || size === 0) return unsatisfiable;
    return { kind: 'part', start: Math.max(0, size - length), end: size };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return whole;
  if (start >= size) return unsatisfiable;
  return { kind: 'part', start, end: last === '' ? size : Math.min(Number(last) + 1, size) };
};
