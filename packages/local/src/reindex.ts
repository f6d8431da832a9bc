import { everyone, list, type Office, runMessage, visible } from '@gongkai/core';

/** Makes the search index again from what is visible now. Returns how many items went in. */
export const reindex = async (office: Office): Promise<number> => {
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
