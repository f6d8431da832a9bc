import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachUpload, type Bytes, createPublication, type Office, RecordsQueue } from '@gongkai/core';
import { testOffice } from '@gongkai/core/memory';
import { FileBlobs, FileUploads, SystemClock } from '@gongkai/embedded';
import { PDFDocument, PDFName } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { openMachines } from '../../packages/local/src/machines/index.ts';
import { startWorkers } from '../../packages/local/src/workers.ts';
import { bytesOf, current, defaultPolicy, filled, maker } from './office-at-work.ts';

/** What any station may take here for one file; the product gives 120 s to 300 s. */
const longestMs = 8_000;

/** Forms that draw the next one twice, 2^14 of them on each of 400 pages: minutes of work in 100 kB, and never much of it at once. */
const endless = async (): Promise<Uint8Array> => {
  const document = await PDFDocument.create();
  const { context } = document;
  const form = (content: string, resources: object) =>
    context.register(
      context.stream(content, {
        ...{ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 300, 300] },
        Resources: context.obj(resources as Record<string, never>),
      }),
    );
  let next = form('0 0 1 1 re f', {});
  for (let depth = 0; depth < 14; depth += 1) next = form('/N Do /N Do', { XObject: { N: next } });
  for (let n = 0; n < 400; n += 1) {
    const { node } = document.addPage([300, 300]);
    node.set(PDFName.of('Resources'), context.obj({ XObject: { N: next } }));
    node.set(PDFName.of('Contents'), context.register(context.stream('/N Do')));
  }
  return document.save();
};

const wholly = (bytes: Uint8Array): Bytes =>
  (async function* () {
    yield bytes;
  })();

/** One publication with one file in quarantine, on its way. */
const handIn = async (office: Office, name: string, content: Bytes): Promise<string> => {
  const made = await createPublication(office, maker, {
    metadata: filled(office.policy, name),
    display: { kind: 'days', amount: 7 },
  });
  if (!made.ok) throw new Error(made.error.code);
  const { id } = made.value.item;
  const kept = await office.blobs.putOnce('quarantine', content);
  if (!kept.ok) throw new Error(kept.error.code);
  const attached = await attachUpload(office, maker, id, { id: `file-${id}`, name, ...kept.value });
  if (!attached.ok) throw new Error(attached.error.code);
  return id;
};

describe('a file that never ends', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-hanging-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('costs ten good ones beside it no more than its own limit, and is refused with a sentence', async () => {
    const clock = new SystemClock();
    const blobs = await FileBlobs.open(join(folder, 'blobs'), clock);
    const uploads = await FileUploads.open(join(folder, 'uploads'), blobs);
    const machines = openMachines(blobs, join(folder, 'work'), defaultPolicy(), undefined, longestMs);
    const { converter, inspector, renderer } = machines;
    const { office } = testOffice(defaultPolicy(), {}, (there) => ({
      ...there,
      ...{ blobs, uploads, clock, converter, inspector, renderer },
      queue: new RecordsQueue(there.records, clock),
      scanner: { scan: async () => ({ verdict: 'clean' }) },
    }));
    const endlessPdf = await endless();
    const bad = await handIn(office, '没完没了.pdf', wholly(endlessPdf));
    const good: string[] = [];
    for (let n = 1; n <= 10; n += 1)
      good.push(await handIn(office, `通知${n}.txt`, bytesOf(`关于第${n}次会议的通知\n\n定于周三召开。`)));

    const started = Date.now();
    const workers = startWorkers(office, () => undefined);
    const progressOf = async (id: string) => (await current(office, id)).files[0];
    const settled = async (ids: readonly string[], done: (progress: string) => boolean): Promise<number> => {
      for (;;) {
        const files = await Promise.all(ids.map(progressOf));
        if (files.every((file) => file !== undefined && done(file.progress))) return Date.now() - started;
        if (Date.now() - started > 100_000)
          throw new Error(JSON.stringify(files.map((file) => file?.progress)));
        await new Promise((turn) => setTimeout(turn, 100));
      }
    };
    try {
      const allGood = await settled(good, (progress) => progress === 'inspected');
      const ended = await settled([bad], (progress) => progress === 'refused');
      console.log(`ten good files: ${allGood} ms; the endless one refused after ${ended} ms`);
      const refused = await progressOf(bad);
      expect(refused?.refusal?.code).toBe('out-of-time');
      // Behind it they wait for its turn in a machine at most; what they take themselves is measured by the first of them.
      expect(ended).toBeGreaterThan(longestMs);
      expect(allGood).toBeLessThan(3 * longestMs + 60_000);
      expect(await blobs.head({ area: 'quarantine', sha256: refused?.sha256 ?? '' })).toBeDefined();
    } finally {
      await workers.stop();
      await machines.close();
    }
  }, 200_000);
});
