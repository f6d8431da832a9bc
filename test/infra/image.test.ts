import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { type Ask, farMachines, type MachinePorts, S3Blobs } from '@gongkai/aws';
import { type BlobRef, noWords } from '@gongkai/core';
import { SystemClock } from '@gongkai/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalFunction } from '../aws-local/lambda.ts';
import { makeBucket, missing, noCredentials, region, startS3, versitygw } from '../aws-local/servers.ts';
import { notRun } from '../not-run.ts';
import { type Image, instructions, replay } from './image.ts';
import { processesBelow } from './processes.ts';

const home = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gongkai-image-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the image stands on the Node that everything else runs on, for the processor that Lambda gives it', () => {
  const { node } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).dependencies;
  const from = instructions().find(({ does }) => does === 'FROM')?.rest;
  expect(from).toBe(`--platform=linux/amd64 node:${node}-bookworm-slim`);
});

/** Of the demonstration; its number is what its name begins with. */
const documents = join(home, 'packages/local/documents/made');
const document = (number: string): Buffer => {
  const name = readdirSync(documents).find((it) => it.startsWith(number));
  return readFileSync(join(documents, name ?? ''));
};

describe.skipIf(
  notRun(missing(versitygw) !== undefined, 'the image of the machines', missing(versitygw) ?? ''),
)('the image of the machines, built without Docker', () => {
  let image: Image;
  let stop: () => Promise<void>;
  let blobs: S3Blobs;
  let lambda: LocalFunction;
  let machines: MachinePorts;
  /** As one that was killed at work has left it. */
  const scratch = join(folder, 'tmp');
  const leftBehind = join(scratch, 'work', 'job-killed');
  const env: Record<string, string> = {
    ...{ AWS_REGION: region, AWS_ACCESS_KEY_ID: noCredentials.accessKeyId },
    ...{ AWS_SECRET_ACCESS_KEY: noCredentials.secretAccessKey },
    // Not asked for by the machines, and nobody is there who would answer.
    ...{ GONGKAI_TABLE: 'none', GONGKAI_AUDIT: 'none', GONGKAI_SIGNING_KEY: 'none' },
    ...{ GONGKAI_STATIONS_QUEUE: 'none', GONGKAI_METRICS: 'gongkai/image', GONGKAI_STATION_SECONDS: '900' },
    TMPDIR: scratch,
    ...{ GONGKAI_POLICY: 'policies/default.yaml', GONGKAI_PUBLIC_URL: 'http://127.0.0.1' },
  };
  const open = (given: Readonly<Record<string, string>>): LocalFunction => {
    const at = { image: image.entry, folder: image.folder, env: given };
    return new LocalFunction({
      name: 'machines',
      timeoutMs: 200_000,
      atOnce: 1,
      log: () => undefined,
      ...at,
    });
  };

  beforeAll(async () => {
    const [made, s3] = await Promise.all([replay(folder), startS3(versitygw)]);
    image = made;
    const client = new S3Client({ ...s3.connection, forcePathStyle: true });
    for (const area of ['quarantine', 'vault', 'renditions'] as const) {
      await makeBucket(client, area, area === 'vault');
      env[`GONGKAI_${area.toUpperCase()}`] = area;
    }
    env.GONGKAI_AWS_ENDPOINT = s3.connection.endpoint;
    const buckets = {
      quarantine: { bucket: 'quarantine' },
      vault: { bucket: 'vault' },
      renditions: { bucket: 'renditions' },
    };
    blobs = new S3Blobs({ client, clock: new SystemClock(), buckets });
    mkdirSync(leftBehind, { recursive: true });
    writeFileSync(join(leftBehind, 'original.docx'), '机密');
    lambda = open(env);
    const ask: Ask = (job) => lambda.invoke(job);
    machines = farMachines(ask, blobs);
    stop = async () => {
      lambda.end();
      client.destroy();
      await s3.end();
    };
  }, 120_000);
  afterAll(() => stop?.());

  const uploaded = async (bytes: Buffer): Promise<BlobRef> => {
    const content = (async function* () {
      yield bytes;
    })();
    const kept = await blobs.putOnce('quarantine', content);
    if (!kept.ok) throw new Error(kept.error.code);
    return { area: 'quarantine', sha256: kept.value.sha256 };
  };
  const converted = async (number: string, type: 'docx' | 'doc' | 'txt') => {
    const done = await machines.converter.convert(
      await uploaded(document(number)),
      type,
      `${number}.${type}`,
    );
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    return done.value;
  };
  /** The processes that convert, of this image alone. */
  const offices = (): number[] =>
    lambda.pids
      .flatMap((pid) => processesBelow(pid))
      .filter(({ command }) => command.includes('packages/render/src/convert/worker.ts'))
      .map(({ pid }) => pid);

  it('converts with its own LibreOffice and fonts, and the next document with the same one', async () => {
    const { pages, pdf } = await converted('19', 'docx');
    expect(pages).toBeGreaterThan(0);
    const seen = await machines.inspector.inspect(pdf, noWords);
    expect(seen.ok && seen.value.pages.map(({ text }) => text).join('')).toContain('幼儿园');
    const bytes: Uint8Array[] = [];
    for await (const piece of (await blobs.open(pdf)) ?? []) bytes.push(piece);
    expect(Buffer.concat(bytes).toString('latin1')).toMatch(/\/FontName\/\w+\+Noto/);

    expect(existsSync(leftBehind), 'what a killed one left').toBe(false);

    const [first] = offices();
    await converted('04', 'doc');
    expect(offices()).toEqual([first]);
    expect(lambda.tally).toMatchObject({ coldStarts: 1, failed: 0 });
  }, 180_000);

  it('sets text with Typst, which is no JavaScript', async () => {
    const { pages } = await converted('12', 'txt');
    expect(pages).toBeGreaterThan(0);
  }, 60_000);

  it('sends what it was not made for back, and says why it cannot start', async () => {
    await expect(lambda.invoke({ version: 2 })).rejects.toThrow('Unreadable');
    const { GONGKAI_VAULT: _, ...rest } = env;
    const broken = open(rest);
    await expect(broken.invoke({})).rejects.toThrow(/settings of this function[\s\S]*GONGKAI_VAULT/);
    broken.end();
  }, 60_000);
});
