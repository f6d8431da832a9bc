import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { attachUpload, createPublication, metadata, sequenceAudit } from '@gongkai/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openHost } from '../host.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gongkai-restore-'));
const data = join(folder, 'data');
const backup = join(folder, 'backup');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const gongkai = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', main, ...args],
    { encoding: 'utf8', timeout: 60_000 },
  );
  return { status, stdout, stderr };
};

const maker = {
  person: 'per_1',
  name: '经办',
  account: 'jingban',
  roles: ['maker' as const],
  via: 'console' as const,
};

beforeAll(async () => {
  const host = await openHost(data);
  const { office } = host;
  const made = await createPublication(office, maker, { metadata: metadata.parse({ title: '预算公开' }) });
  if (!made.ok) throw new Error(made.error.code);
  const bytes = (async function* () {
    yield new TextEncoder().encode('正文');
  })();
  const kept = await office.blobs.putOnce('quarantine', bytes);
  if (!kept.ok) throw new Error(kept.error.code);
  await attachUpload(office, maker, made.value.item.id, { id: 'f1', name: '正文.txt', ...kept.value });
  await sequenceAudit(office, { checkpointSeconds: 0 });
  writeFileSync(join(data, 'blobs', 'incoming', 'half'), 'half');
  await host.close();
  const done = gongkai('backup', '--data', data, '--out', backup);
  if (done.status !== 0) throw new Error(done.stderr);
}, 60_000);

let count = 0;
type Manifest = { files: Record<string, string>; missing: string[] };
const readManifest = (at: string): Manifest => JSON.parse(readFileSync(join(at, 'manifest.json'), 'utf8'));
const sha256Of = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Restores a copy to which something was done; `adapt` writes the manifest anew, as a thorough forger would. */
const restored = (change: (at: string) => void, adapt = false, ...more: string[]) => {
  count += 1;
  const at = join(folder, `backup-${count}`);
  const to = join(folder, `to-${count}`);
  cpSync(backup, at, { recursive: true });
  change(at);
  if (adapt) {
    const manifest = readManifest(at);
    const files = Object.fromEntries(
      Object.keys(manifest.files)
        .filter((name) => existsSync(join(at, name)))
        .map((name) => [name, sha256Of(join(at, name))]),
    );
    writeFileSync(join(at, 'manifest.json'), JSON.stringify({ ...manifest, files }));
  }
  return {
    ...gongkai('restore', at, '--data', to, '--json', ...more),
    begun: existsSync(join(to, 'records.sqlite')),
  };
};

const blobIn = (at: string): string =>
  Object.keys(readManifest(at).files).find((name) => name.startsWith('blobs/')) ?? '';
const inRecords = (at: string, sql: string): void => {
  const database = new DatabaseSync(join(at, 'records.sqlite'));
  database.exec(sql);
  database.close();
  for (const side of ['-wal', '-shm']) rmSync(join(at, `records.sqlite${side}`), { force: true });
};

it('comes back whole, without what was half written', { timeout: 30_000 }, () => {
  expect(readdirSync(join(backup, 'blobs'))).toEqual(['quarantine']);
  expect(restored(() => {})).toMatchObject({ status: 0, begun: true });
});

it.each<[string, (at: string) => void]>([
  ['a blob changed', (at) => writeFileSync(join(at, blobIn(at)), '别的', { flag: 'w' })],
  ['a blob gone', (at) => rmSync(join(at, blobIn(at)), { force: true })],
  ['a file too many', (at) => writeFileSync(join(at, 'blobs', 'extra'), '')],
  ['the records changed', (at) => inRecords(at, "UPDATE rows SET data = replace(data, '预算', '决算')")],
  ['the log changed', (at) => writeFileSync(join(at, 'audit.jsonl'), '{}\n')],
  ['the key gone', (at) => rmSync(join(at, 'keys', 'office.pem'))],
])('is refused with %s', { timeout: 30_000 }, (_, change) => {
  const outcome = restored((at) => {
    rmSync(join(at, blobIn(at)), { force: true });
    cpSync(join(backup, blobIn(backup)), join(at, blobIn(backup)));
    change(at);
  });
  expect(outcome).toMatchObject({ status: 1, begun: false });
  expect(JSON.parse(outcome.stdout)).toMatchObject({ ok: false, code: 'checksum-mismatch' });
});

it.each<[string, (at: string) => void, string]>([
  ['a blob', (at) => writeFileSync(join(at, blobIn(at)), '别的'), 'checksum-mismatch'],
  [
    'a publication',
    (at) =>
      inRecords(
        at,
        "UPDATE rows SET data = replace(data, '预算', '决算') WHERE partition LIKE 'publication/%'",
      ),
    'audit',
  ],
  [
    'the log',
    (at) =>
      writeFileSync(
        join(at, 'audit.jsonl'),
        readFileSync(join(at, 'audit.jsonl'), 'utf8').replace('经办', '别人'),
      ),
    'audit',
  ],
])('is refused with %s changed and the manifest made to fit', { timeout: 30_000 }, (_, change, code) => {
  const outcome = restored(change, true);
  expect(outcome).toMatchObject({ status: 1, begun: false });
  expect(JSON.parse(outcome.stdout)).toMatchObject({ ok: false, code });
});

it('is refused for another key than the one that was kept', { timeout: 30_000 }, () => {
  expect(restored(() => {}, false, '--key', 'ab'.repeat(32))).toMatchObject({ status: 1, begun: false });
});

it('writes nowhere else, whatever the manifest says', { timeout: 30_000 }, () => {
  const outcome = restored((at) => {
    writeFileSync(join(folder, 'secret'), 'x');
    const manifest = readManifest(at);
    manifest.files['../secret'] = sha256Of(join(folder, 'secret'));
    writeFileSync(join(at, 'manifest.json'), JSON.stringify(manifest));
  });
  expect(outcome).toMatchObject({ status: 2, begun: false });
});

it('does not go into the data folder itself, nor over an office', { timeout: 30_000 }, () => {
  expect(gongkai('backup', '--data', data, '--out', join(data, 'b'))).toMatchObject({ status: 2 });
  expect(gongkai('restore', backup, '--data', data)).toMatchObject({ status: 1 });
});
