import type { Office } from '../commands/office.ts';
import type { BlobRef, Instant } from '../ports/index.ts';
import { type Publication, type State, state } from '../publication/index.ts';
import { audited, everyPublication, load } from '../repository/index.ts';
import { taskAudit } from './audit-duties.ts';

/** Longer than any station takes between storing bytes and committing the record that speaks of them. */
const graceMinutes = 60;

/**
 * 无主字节清理: what a killed machine had stored and no record speaks of, renditions of a file that was taken out of
 * its draft, printed forms. It is more than tidiness: such a file may be a second conversion of a document that was
 * stopped for a state secret, and the order to destroy cannot have known of it. Originals stay as long as the
 * publication that they were uploaded to is not stopped. Returns how many are gone.
 */
export const clearOrphans = async (given: Office): Promise<number> => {
  const office = audited(given, taskAudit['clear-orphans']);
  const before = new Date(Date.parse(office.clock.now()) - graceMinutes * 60_000).toISOString();
  const held = await hashesInUse(office, notStopped);
  let gone = 0;
  for (const area of ['renditions', 'vault'] as const)
    for (const sha256 of await storedBefore(office, area, before)) {
      if (held.has(sha256) || (area === 'vault' && (await isHeld(office, sha256)))) continue;
      const outcome = await office.blobs.destroy({ area, sha256 });
      if (outcome.ok) gone += 1;
    }
  return gone;
};

const notStopped = state.options.filter((one) => one !== 'stopped');

const storedBefore = async (office: Office, area: BlobRef['area'], before: Instant): Promise<string[]> => {
  const found: string[] = [];
  for await (const { sha256, storedAt } of office.blobs.list(area)) if (storedAt < before) found.push(sha256);
  return found;
};

const hashesOf = (item: Publication): readonly (string | undefined)[] => [
  ...item.files.flatMap(({ sha256, pdf, examination, inspection }) => [sha256, pdf, examination, inspection]),
  item.former,
  item.bulk,
  ...(item.release?.files.flatMap(({ sha256, ofd }) => [sha256, ofd?.sha256]) ?? []),
  ...(item.pass?.files ?? []),
  ...(item.pass?.ofds ?? []),
];

/** Twice, because a publication that is sent back during the first look may be passed over by it. */
export const hashesInUse = async (
  office: Pick<Office, 'records'>,
  states: readonly State[],
): Promise<ReadonlySet<string>> => {
  const held = new Set<string>();
  for (const _look of [1, 2])
    for await (const item of everyPublication(office, states))
      for (const sha256 of hashesOf(item)) if (sha256 !== undefined) held.add(sha256);
  return held;
};

/** By a publication that it was uploaded to or published by, unless that was stopped. */
const isHeld = async (office: Office, sha256: string): Promise<boolean> => {
  const { rows } = await office.records.query({ partition: `holder/${sha256}`, limit: 1000 });
  for (const { sort } of rows)
    if ((await load(office, sort.split(':')[0] ?? sort))?.item.state !== 'stopped') return true;
  return false;
};
