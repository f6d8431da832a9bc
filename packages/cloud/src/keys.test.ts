import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { KMSClient } from '@aws-sdk/client-kms';
import { clock as clockOf } from '@gongkai/aws/lambda';
import {
  type Actor,
  auditKeys,
  auditOf,
  commitWithAudit,
  exportAudit,
  parsePolicy,
  RecordsQueue,
  verifyExport,
} from '@gongkai/core';
import { testOffice } from '@gongkai/core/memory';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { openKeys } from './keys.ts';

/** Keys in KMS by their ARN, answered as KMS documents it. */
const kmsWith = (...arns: readonly string[]) => {
  const keys = new Map(arns.map((arn) => [arn, generateKeyPairSync('ed25519').privateKey]));
  const used: string[] = [];
  const client = new KMSClient({
    region: 'cn-north-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: {
      handle: async (request: { headers: Record<string, string>; body: Uint8Array }) => {
        const { KeyId, Message } = JSON.parse(new TextDecoder().decode(request.body));
        const key = keys.get(KeyId);
        if (key === undefined) throw new Error(`KMS has no ${KeyId}`);
        const signing = request.headers['x-amz-target']?.endsWith('.Sign') === true;
        if (signing) used.push(KeyId);
        const answer = signing
          ? { Signature: sign(null, Buffer.from(Message, 'base64'), key).toString('base64') }
          : {
              KeySpec: 'ECC_NIST_EDWARDS25519',
              PublicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64'),
            };
        const body = new Blob([new TextEncoder().encode(JSON.stringify(answer))]).stream();
        return { response: { statusCode: 200, headers: {}, body } };
      },
    },
  });
  return { client, used };
};

const who: Actor = { person: 'per_1', name: '甲', account: 'jia', roles: ['administrator'], via: 'console' };
const silent = { log: () => undefined, count: () => undefined };

it('on AWS the clock hands the key over when a next one is set, once, and warm functions follow', async () => {
  const policy = parsePolicy(
    parse(readFileSync(new URL('../../../policies/default.yaml', import.meta.url), 'utf8')),
  );
  if (!policy.ok) throw new Error(policy.error.code);
  const { office, clock } = testOffice(policy.value);
  const { client, used } = kmsWith('arn:old', 'arn:new');
  const warm = await openKeys(async () => client, office.records, { current: 'arn:old', next: 'arn:new' });
  const happen = async () => {
    await commitWithAudit(office, auditOf(office, who, 'person.changed', 'per_1', {}), []);
    clock.advance(61);
  };
  const minute = async (keys: Awaited<ReturnType<typeof openKeys>>): Promise<void> => {
    await happen();
    const there = { ...office, queue: new RecordsQueue(office.records, clock), signer: keys.signer };
    const hands = {
      wake: async () => undefined,
      keep: async () => undefined,
      keys: keys.follow,
      search: { generation: async () => undefined },
    };
    await clockOf(there as Parameters<typeof clockOf>[0], hands, silent as Parameters<typeof clockOf>[2])();
  };
  const before = await openKeys(async () => client, office.records, { current: 'arn:old' });
  await minute(before);
  const first = before.signer.publicKey;
  await minute(warm);
  const second = warm.signer.publicKey;
  expect(second).not.toBe(first);
  await minute(warm);
  expect(await auditKeys(office)).toEqual([first, second]);

  // Another function that was warm all the time, and one of the next deployment, which knows the new key alone.
  used.length = 0;
  const other = await openKeys(async () => client, office.records, { current: 'arn:old', next: 'arn:new' });
  await other.signer.sign(new Uint8Array([1]));
  await minute(await openKeys(async () => client, office.records, { current: 'arn:new' }));
  expect(new Set(used)).toEqual(new Set(['arn:new']));

  const lines: string[] = [];
  for await (const line of exportAudit(office)) lines.push(line);
  for (const trustedPublicKey of [first, second])
    expect(verifyExport(lines, { trustedPublicKey })).toMatchObject({ ok: true, publicKey: second });
  // Who takes the old setting back signs nothing.
  await expect(minute(before)).rejects.toThrow('1 steps failed');
});
