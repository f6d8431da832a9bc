import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import {
  ExportVerifier,
  everyPublication,
  type Office,
  type Publication,
  type VerifyOptions,
} from '@gongkai/core';
import * as z from 'zod';

export const manifestName = 'manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Nothing else is ever in a backup, so nothing else is ever restored: no way out of the folder, no program. */
const name = z
  .string()
  .regex(
    /^(?:records\.sqlite|audit\.jsonl|gongkai\.yaml|keys\/office\.pem|blobs\/(?:quarantine|vault|renditions)\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64}(?:\.keep-\d{1,16})?)$/,
  );

/** 备份清单. */
export const manifest = z.object({
  madeAt: z.string(),
  publicKey: z.string(),
  /** SHA-256 by name, with `/` on every system. */
  files: z.record(name, sha256),
  /** `vault/<sha256>` that the records speak of and that were not there: destroyed while the backup was made. */
  missing: z.array(z.string()).default([]),
});
export type Manifest = z.infer<typeof manifest>;

export const readManifest = (from: string): Manifest | undefined => {
  try {
    return manifest.parse(JSON.parse(readFileSync(join(from, manifestName), 'utf8')));
  } catch {
    return undefined;
  }
};

export const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
};

/** Everything that is not a folder, links too, by its name inside `folder`. */
export const namesBelow = async (folder: string): Promise<string[]> => {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
};

const blobName = /^blobs\/(\w+)\/..\/..\/([0-9a-f]{64})$/;

/** The first file that is not what the manifest says, is not in it, or is a blob under another name than its hash. */
export const damagedFile = async (from: string, { files }: Manifest): Promise<string | undefined> => {
  const there = new Set(await namesBelow(from));
  for (const extra of there) if (extra !== manifestName && files[extra] === undefined) return extra;
  for (const [name, expected] of Object.entries(files)) {
    const own = blobName.exec(name)?.[2];
    if (own !== undefined && own !== expected) return name;
    if (!there.has(name) || (await sha256Of(join(from, name))) !== expected) return name;
  }
  return undefined;
};

/** What is wrong with an exported log, in both languages. */
export const auditFault = async (path: string, options: VerifyOptions): Promise<string | undefined> => {
  const verifier = new ExportVerifier(options);
  for await (const line of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  }))
    if (!verifier.push(line)) break;
  const verdict = verifier.verdict();
  return verdict.ok ? undefined : `${verdict.sentence.zh} / ${verdict.sentence.en}`;
};

const vaultOf = (item: Publication): readonly string[] => [
  ...item.files.flatMap(({ sha256, type }) => (type === undefined ? [] : [sha256])),
  ...(item.pass?.files ?? []),
  ...(item.pass?.ofds ?? []),
];

/** `vault/<sha256>` of originals and releases that the records speak of and that are not among `names`. */
export const missingBytes = async (
  office: Pick<Office, 'records'>,
  names: ReadonlySet<string>,
): Promise<string[]> => {
  const missing = new Set<string>();
  for await (const item of everyPublication(office)) {
    if (item.state === 'stopped') continue;
    for (const sha256 of vaultOf(item))
      if (!names.has(`blobs/vault/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`))
        missing.add(`vault/${sha256}`);
  }
  return [...missing].sort();
};
