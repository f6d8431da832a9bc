import type { Office } from '../commands/office.ts';
import type { Publication } from '../publication/index.ts';
import { retainedUntil } from '../release/index.ts';

/**
 * 留存: locks the originals and releases of what is public for the years of the policy, so that nobody, no function
 * either, can destroy them before. Only ever lengthens; run again it changes nothing. Bytes that are not there throw:
 * what is public must be in the vault.
 */
export const retain = async (office: Office, item: Publication): Promise<string | undefined> => {
  const until = retainedUntil(item, office.policy, office.clock.now());
  if (until === undefined) return undefined;
  const originals = item.files.flatMap(({ sha256, type }) => (type === undefined ? [] : [sha256]));
  for (const sha256 of new Set([...originals, ...(item.pass?.files ?? []), ...(item.pass?.ofds ?? [])])) {
    const outcome = await office.blobs.retainUntil({ area: 'vault', sha256 }, until);
    // `retained`: another publication with the same bytes holds them for longer.
    if (!outcome.ok && outcome.error.code !== 'retained')
      throw new Error(`retain vault/${sha256}: ${outcome.error.code}`);
  }
  return until;
};
