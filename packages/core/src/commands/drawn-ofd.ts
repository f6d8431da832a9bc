import type { BlobRef } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';
import { err, type Refusal, type Result, refusal } from '../refusal/index.ts';
import type { Office } from './office.ts';

/**
 * An OFD drawn page by page as it is read now: the upload (`original`), or what is delivered beside the release PDF
 * (`release`), for the eyes of staff. No record names the bytes, so they are cleared away with what is orphaned.
 */
export const drawnOfd = async (
  office: Office,
  item: Publication,
  file: number,
  of: 'original' | 'release',
): Promise<Result<BlobRef, Refusal>> => {
  const entry = item.state === 'stopped' ? undefined : item.files[file];
  const sha256 =
    of === 'release'
      ? entry && item.release?.files[file]?.ofd?.sha256
      : entry?.type === 'ofd'
        ? entry.sha256
        : undefined;
  if (sha256 === undefined) return err(refusal('not-found'));
  const drawn = await office.converter.convert({ area: 'vault', sha256 }, 'ofd', `${sha256}.ofd`);
  return drawn.ok ? { ok: true, value: drawn.value.pdf } : drawn;
};
