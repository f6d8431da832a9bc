import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { certificateRequest } from '@gongkai/aws';
import type { BlobRef } from '@gongkai/core';
import { testOffice } from '@gongkai/core/memory';
import { readSignatures } from '@gongkai/inspect/signature';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../packages/cloud/src/settings.ts';
import { documentSigning } from '../../packages/cloud/src/signing.ts';
import { typeset } from '../../packages/render/src/release/specimen.ts';
import { howToInstall } from '../infra/installed.ts';
import { type Account, motoAccount, motoMissing } from '../infra/moto-account.ts';
import { notRun } from '../not-run.ts';
import { defaultPolicy } from '../scenario/office-at-work.ts';
import { makeOfficeKey } from './office-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-kms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const openssl = (...given: string[]) => execFileSync('openssl', given, { stdio: 'pipe' }).toString();
const name = '三村镇人民政府';

describe.skipIf(notRun(motoMissing, 'signing by a key in KMS, in moto', howToInstall))('a key in KMS', () => {
  let account: Account;
  let kms: KMSClient;
  const { office } = testOffice(defaultPolicy());

  /** From the key to a certificate under the authority, as an office gets it. */
  const certified = async (KeySpec: 'RSA_3072' | 'ECC_NIST_P256'): Promise<Record<string, string>> => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec, KeyUsage: 'SIGN_VERIFY' }));
    const key = KeyMetadata?.Arn ?? '';
    writeFileSync(at('o.csr'), await certificateRequest(async () => kms, key, name));
    expect(openssl('req', '-in', at('o.csr'), '-noout', '-subject', '-nameopt', 'utf8')).toContain(name);
    const authority = ['-CA', at('authority.pem'), '-CAkey', at('a.key'), '-CAcreateserial'];
    // Refuses a request that its own key did not sign.
    openssl('x509', '-req', '-in', at('o.csr'), ...authority, '-out', at('o.pem'), '-days', '30');
    const parameter = `/gongkai/test/${KeySpec}`;
    const Value = readFileSync(at('o.pem'), 'latin1') + readFileSync(at('authority.pem'), 'latin1');
    const ssm = new SSMClient(account.connection);
    await ssm.send(new PutParameterCommand({ Name: parameter, Type: 'String', Value, Overwrite: true }));
    return { GONGKAI_DOCUMENT_KEY: key, GONGKAI_DOCUMENT_CERTIFICATE_PARAMETER: parameter };
  };
  /** As functions/stations.ts has it. */
  const signerOf = (settings: Record<string, string>) => {
    const others = ['TABLE', 'VAULT', 'QUARANTINE', 'RENDITIONS', 'AUDIT', 'SIGNING_KEY'];
    const named = [...others, 'STATIONS_QUEUE', 'METRICS', 'POLICY'].map((one) => [`GONGKAI_${one}`, 'x']);
    const own = { GONGKAI_STATION_SECONDS: '60', GONGKAI_PUBLIC_URL: 'https://x.example', ...settings };
    const read = async (Name: string) =>
      (await new SSMClient(account.connection).send(new GetParameterCommand({ Name }))).Parameter?.Value;
    const given = readSettings({ ...Object.fromEntries(named), ...own });
    return documentSigning(given, async () => kms, read, office.blobs);
  };
  const unfinished = async (): Promise<BlobRef> => {
    const kept = await office.blobs.putOnce(
      'renditions',
      (async function* () {
        yield typeset('正文');
      })(),
    );
    if (!kept.ok) throw new Error(kept.error.code);
    return { area: 'renditions', sha256: kept.value.sha256 };
  };

  beforeAll(async () => {
    makeOfficeKey(folder);
    account = await motoAccount();
    kms = new KMSClient(account.connection);
  }, 120_000);
  afterAll(() => account?.end());

  it.each(['RSA_3072', 'ECC_NIST_P256'] as const)(
    'of %s is certified by an authority, and signs a release as the office’s P12 does',
    async (spec) => {
      const signer = await signerOf(await certified(spec));
      const signed = await signer?.sign(await unfinished(), '2026-11-27T08:00:00.000Z');
      expect(signed?.signature).toMatchObject({ level: 'B-B', signer: name });
      const parts: Uint8Array[] = [];
      for await (const part of (await office.blobs.open(signed?.release as BlobRef)) ?? []) parts.push(part);
      expect(readSignatures(Buffer.concat(parts))).toMatchObject([{ state: 'intact', signer: name }]);
    },
    60_000,
  );

  it('is not taken with another key’s certificate, without one, or when it is of another kind', async () => {
    const good = await certified('ECC_NIST_P256');
    const other = await certified('RSA_3072');
    const crossed = { ...good, GONGKAI_DOCUMENT_KEY: other.GONGKAI_DOCUMENT_KEY ?? '' };
    const release = await unfinished();
    const now = '2026-11-27T08:00:00.000Z';
    await expect((await signerOf(crossed))?.sign(release, now)).rejects.toThrow(/is not one for arn:/);
    const { GONGKAI_DOCUMENT_CERTIFICATE_PARAMETER: _, ...bare } = good;
    await expect((await signerOf(bare))?.sign(release, now)).rejects.toThrow('without GONGKAI_DOCUMENT_CERT');
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({ KeySpec: 'ECC_NIST_P384', KeyUsage: 'SIGN_VERIFY' }),
    );
    const p384 = { ...good, GONGKAI_DOCUMENT_KEY: KeyMetadata?.Arn ?? '' };
    await expect((await signerOf(p384))?.sign(release, now)).rejects.toThrow(/is secp384r1, neither/);
  }, 60_000);

  it('is none where none is set: releases go out as before', async () => {
    expect(await signerOf({})).toBeUndefined();
  });
});
