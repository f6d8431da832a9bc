import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectTaggingCommand, type S3Client } from '@aws-sdk/client-s3';
import type { BlobRef, Scanner, ScanVerdict } from '@gongkai/core';
import { isAnswer } from '../blobs/answer.ts';
import { blobKey } from '../blobs/bucket.ts';
import { standing } from '../blobs/standing.ts';

/** GuardDuty Malware Protection for S3, "Monitoring S3 object scans with managed tags". */
export const scanTag = 'GuardDutyMalwareScanStatus';

/**
 * What each value of the tag means. Only NO_THREATS_FOUND passes; a value that is not here is one that this version does
 * not know, and counts as none. The tag names no virus.
 */
const verdicts: Readonly<Record<string, ScanVerdict>> = {
  NO_THREATS_FOUND: { verdict: 'clean' },
  THREATS_FOUND: { verdict: 'harmful', name: 'GuardDuty' },
  UNSUPPORTED: { verdict: 'unavailable', why: 'unsupported' },
  ACCESS_DENIED: { verdict: 'unavailable', why: 'denied' },
  FAILED: { verdict: 'unavailable', why: 'failed' },
};

/**
 * GuardDuty scans what arrives in quarantine by itself and says so in a tag of that version. The tag is asked, not
 * GuardDuty's event: an event can be lost, and would only be faster. No function may write tags (infra/rights.ts).
 */
export class GuardDutyScanner implements Scanner {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #patienceMs: number;
  readonly #everyMs: number;

  /** `patienceMs`: a scan takes seconds, so it is waited for a little here before the queue waits for it longer. */
  constructor(options: {
    readonly client: S3Client;
    readonly bucket: string;
    readonly patienceMs?: number;
    readonly everyMs?: number;
  }) {
    this.#client = options.client;
    this.#bucket = options.bucket;
    this.#patienceMs = options.patienceMs ?? 15_000;
    this.#everyMs = options.everyMs ?? 1_000;
  }

  async scan(blob: BlobRef): Promise<ScanVerdict> {
    const Key = blobKey(blob);
    if (Key === undefined || blob.area !== 'quarantine') return { verdict: 'unavailable' };
    const place = { client: this.#client, bucket: this.#bucket, key: Key };
    for (let waited = 0; ; waited += this.#everyMs) {
      const found = await standing(place);
      // Gone: whoever asks finds out when it opens the bytes; here there is nothing to call clean.
      if (found === undefined) return { verdict: 'unavailable' };
      const status = await this.#status(Key, found.versionId);
      const verdict = status === undefined ? undefined : verdicts[status];
      if (verdict !== undefined) return verdict;
      if (waited >= this.#patienceMs) return { verdict: 'unavailable', why: 'pending' };
      await sleep(this.#everyMs);
    }
  }

  async #status(Key: string, VersionId: string | undefined): Promise<string | undefined> {
    try {
      const { TagSet } = await this.#client.send(
        new GetObjectTaggingCommand({ Bucket: this.#bucket, Key, VersionId }),
      );
      return TagSet?.find((tag) => tag.Key === scanTag)?.Value;
    } catch (cause) {
      // Destroyed between the two requests: the next round sees it.
      if (isAnswer(cause, 'missing')) return undefined;
      throw cause;
    }
  }
}
