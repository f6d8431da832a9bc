import type { BlobRef } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { dayOf } from '../release/index.ts';
import { plannedTime, planOf } from '../stations/render.ts';
import type { Office } from './office.ts';

/**
 * 预览出件: what the release of this file would be with the answers as they stand now, for the eyes of staff. Nothing is
 * numbered, recorded or approved by it; no record names the bytes, so they are cleared away with what is orphaned.
 */
export const previewOf = async (
  office: Office,
  item: Publication,
  file: number,
): Promise<Result<BlobRef, Refusal>> => {
  const pdf = item.state === 'stopped' ? undefined : item.files[file]?.pdf;
  if (pdf === undefined) return err(refusal('not-found'));
  const at = plannedTime(item, office.clock.now());
  const numbers = item.numbers ?? { indexNumber: '预览', code: '预览' };
  const plan = await planOf(office, item, file, { ...numbers, stampedOn: dayOf(at), at });
  const made = await office.renderer.render({ area: 'renditions', sha256: pdf }, { ...plan, preview: true });
  return made.ok ? ok(made.value.release) : made;
};
