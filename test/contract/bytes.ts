import { createHash } from 'node:crypto';
import type { Bytes } from '@gongkai/core';

export const sha256Of = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

export const bytesOf = async function* (
  ...pieces: readonly (string | Uint8Array)[]
): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
};

/** A connection that breaks after these pieces. */
export const brokenAfter = async function* (...pieces: readonly string[]): AsyncGenerator<Uint8Array> {
  yield* bytesOf(...pieces);
  throw new Error('connection lost');
};

export const textOf = async (content: Bytes | undefined): Promise<string | undefined> => {
  if (content === undefined) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};
