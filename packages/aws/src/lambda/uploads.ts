import type { Office } from '@gongkai/core';
import * as z from 'zod';
import { blobPrefix } from '../blobs/bucket.ts';
import { type BatchAnswer, workOff } from './batch.ts';
import type { Lines } from './lines.ts';
import type { LambdaContext } from './trigger.ts';

/** "Object Created" as EventBridge tells it: the key is plain text there. */
const toldByEventBridge = z
  .object({
    version: z.literal('0'),
    source: z.literal('aws.s3'),
    'detail-type': z.literal('Object Created'),
    time: z.iso.datetime(),
    detail: z.object({ object: z.object({ key: z.string().min(1), size: z.number().int().min(0) }) }),
  })
  .transform(({ detail, time }) => ({ ...detail.object, time }));

/**
 * A key as S3's own notifications tell it: form-encoded, a space is `+` and a plus `%2B` (reference bad-inputs.md, S3).
 * Throws URIError when it is not.
 */
export const keyFromNotification = (key: string): string => decodeURIComponent(key.replaceAll('+', ' '));

const ofQuarantine = new RegExp(`^${blobPrefix('quarantine')}([0-9a-f]{64})$`);

/**
 * What a key in quarantine is to us: the content's SHA-256, or `strange`. Nothing is done with a strange key but to
 * count it; it is never part of a path or a query.
 */
export const arrived = (key: string): { readonly sha256: string } | 'strange' => {
  const sha256 = ofQuarantine.exec(key)?.[1];
  return sha256 === undefined ? 'strange' : { sha256 };
};

/** A record may follow its bytes by so long. */
const youngMs = 10_000;

/** Comes again when the queue shows it again. */
class NotYet extends Error {
  override name = 'NotYet';
}

/**
 * Bytes have arrived in quarantine. Intake begins with the record's message, not with this event, so it may be lost,
 * late or doubled; this watches that each object has a record that speaks of it, and counts those that have none. The
 * event may be faster than the commit that follows the object: a young object is looked at again.
 */
export const uploads = (
  office: Pick<Office, 'records' | 'clock'>,
  lines: Lines,
): ((event: unknown, context?: LambdaContext) => Promise<BatchAnswer>) =>
  workOff(
    'uploads',
    {
      name: 'upload',
      envelope: toldByEventBridge,
      correlation: () => undefined,
      neededMs: 5_000,
      work: async ({ key, size, time }) => {
        const what = arrived(key);
        if (what === 'strange') {
          lines.count({ Strange: 1 });
          return { outcome: 'strange', keyBytes: Buffer.byteLength(key), size };
        }
        const { rows } = await office.records.query({ partition: `holder/${what.sha256}`, limit: 1 });
        const [holder] = rows;
        if (holder === undefined) {
          if (Date.parse(office.clock.now()) - Date.parse(time) < youngMs) throw new NotYet('no record yet');
          lines.count({ Unclaimed: 1 });
        }
        return {
          sha256: what.sha256,
          size,
          outcome: holder === undefined ? 'unclaimed' : 'known',
          ...(holder === undefined ? {} : { subject: holder.sort.split(':')[0] }),
        };
      },
    },
    lines,
  );
