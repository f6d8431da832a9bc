import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { recordFaults } from '@gongkai/core';
import { FolderLock, SqliteRecords } from '@gongkai/embedded';
import { dataFolder } from '../configuration.ts';
import { openHost, places } from '../host.ts';
import { isBegun } from '../office-files.ts';
import { refillSearch } from '../reindex.ts';
import {
  auditFault,
  damagedFile,
  type Manifest,
  missingBytes,
  readManifest,
  sha256Of,
} from './backup-folder.ts';
import { type Command, type ExitCode, type Given, WrongUse } from './command.ts';

type Fault = { readonly code: string; readonly sentence: string; readonly file?: string };

/** What can be seen from outside: every file by its hash, and the log by its signatures. */
const faultOutside = async (given: Given, from: string, manifest: Manifest): Promise<Fault | undefined> => {
  const file = await damagedFile(from, manifest);
  if (file !== undefined)
    return {
      code: 'checksum-mismatch',
      file,
      sentence: `备份已损坏：${file}，没有恢复。 / The backup is damaged: ${file}; nothing was restored.`,
    };
  const kept = given.value('checkpoint');
  const sentence = await auditFault(join(from, 'audit.jsonl'), {
    trustedPublicKey: given.value('key') ?? manifest.publicKey,
    ...(kept === undefined ? {} : { checkpoints: [readFileSync(kept, 'utf8')] }),
  });
  return sentence === undefined ? undefined : { code: 'audit', sentence };
};

/** What the records themselves say: whether the log bears them out, and whether all their bytes are here. */
const faultInside = async (path: string, manifest: Manifest): Promise<Fault | undefined> => {
  const records = await SqliteRecords.open(path);
  try {
    for await (const { zh, en } of recordFaults({ records }))
      return { code: 'audit', sentence: `${zh} / ${en}` };
    const missing = await missingBytes({ records }, new Set(Object.keys(manifest.files)));
    const lost = missing.find((one) => !manifest.missing.includes(one));
    return lost === undefined
      ? undefined
      : { code: 'not-found', file: lost, sentence: `备份缺少 ${lost} / ${lost} is missing from the backup` };
  } finally {
    records.close();
  }
};

const copyAll = async (from: string, data: string, manifest: Manifest, names: readonly string[]) => {
  for (const name of names) {
    const target = join(data, name);
    // There already, from a restore that was cut off, and whole.
    if (existsSync(target) && (await sha256Of(target)) === manifest.files[name]) continue;
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await rm(target, { force: true });
    await copyFile(join(from, name), target);
  }
};

const restoreInto = async (given: Given, from: string, data: string): Promise<ExitCode> => {
  const refuse = ({ code, sentence, file }: Fault): ExitCode => {
    given.say({ ok: false, code, ...(file === undefined ? {} : { file }) }, sentence);
    return 1;
  };
  const manifest = readManifest(from);
  if (manifest === undefined) throw new WrongUse(`${from}: 不是备份 / not a backup`);
  const outside = await faultOutside(given, from, manifest);
  if (outside) return refuse(outside);
  const place = places(data);
  await mkdir(data, { recursive: true, mode: 0o700 });
  const part = `${place.records}.part`;
  await rm(part, { force: true });
  await copyFile(join(from, 'records.sqlite'), part);
  const inside = await faultInside(part, manifest);
  if (inside) {
    await rm(part, { force: true });
    return refuse(inside);
  }
  const names = Object.keys(manifest.files).filter(
    (name) => name !== 'audit.jsonl' && name !== 'records.sqlite',
  );
  await copyAll(from, data, manifest, names);
  // The records last, and at once: a folder without them is not an office, so half a restore is not taken for one.
  await rename(part, place.records);
  const host = await openHost(data);
  try {
    const indexed = await refillSearch(host);
    given.say(
      { ok: true, data, files: names.length + 1, indexed },
      `已恢复到 ${data}，检索重建 ${indexed} 件 / restored, ${indexed} items indexed again`,
    );
    return 0;
  } finally {
    await host.close();
  }
};

export const restore: Command = {
  name: 'restore',
  usage: 'restore FOLDER --data 新文件夹 [--key PUBLIC-KEY] [--checkpoint FILE]',
  zh: '从备份恢复到空的数据文件夹：先核对每个文件、审计日志和记录',
  en: 'restores into an empty data folder, after checking every file, the audit log and the records',
  options: { key: { type: 'string' }, checkpoint: { type: 'string' } },
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
    if (readManifest(from) === undefined) throw new WrongUse(`${from}: 不是备份 / not a backup`);
    const lock = await FolderLock.take(places(data).running);
    if (!lock) throw new WrongUse(`${data}: 正在使用 / in use`);
    try {
      return await restoreInto(given, from, data);
    } finally {
      lock.release();
    }
  },
};
