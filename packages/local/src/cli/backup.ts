import { createWriteStream, existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportAudit, sequenceAudit } from '@gongkai/core';
import { SqliteRecords } from '@gongkai/embedded';
import { configurationFile } from '../configuration.ts';
import { type Host, places } from '../host.ts';
import {
  auditFault,
  damagedFile,
  type Manifest,
  manifestName,
  missingBytes,
  namesBelow,
  sha256Of,
} from './backup-folder.ts';
import { type Command, WrongUse } from './command.ts';
import { withHost } from './with-host.ts';

/** Blobs that are whole; what is still coming in is nobody's yet. */
const blobPaths = async (folder: string): Promise<string[]> =>
  (await namesBelow(folder))
    .filter((name) => !name.startsWith('incoming/'))
    .map((name) => join(folder, name));

const writeBackup = async ({ office, data, records }: Host, out: string): Promise<Manifest> => {
  const place = places(data);
  await mkdir(out, { recursive: true, mode: 0o700 });
  await sequenceAudit(office, { checkpointSeconds: 0 });
  await records.backupTo(join(out, 'records.sqlite'));
  const sources = [place.key, configurationFile(data), ...(await blobPaths(place.blobs))];
  for (const path of sources.filter((path) => existsSync(path))) {
    const target = join(out, relative(data, path));
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    // What was destroyed while we copy is told by `missing`.
    await copyFile(path, target).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') throw cause;
    });
  }
  // From the copy, not from the office, which goes on: what is checked is what will be restored.
  const copy = await SqliteRecords.open(join(out, 'records.sqlite'));
  let missing: string[];
  try {
    const lines = (async function* () {
      for await (const line of exportAudit({ ...office, records: copy })) yield `${line}\n`;
    })();
    await pipeline(Readable.from(lines), createWriteStream(join(out, 'audit.jsonl')));
    missing = await missingBytes({ records: copy }, new Set(await namesBelow(out)));
  } finally {
    copy.close();
  }
  const fault = await auditFault(join(out, 'audit.jsonl'), { trustedPublicKey: office.signer.publicKey });
  if (fault !== undefined) throw new Error(fault);
  const files: Record<string, string> = {};
  for (const name of await namesBelow(out)) files[name] = await sha256Of(join(out, ...name.split('/')));
  const manifest = { madeAt: office.clock.now(), publicKey: office.signer.publicKey, files, missing };
  const damaged = await damagedFile(out, manifest);
  if (damaged !== undefined)
    throw new Error(`${join(data, damaged)}: 字节与其名称不符 / bytes are not what their name says`);
  return manifest;
};

/**
 * Consistent while the office runs: the records are one snapshot; blobs are never changed, only added, so that what
 * the snapshot speaks of is there when they are copied after it. Search is left out: it is made again. The manifest
 * comes last: a folder without it is no backup.
 */
export const backup: Command = {
  name: 'backup',
  usage: 'backup --out FOLDER',
  zh: '备份（运行中也一致），并核验审计日志；含单位密钥，请妥善保管',
  en: 'a backup, consistent while running, verified by the audit log; holds the office key, keep it safe',
  options: { out: { type: 'string' } },
  run: (given) => {
    const out = given.value('out');
    if (!out) throw new WrongUse('--out FOLDER');
    if (existsSync(out) && readdirSync(out).length > 0)
      throw new WrongUse(`${out} 不是空文件夹 / is not empty`);
    return withHost(given, async (host) => {
      if (`${resolve(out)}${sep}`.startsWith(`${host.data}${sep}`))
        throw new WrongUse(`${out} 在数据文件夹里面 / is inside the data folder`);
      const manifest = await writeBackup(host, out);
      await writeFile(join(out, manifestName), JSON.stringify(manifest, null, 1), {
        mode: 0o600,
        flush: true,
      });
      const files = Object.keys(manifest.files).length;
      given.say({ ok: true, out, files, missing: manifest.missing }, [
        `${out}  ${files} 个文件，审计日志已核验 / files, audit verified`,
        ...(manifest.missing.length === 0
          ? []
          : [`缺少 ${manifest.missing.length} 个文件的字节 / bytes missing: ${manifest.missing.join(' ')}`]),
      ]);
      return 0;
    });
  },
};
