import { CursorUnreadable } from '@gongkai/core';
import * as z from 'zod';

/** Where a page ended: the sort value and the row, which tells equal sort values apart. */
const position = z.tuple([z.string(), z.number().int()]);
export type Position = z.infer<typeof position>;

export const encodeCursor = (at: Position): string => Buffer.from(JSON.stringify(at)).toString('base64url');

export const decodeCursor = (cursor: string): Position => {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new CursorUnreadable('records: not a cursor', { cause });
  }
};
