import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ExportVerifier, exportAudit, sequenceAudit } from '@gongkai/core';
import { configurationFile, dataFolder } from '../configuration.ts';
import { openHost, places } from '../host.ts';
import { isBegun } from '../office-files.ts';
import { reindex } from '../reindex.ts';
import { type Command, WrongUse } from './command.ts';
import { withHost } from './with-host.ts';

const manifestName = 'manifest.json';
type Manifest = {
  readonly madeAt: string;
  readonly publicKey: string;
  readonly files: Readonly<Record<string, string>>;
};

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
};

const filesBelow = async (folder: string): Promise<string[]> => {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

const auditFault = async (path: string, publicKey: string): Promise<string | undefined> => {
  const verifier = new ExportVerifier({ trustedPublicKey: publicKey });
  for await (const line of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  }))
    if (!verifier.push(line)) break;
  const verdict = verifier.verdict();
  return verdict.ok ? undefined : `${verdict.sentence.zh} / ${verdict.sentence.en}`;
};

/**
 * Consistent while the office runs: the records are one snapshot; blobs are never changed, only added, so that what
 * the snapshot speaks of is there when they are copied after it. Search is left out: it is made again.
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
    return withHost(given, async ({ office, data, records }) => {
      const place = places(data);
      await mkdir(out, { recursive: true, mode: 0o700 });
      await sequenceAudit(office, { checkpointSeconds: 0 });
      await records.backupTo(join(out, 'records.sqlite'));
      const sources = [place.key, configurationFile(data), ...(await filesBelow(place.blobs))].filter(
        (path) => existsSync(path),
      );
      for (const path of sources) {
        const target = join(out, relative(data, path));
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        // A refused upload may be cleared away while we copy; nothing in the snapshot depends on it.
        await copyFile(path, target).catch((cause: NodeJS.ErrnoException) => {
          if (cause.code !== 'ENOENT') throw cause;
        });
      }
      const audit = join(out, 'audit.jsonl');
      const lines = (async function* () {
        for await (const line of exportAudit(office)) yield `${line}\n`;
      })();
      await pipeline(Readable.from(lines), createWriteStream(audit));
      const fault = await auditFault(audit, office.signer.publicKey);
      if (fault !== undefined) throw new Error(fault);
      const files: Record<string, string> = {};
      for (const path of await filesBelow(out)) files[relative(out, path)] = await sha256Of(path);
      const manifest: Manifest = { madeAt: office.clock.now(), publicKey: office.signer.publicKey, files };
      await writeFile(join(out, manifestName), JSON.stringify(manifest, null, 1));
      given.say(
        { ok: true, out, files: Object.keys(files).length },
        `${out}  ${Object.keys(files).length} 个文件，审计日志已核验 / files, audit verified`,
      );
      return 0;
    });
  },
};

export const restore: Command = {
  name: 'restore',
  usage: 'restore FOLDER --data 新文件夹',
  zh: '从备份恢复到空的数据文件夹：先核对每个文件和审计日志',
  en: 'restores into an empty data folder, after checking every file and the audit log',
  run: async (given) => {
    const [from] = given.words;
    if (from === undefined) throw new WrongUse('FOLDER');
    const data = dataFolder(given.value('data'));
    if (isBegun(data)) {
      process.stderr.write(
        `${data} 里已经有一个单位，没有改动。 / There is an office in ${data} already; nothing was changed.\n`,
      );
      return 1;
    }
    if (!existsSync(join(from, manifestName))) throw new WrongUse(`${from}: 不是备份 / not a backup`);
    const manifest = JSON.parse(readFileSync(join(from, manifestName), 'utf8')) as Manifest;
    for (const [name, sha256] of Object.entries(manifest.files)) {
      const path = join(from, name);
      if (!existsSync(path) || (await sha256Of(path)) !== sha256) {
        given.say(
          { ok: false, code: 'checksum-mismatch', file: name },
          `备份已损坏：${name}，没有恢复。 / The backup is damaged: ${name}; nothing was restored.`,
        );
        return 1;
      }
    }
    const fault = await auditFault(join(from, 'audit.jsonl'), manifest.publicKey);
    if (fault !== undefined) {
      given.say({ ok: false, code: 'audit' }, fault);
      return 1;
    }
    // The records last: a folder without them is not an office, so a restore cut off half-way is not taken for one.
    const names = Object.keys(manifest.files).filter(
      (name) => name !== 'audit.jsonl' && name !== 'records.sqlite',
    );
    for (const name of [...names, 'records.sqlite']) {
      const target = join(data, name);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      if (
        !existsSync(target) ||
        (await stat(target)).size === 0 ||
        (await sha256Of(target)) !== manifest.files[name]
      )
        await copyFile(join(from, name), target);
    }
    const host = await openHost(data);
    try {
      const indexed = await reindex(host.office);
      given.say(
        { ok: true, data, files: names.length + 1, indexed },
        `已恢复到 ${data}，检索重建 ${indexed} 件 / restored, ${indexed} items indexed again`,
      );
      return 0;
    } finally {
      await host.close();
    }
  },
};
