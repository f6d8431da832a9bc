import { setTimeout as sleep } from 'node:timers/promises';
import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { uploadTicket } from '@gongkai/aws';
import type { UploadTicket } from '@gongkai/core';
import { describe, expect, it } from 'vitest';
import { sha256Of } from './bytes.ts';

const content = '政务公开';
const key = 'uploads/up_1/whole';

const post = async (
  ticket: UploadTicket,
  body: string,
  change: Record<string, string> = {},
): Promise<number> => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...ticket.fields, ...change })) form.append(name, value);
  form.append('file', new Blob([body]));
  return (await fetch(ticket.url, { method: 'POST', body: form })).status;
};

/** What an upload ticket must hold, on a server that enforces POST policies. */
export const uploadTicketContract = (
  name: string,
  make: () => Promise<{ client: S3Client; bucket: string }>,
): void => {
  describe(`upload tickets: ${name}`, () => {
    const fresh = async (seconds?: number) => {
      const { client, bucket } = await make();
      const file = { size: Buffer.byteLength(content), sha256: sha256Of(content) };
      const ticket = await uploadTicket(client, { bucket, key }, file, seconds);
      const stored = (Key: string) =>
        client.send(new HeadObjectCommand({ Bucket: bucket, Key })).then(
          ({ ContentLength }) => ContentLength,
          () => undefined,
        );
      return { ticket, stored };
    };

    it('takes exactly the announced bytes under exactly the key', async () => {
      const { ticket, stored } = await fresh();
      expect(await post(ticket, content)).toBe(204);
      expect(await stored(key)).toBe(12);
    });

    it('takes no byte more and no byte less', async () => {
      const { ticket, stored } = await fresh();
      expect(await post(ticket, `${content}！`)).toBeGreaterThanOrEqual(400);
      expect(await post(ticket, '政务公')).toBeGreaterThanOrEqual(400);
      expect(await stored(key)).toBeUndefined();
    });

    it('takes no other key, and no ticket that was changed', async () => {
      const { ticket, stored } = await fresh();
      expect(await post(ticket, content, { key: 'vault/blobs/x' })).toBeGreaterThanOrEqual(400);
      expect(await post(ticket, content, { 'X-Amz-Signature': '0'.repeat(64) })).toBeGreaterThanOrEqual(400);
      expect(await stored('vault/blobs/x')).toBeUndefined();
      expect(await stored(key)).toBeUndefined();
    });

    it('takes no other bytes of the same length', async () => {
      const { ticket, stored } = await fresh();
      expect(await post(ticket, '公开政务')).toBeGreaterThanOrEqual(400);
      expect(await stored(key)).toBeUndefined();
    });

    it('is over when its time is over', async () => {
      const { ticket, stored } = await fresh(1);
      await sleep(2_100);
      expect(await post(ticket, content)).toBeGreaterThanOrEqual(400);
      expect(await stored(key)).toBeUndefined();
    });
  });
};
