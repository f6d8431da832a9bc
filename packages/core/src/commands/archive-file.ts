import type { FileType } from '../document/index.ts';
import { machine } from '../people/index.ts';
import type { BlobRef } from '../ports/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { load, update } from '../repository/index.ts';
import type { Office } from './office.ts';

/** 归档: one file of a publication, as it was released and as it came. */
export type ArchivedFile = {
  readonly release: BlobRef;
  readonly original: BlobRef;
  /** The original's, as uploaded. */
  readonly name: string;
  readonly type: FileType;
  readonly receivedAt: string;
};

/**
 * What the archive keeps of a publication: each release with the original that it was made of. **Never public**: an original
 * holds what was covered; no route asks this. Refuses `not-found` (nothing was ever released under this id), `bytes-changed`
 * (a release that no gate has passed).
 */
export const archivedFilesOf = async (
  office: Office,
  id: string,
): Promise<Result<readonly ArchivedFile[], Refusal>> => {
  const item = /^[A-Za-z0-9_-]{1,80}$/.test(id) ? (await load(office, id))?.item : undefined;
  if (item === undefined || item.state === 'stopped' || item.publishedAt === undefined || !item.release)
    return err(refusal('not-found'));
  const files: ArchivedFile[] = [];
  for (const [n, { sha256 }] of item.release.files.entries()) {
    const original = item.files[n];
    if (item.pass?.files[n] !== sha256 || original?.type === undefined) return err(refusal('bytes-changed'));
    files.push({
      release: { area: 'vault', sha256 },
      original: { area: 'vault', sha256: original.sha256 },
      name: original.name,
      type: original.type,
      receivedAt: item.createdAt,
    });
  }
  return ok(files);
};

/**
 * That originals are taken out for the archive, in the audit before the first of them is written: they hold what was covered.
 * `account`: whose terminal it was.
 */
export const recordArchived = async (
  office: Office,
  id: string,
  files: readonly ArchivedFile[],
  account: string,
): Promise<Result<undefined, Refusal>> => {
  const recorded = await update(office, id, machine('archive'), (item) =>
    ok({
      action: 'publication.archived',
      details: { account, originals: files.map(({ original }) => original.sha256) },
      item,
    }),
  );
  return recorded.ok ? ok(undefined) : recorded;
};
