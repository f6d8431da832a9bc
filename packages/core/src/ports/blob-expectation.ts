import { type Refusal, refusal } from '../refusal/index.ts';

/** `50 MB`, `1.5 kB`, `12 B`: decimal units, as file managers show them. */
const readableSize = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${Number(value.toFixed(1))} ${units[unit]}`;
};

export const tooLarge = (limit: number): Refusal => refusal('too-large', { limit: readableSize(limit) });

/** What is wrong with received bytes, judged alike by every Blobs adapter; undefined when all is as announced. */
export const receivedAsExpected = (
  received: { readonly sha256: string; readonly size: number },
  expect: { readonly sha256?: string; readonly size?: number },
): Refusal | undefined => {
  if (expect.size !== undefined && received.size < expect.size) {
    return refusal('truncated', { expected: expect.size, received: received.size });
  }
  if (expect.size !== undefined && received.size > expect.size) return refusal('checksum-mismatch');
  if (expect.sha256 !== undefined && received.sha256 !== expect.sha256) return refusal('checksum-mismatch');
  return undefined;
};
