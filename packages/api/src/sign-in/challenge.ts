import type { Key, Office } from '@gongkai/core';
import * as z from 'zod';

const challengeRecord = z.object({
  challenge: z.string(),
  /** Who registers; empty for a sign-in, where nobody is known yet. */
  person: z.string(),
  until: z.string(),
});

const keyOf = (id: string): Key => ({ partition: `challenge/${id}`, sort: 'record' });

/** Keeps a passkey challenge for five minutes; the id goes to the browser. */
export const keepChallenge = async (office: Office, challenge: string, person: string): Promise<string> => {
  const id = Buffer.from(office.randomness.bytes(16)).toString('hex');
  const until = new Date(Date.parse(office.clock.now()) + 300_000).toISOString();
  await office.records.commit([
    {
      kind: 'put',
      key: keyOf(id),
      data: { challenge, person, until },
      indexes: { due: { partition: 'rubbish', sort: `${until}#${id}` } },
      expect: 'absent',
    },
  ]);
  return id;
};

/** Takes it out, once: an answer cannot be played a second time. */
export const takeChallenge = async (
  office: Office,
  id: string,
  person: string,
): Promise<string | undefined> => {
  if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
  const row = await office.records.get(keyOf(id));
  if (!row) return undefined;
  const taken = await office.records.commit([{ kind: 'delete', key: keyOf(id), expect: row.version }]);
  const held = challengeRecord.parse(row.data);
  return taken.ok && held.person === person && held.until > office.clock.now() ? held.challenge : undefined;
};
