import { PutObjectCommand, PutObjectTaggingCommand, type S3Client } from '@aws-sdk/client-s3';
import { blobPrefix, GuardDutyScanner, scanTag } from '@gongkai/aws';
import type { BlobRef, Blobs } from '@gongkai/core';
import { MemoryBlobs, TestClock } from '@gongkai/core/memory';
import { ClamScanner, FileBlobs, findScanProgram } from '@gongkai/embedded';
import { openScanning } from '@gongkai/local/machines';
import { describe, expect, it } from 'vitest';
import { notRun } from '../not-run.ts';
import { bytesOf, sha256Of } from './bytes.ts';
import { missing, moto, s3Server, versitygw } from './s3-server.ts';
import { eicar, scannerContract } from './scanner-contract.ts';
import { scratchFolders } from './scratch.ts';

const scratch = scratchFolders();
const clock = new TestClock();

const uploadTo =
  (blobs: Blobs) =>
  async (content: string): Promise<BlobRef> => {
    const kept = await blobs.putOnce('quarantine', bytesOf(content));
    if (!kept.ok) throw new Error(kept.error.code);
    return { area: 'quarantine', sha256: kept.value.sha256 };
  };

const program = await findScanProgram();
describe.skipIf(notRun(program === undefined, 'ClamAV', 'neither clamdscan nor clamscan is here'))(
  'ClamAV',
  () => {
    scannerContract('on one machine', async () => {
      const blobs = await FileBlobs.open(await scratch(), clock);
      return { scanner: new ClamScanner(program ?? expect.fail(), blobs), upload: uploadTo(blobs) };
    });
    scannerContract('in the image of the machines', async () => {
      const blobs = new MemoryBlobs(clock);
      return { scanner: openScanning(blobs, await scratch()), upload: uploadTo(blobs) };
    });
  },
);

for (const which of [versitygw, moto]) {
  const reason = missing(which);
  describe.skipIf(notRun(reason !== undefined, which.name, reason ?? ''))(
    `GuardDuty's tags (${which.name})`,
    () => {
      const server = s3Server(which);
      /** GuardDuty is played: a put as S3 takes it, and the tag that it would write. */
      const quarantine = async () => {
        const client: S3Client = await server.client();
        const Bucket = await server.bucket(true);
        const scanner = new GuardDutyScanner({ client, bucket: Bucket, patienceMs: 40, everyMs: 20 });
        const upload = async (content: string, ...tags: readonly [string, string][]): Promise<BlobRef> => {
          const sha256 = sha256Of(content);
          const Key = `${blobPrefix('quarantine')}${sha256}`;
          await client.send(new PutObjectCommand({ Bucket, Key, Body: content }));
          const TagSet = tags.map(([Key, Value]) => ({ Key, Value }));
          if (tags.length > 0)
            await client.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet } }));
          return { area: 'quarantine', sha256 };
        };
        return { scanner, upload };
      };

      scannerContract('GuardDuty', async () => {
        const { scanner, upload } = await quarantine();
        return {
          scanner,
          upload: (content) =>
            upload(content, [scanTag, content === eicar ? 'THREATS_FOUND' : 'NO_THREATS_FOUND']),
        };
      });

      it('lets nothing pass but the clean verdict, under its own name', async () => {
        const { scanner, upload } = await quarantine();
        const given: [content: string, tags: [string, string][], why: string][] = [
          ['nothing yet', [], 'pending'],
          ['unsupported', [[scanTag, 'UNSUPPORTED']], 'unsupported'],
          ['denied', [[scanTag, 'ACCESS_DENIED']], 'denied'],
          ['failed', [[scanTag, 'FAILED']], 'failed'],
          ['a value to come', [[scanTag, 'LOW_RISK']], 'pending'],
          ['in small letters', [[scanTag, 'no_threats_found']], 'pending'],
          ['another tag', [['Scan', 'NO_THREATS_FOUND']], 'pending'],
        ];
        for (const [content, tags, why] of given)
          expect(await scanner.scan(await upload(content, ...tags)), content).toEqual({
            verdict: 'unavailable',
            why,
          });
      });

      it('asks the version that stands: what was said of an older one is not said of it', async () => {
        const { scanner, upload } = await quarantine();
        await upload('x', [scanTag, 'NO_THREATS_FOUND']);
        const again = await upload('x');
        expect(await scanner.scan(again)).toEqual({ verdict: 'unavailable', why: 'pending' });
      });

      it('waits a little for a verdict that is just coming', async () => {
        const { scanner, upload } = await quarantine();
        const blob = await upload('soon');
        const asked = scanner.scan(blob);
        await upload('soon', [scanTag, 'NO_THREATS_FOUND']);
        // Both come before its patience ends on a quick machine; on a slow one it says so and passes nothing.
        expect([{ verdict: 'clean' }, { verdict: 'unavailable', why: 'pending' }]).toContainEqual(
          await asked,
        );
        expect(await scanner.scan(blob)).toEqual({ verdict: 'clean' });
      });
    },
  );
}
