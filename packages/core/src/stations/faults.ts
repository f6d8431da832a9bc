import * as z from 'zod';
import type { Office } from '../commands/office.ts';
import { machine } from '../people/index.ts';
import type { BlobArea } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';
import { audited, auditOf, commitWithAudit, everyPublication } from '../repository/index.ts';
import { taskAudit } from './audit-duties.ts';

/** What no machine can mend: a record speaks of bytes that are not there. A person has to bring them back from a backup. */
export const fault = z.object({
  publication: z.string(),
  area: z.enum(['vault', 'renditions']),
  sha256: z.string(),
  foundAt: z.string(),
});
export type Fault = z.infer<typeof fault>;

const partition = 'faults';
const keyOf = ({ publication, area, sha256 }: Omit<Fault, 'foundAt'>) => ({
  partition,
  sort: `${publication}#${area}#${sha256}`,
});

/** Bytes that this publication cannot do without as it stands. */
const needed = (
  item: Publication,
): readonly { readonly area: BlobArea & Fault['area']; readonly sha256: string }[] => {
  if (item.state === 'stopped' || item.state === 'discarded') return [];
  const vault = [
    ...item.files.flatMap(({ sha256, type }) => (type === undefined ? [] : [sha256])),
    ...(item.pass?.files ?? []),
  ];
  const renditions = [item.bulk, ...item.files.flatMap(({ pdf, inspection }) => [pdf, inspection])];
  return [
    ...vault.map((sha256) => ({ area: 'vault' as const, sha256 })),
    ...renditions.flatMap((sha256) =>
      sha256 === undefined ? [] : [{ area: 'renditions' as const, sha256 }],
    ),
  ];
};

const hashesIn = async (office: Office, area: BlobArea): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for await (const { sha256 } of office.blobs.list(area)) found.add(sha256);
  return found;
};

export const faultsOf = async (office: Pick<Office, 'records'>, limit = 1000): Promise<readonly Fault[]> => {
  const { rows } = await office.records.query({ partition, limit });
  return rows.map(({ data }) => fault.parse(data));
};

/**
 * Compares the records with the bytes: what is missing is kept as a fault, audited, and shown in the console until it
 * is back. The records are read after the list, so that bytes stored meanwhile are asked for one by one.
 */
export const findFaults = async (given: Office): Promise<readonly Fault[]> => {
  const office = audited(given, taskAudit['find-faults']);
  const there = { vault: await hashesIn(office, 'vault'), renditions: await hashesIn(office, 'renditions') };
  const now = new Map<string, Fault>();
  for await (const item of everyPublication(office))
    for (const { area, sha256 } of needed(item)) {
      if (there[area].has(sha256) || (await office.blobs.head({ area, sha256 })) !== undefined) continue;
      const one: Fault = { publication: item.id, area, sha256, foundAt: office.clock.now() };
      now.set(keyOf(one).sort, one);
    }
  const { rows } = await office.records.query({ partition, limit: 1000 });
  const who = machine('reconcile');
  for (const row of rows) {
    if (now.has(row.sort)) {
      now.delete(row.sort);
      continue;
    }
    const { publication, ...details } = fault.parse(row.data);
    await commitWithAudit(office, auditOf(office, who, 'fault.over', publication, details), [
      { kind: 'delete', key: { partition, sort: row.sort }, expect: row.version },
    ]);
  }
  for (const [sort, one] of now) {
    const { publication, ...details } = one;
    await commitWithAudit(office, auditOf(office, who, 'fault.found', publication, details), [
      { kind: 'put', key: { partition, sort }, data: one, expect: 'absent' },
    ]);
  }
  return faultsOf(office);
};
