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
import { noWords } from '@gongkai/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing, versitygw } from '../aws-local/servers.ts';
import { notRun } from '../not-run.ts';
import { instructions } from './image.ts';
import { machinesImage } from './machines-image.ts';
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
  let image: Awaited<ReturnType<typeof machinesImage>>;
  let instance: ReturnType<typeof image.instance>;
  /** As one that was killed at work has left it. */
  const leftBehind = () => join(image.scratch, 'work', 'job-killed');

  beforeAll(async () => {
    image = await machinesImage(folder);
    mkdirSync(leftBehind(), { recursive: true });
    writeFileSync(join(leftBehind(), 'original.docx'), '机密');
    instance = image.instance();
  }, 120_000);
  afterAll(async () => {
    instance?.lambda.end();
    await image?.end();
  });

  const converted = async (number: string, type: 'docx' | 'doc' | 'txt') => {
    const original = await image.uploaded(document(number));
    const done = await instance.machines.converter.convert(original, type, `${number}.${type}`);
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    return done.value;
  };
  /** The processes that convert, of this image alone. */
  const offices = (): number[] =>
    instance.lambda.pids
      .flatMap((pid) => processesBelow(pid))
      .filter(({ command }) => command.includes('packages/render/src/convert/worker.ts'))
      .map(({ pid }) => pid);

  it('converts with its own LibreOffice and fonts, and the next document with the same one', async () => {
    const { pages, pdf } = await converted('19', 'docx');
    expect(pages).toBeGreaterThan(0);
    const seen = await instance.machines.inspector.inspect(pdf, noWords);
    expect(seen.ok && seen.value.pages.map(({ text }) => text).join('')).toContain('幼儿园');
    const bytes: Uint8Array[] = [];
    for await (const piece of (await image.blobs.open(pdf)) ?? []) bytes.push(piece);
    expect(Buffer.concat(bytes).toString('latin1')).toMatch(/\/FontName\/\w+\+Noto/);
    expect(existsSync(leftBehind()), 'what a killed one left').toBe(false);

    const [first] = offices();
    await converted('04', 'doc');
    expect(offices()).toEqual([first]);
    expect(instance.lambda.tally).toMatchObject({ coldStarts: 1, failed: 0 });
    // LibreOffice that hangs at its start costs the cage's limit of three minutes at the worst, and is started again.
  }, 420_000);

  it('sets text with Typst, which is no JavaScript', async () => {
    expect((await converted('12', 'txt')).pages).toBeGreaterThan(0);
  }, 60_000);

  it('sends what it was not made for back, and says why it cannot start', async () => {
    await expect(instance.lambda.invoke({ version: 2 })).rejects.toThrow('Unreadable');
    const { GONGKAI_VAULT: _, ...rest } = image.env;
    const broken = image.instance(rest).lambda;
    await expect(broken.invoke({})).rejects.toThrow(/settings of this function[\s\S]*GONGKAI_VAULT/);
    broken.end();
  }, 60_000);
});
