import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BlobRef, Office } from '@gongkai/core';
import { drain, testOffice } from '@gongkai/core/memory';
import { FileBlobs, SystemClock } from '@gongkai/embedded';
import { readSignatures } from '@gongkai/inspect/signature';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../packages/api/src/catalogue/index.ts';
import { openMachines } from '../../packages/local/src/machines/index.ts';
import { openDocumentSigner, signingSettings } from '../../packages/local/src/signing/index.ts';
import {
  approveBy,
  current,
  defaultPolicy,
  draftWith,
  first,
  maker,
  second,
} from '../scenario/office-at-work.ts';
import { makeOfficeKey } from './office-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-published-'));
makeOfficeKey(folder);
const at = (name: string) => join(folder, name);
writeFileSync(at('password'), '秘\n', { mode: 0o600 });
execFileSync('openssl', ['ecparam', '-name', 'SM2', '-genkey', '-noout', '-out', at('sm2.pem')]);
for (const secret of ['office.p12', 'sm2.pem']) execFileSync('chmod', ['600', at(secret)]);
const settings = signingSettings.parse({
  p12: at('office.p12'),
  passwordFile: at('password'),
  sm2Key: at('sm2.pem'),
});
const policy = defaultPolicy();

describe('an office with keys', () => {
  let machines: ReturnType<typeof openMachines>;
  let office: Office;
  let id: string;
  const bytesOf = async (blob: BlobRef): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    for await (const part of (await office.blobs.open(blob)) ?? []) parts.push(part);
    return Buffer.concat(parts);
  };
  const released = async () => {
    const [file] = (await current(office, id)).release?.files ?? [];
    if (!file) throw new Error('no release');
    return { ...file, bytes: await bytesOf({ area: 'vault', sha256: file.sha256 }) };
  };

  beforeAll(async () => {
    const blobs = await FileBlobs.open(at('blobs'), new SystemClock());
    machines = openMachines(blobs, at('work'), policy);
    const documentSigner = await openDocumentSigner(settings, blobs);
    const { converter, inspector, renderer } = machines;
    ({ office } = testOffice(policy, {}, (given) => ({
      ...given,
      blobs,
      converter,
      inspector,
      renderer,
      documentSigner,
    })));
    id = await draftWith(office, ['关于预算的公告（第２次）\n一、总则：收入、支出；结余。']);
    expect(await drain(office)).toEqual([]);
    await approveBy(office, id, maker, first, second);
    expect(await drain(office)).toEqual([]);
  }, 120_000);
  afterAll(async () => {
    await machines.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('publishes what it signed: gate, record, catalogue and signature speak of the same bytes', async () => {
    const item = await current(office, id);
    expect(item.trouble).toBeUndefined();
    expect(item.state).toBe('published');
    const { bytes, signature, sha256 } = await released();
    expect(item.pass?.files).toEqual([sha256]);
    expect(readSignatures(bytes)).toMatchObject([{ state: 'intact', signer: '三村镇人民政府' }]);
    expect(signature).toMatchObject({ level: 'B-B', signer: '三村镇人民政府' });
    writeFileSync(at('released.pdf'), bytes);
    expect(execFileSync('pdfsig', ['-nocert', at('released.pdf')], { timeout: 60_000 }).toString()).toMatch(
      /Total document signed[\s\S]*Signature is Valid/,
    );
  });

  it('has a second signature beside the file, which openssl takes too', async () => {
    const app = catalogue(office);
    const answer = await app.request(`/signature/${id}/0`);
    const said = (await answer.json()) as {
      publicKey: string;
      signature: string;
      userId: string;
      sha256: string;
    };
    const { bytes, sha256 } = await released();
    expect(said.sha256).toBe(sha256);
    writeFileSync(at('file'), bytes);
    writeFileSync(at('file.sm2'), Buffer.from(said.signature, 'hex'));
    // SubjectPublicKeyInfo of a point on SM2's curve.
    const spki = Buffer.from(`3059301306072a8648ce3d020106082a811ccf5501822d034200${said.publicKey}`, 'hex');
    writeFileSync(
      at('sm2.pub'),
      `-----BEGIN PUBLIC KEY-----\n${spki.toString('base64')}\n-----END PUBLIC KEY-----\n`,
    );
    const verify = (file: string) =>
      execFileSync('openssl', [
        ...['pkeyutl', '-verify', '-pubin', '-inkey', at('sm2.pub'), '-rawin', '-in', file, '-digest', 'sm3'],
        ...['-sigfile', at('file.sm2'), '-pkeyopt', `distid:${said.userId}`],
      ]).toString();
    expect(verify(at('file'))).toMatch(/Verified Successfully/);
    writeFileSync(at('other'), Buffer.concat([bytes, Buffer.from(' ')]));
    expect(() => verify(at('other'))).toThrow();
    expect((await app.request(`/signature/${id}/1`)).status).toBe(404);
  });

  it('says so to the public, and does not call a drawn seal a signature', async () => {
    const page = await (await catalogue(office).request(`/item/${id}`)).text();
    expect(page).toContain('文件内有电子签名：三村镇人民政府（PAdES B-B）');
    expect(page).toContain('PDF/A-2a');
    expect(page).not.toContain('未作电子签名');
  });
});
