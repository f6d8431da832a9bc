import { CursorUnreadable } from '@gongkai/core';
import * as z from 'zod';

/** The stored sort of the last row of a page: the same position in every shard. */
const position = z.tuple([z.string().min(1)]);

export const encodeCursor = (sort: string): string =>
  Buffer.from(JSON.stringify([sort])).toString('base64url');

export const decodeCursor = (cursor: string): string => {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))[0];
  } catch (cause) {
    throw new CursorUnreadable('records: not a cursor', { cause });
  }
};
