import * as z from 'zod';
import type { Office } from '../commands/office.ts';
import { allowance, type Dictionary, officeWord } from '../dictionary/index.ts';
import { keys } from './keys.ts';

const head = z.object({ version: z.number().int() });

/**
 * The whole dictionary. The head is read first: what changes meanwhile makes the entries newer than the version that is
 * told, and the gate then compares once more; never the other way round.
 */
export const loadDictionary = async ({ records }: Pick<Office, 'records'>): Promise<Dictionary> => {
  const row = await records.get(keys.dictionary);
  if (row === undefined) return { version: 0, words: [], allowances: [] };
  const { version } = head.parse(row.data);
  const words: Dictionary['words'][number][] = [];
  const allowances: Dictionary['allowances'][number][] = [];
  let cursor: string | undefined;
  do {
    const page = await records.query({
      partition: keys.dictionaryEntries,
      limit: 1000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { sort, data } of page.rows)
      if (sort.startsWith('word/')) words.push(officeWord.parse(data));
      else allowances.push(allowance.parse(data));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return { version, words, allowances };
};
