import { existsSync, rmSync } from 'node:fs';
import { everyone, list, type Office, runMessage, visible } from '@gongkai/core';
import { type Host, places } from './host.ts';

const reindex = async (office: Office): Promise<number> => {
  let done = 0;
  let cursor: string | undefined;
  do {
    const page = await list(office, {
      index: 'recent',
      partition: 'public',
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { item } of page.items) {
      if (visible(item, everyone, office.clock.now()) !== 'visible') continue;
      await runMessage(office, {
        id: `reindex:${item.id}`,
        type: 'index',
        version: 1,
        subject: item.id,
        payload: {},
        occurredAt: office.clock.now(),
        causationId: 'reindex',
        correlationId: item.correlationId,
      });
      done += 1;
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return done;
};

/**
 * Fills a new search file (lost, restored, of an older version) from what is visible now; nothing to do for one that
 * is full. Returns how many items went in.
 */
export const refillSearch = async ({ office, data }: Pick<Host, 'office' | 'data'>): Promise<number> => {
  const { refilling } = places(data);
  if (!existsSync(refilling)) return 0;
  const done = await reindex(office);
  rmSync(refilling, { force: true });
  return done;
};
