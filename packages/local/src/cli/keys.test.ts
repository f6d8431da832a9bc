import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPublication, handOverKey, machine, metadata, sequenceAudit } from '@gongkai/core';
import { FileSigner, FolderLock } from '@gongkai/embedded';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openHost, places } from '../host.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gongkai-keys-'));
const data = join(folder, 'data');
const place = places(data);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const gongkai = (...args: string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    encoding: 'utf8',
    timeout: 60_000,
  });
const json = (...args: string[]) => JSON.parse(gongkai(...args, '--json').stdout);

const maker = {
  person: 'per_1',
  name: '经办',
  account: 'jingban',
  roles: ['maker' as const],
  via: 'console' as const,
};
const work = async (title: string): Promise<string> => {
  const host = await openHost(data);
  await createPublication(host.office, maker, { metadata: metadata.parse({ title }) });
  await sequenceAudit(host.office, { checkpointSeconds: 0 });
  const { publicKey } = host.office.signer;
  await host.close();
  return publicKey;
};

let first = '';
beforeAll(async () => {
  first = await work('更换密钥之前');
}, 60_000);

it('hands the key over in the audit log, destroys the old one, and every outsider still verifies with one command', async () => {
  const stolen = join(folder, 'stolen.pem');
  copyFileSync(place.key, stolen);
  const old = readFileSync(place.key, 'utf8');
  const done = json('keys', 'rotate', '--data', data);
  expect(done).toMatchObject({ ok: true, from: first });
  expect(done.publicKey).not.toBe(first);
  expect(readdirSync(join(data, 'keys'))).toEqual(['office.pem']);
  expect(readFileSync(place.key, 'utf8')).not.toBe(old);
  expect(await work('更换密钥之后')).toBe(done.publicKey);
  expect(json('keys', 'list', '--data', data)).toMatchObject({ keys: [first, done.publicKey] });

  const out = join(folder, 'audit.jsonl');
  expect(gongkai('audit', 'export', '--data', data, '--out', out).status).toBe(0);
  const handover = join(folder, 'handover.txt');
  writeFileSync(handover, done.note);
  for (const key of [first, done.publicKey, `${first},${done.publicKey}`])
    expect(json('audit', 'verify', out, '--key', key, '--checkpoint', handover)).toMatchObject({
      ok: true,
      keyTrusted: true,
      publicKey: done.publicKey,
    });
  expect(gongkai('audit', 'verify', out, '--key', '0'.repeat(64)).status).toBe(1);
  expect(json('audit', 'check', '--data', data)).toMatchObject({ ok: true });

  // Somebody brings the old key back.
  const now = readFileSync(place.key, 'utf8');
  copyFileSync(stolen, place.key);
  const back = gongkai('audit', 'export', '--data', data, '--out', join(folder, 'never.jsonl'));
  expect(back.status).toBe(3);
  expect(back.stderr).toMatch(/keys rotate/);
  writeFileSync(place.key, now);
}, 120_000);

it('a backup after it is whole, and restored it goes on', () => {
  const [backup, again] = [join(folder, 'backup'), join(folder, 'again')];
  expect(gongkai('backup', '--data', data, '--out', backup).status).toBe(0);
  expect(gongkai('restore', backup, '--data', again, '--key', first).status).toBe(0);
  expect(json('keys', 'list', '--data', again)).toEqual(json('keys', 'list', '--data', data));
}, 120_000);

it('refuses while the office runs, and changes nothing', async () => {
  const before = readFileSync(place.key, 'utf8');
  const lock = await FolderLock.take(place.running);
  const { status, stderr } = gongkai('keys', 'rotate', '--data', data);
  lock?.release();
  expect(status).toBe(1);
  expect(stderr).toMatch(/正在运行.*is running/);
  expect(readFileSync(place.key, 'utf8')).toBe(before);
  expect(existsSync(place.nextKey)).toBe(false);
}, 60_000);

it('killed right before or right after the handover, the office starts with the key that is in force', async () => {
  const host = await openHost(data);
  const { publicKey } = host.office.signer;
  const next = await FileSigner.create(place.nextKey);
  const unsure = await openHost(data);
  expect(unsure.office.signer.publicKey).toBe(publicKey);
  await unsure.close();
  await handOverKey(host.office, next, machine('keys'));
  await host.close();
  const sure = await openHost(data);
  expect(sure.office.signer.publicKey).toBe(next.publicKey);
  await sure.close();
  expect(readdirSync(join(data, 'keys'))).toEqual(['office.pem']);
}, 60_000);

it('a lost key is told, not replaced in silence', async () => {
  const kept = readFileSync(place.key, 'utf8');
  rmSync(place.key);
  await expect(openHost(data)).rejects.toThrow('office key is missing');
  expect(existsSync(place.key)).toBe(false);
  writeFileSync(place.key, kept, { mode: 0o600 });
}, 60_000);
