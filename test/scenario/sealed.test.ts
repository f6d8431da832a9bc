import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  attachUpload,
  createPublication,
  type Inspection,
  inspection,
  loadJson,
  markedCopyOf,
  type Office,
  type Policy,
  type Publication,
  RecordsQueue,
  sealingViews,
  withdrawPublication,
} from '@gongkai/core';
import { testOffice } from '@gongkai/core/memory';
import { FileBlobs, FileUploads, SystemClock } from '@gongkai/embedded';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMachines } from '../../packages/local/src/machines/index.ts';
import { startWorkers } from '../../packages/local/src/workers.ts';
import { typeset } from '../../packages/render/src/release/specimen.ts';
import { approveBy, current, defaultPolicy, filled, first, maker, second } from './office-at-work.ts';

const base = defaultPolicy();
const name = base.office.name;
const policy: Policy = {
  ...base,
  stamp: {
    ...base.stamp,
    watermark: '公示',
    seal: { ...base.stamp.seal, enabled: true, paging: true, code: '3300000035012' },
  },
};

const letter = typeset(
  `= 关于公布财务收支情况的通知\n各村：\n\n现将第三季度财务收支情况公布如下，接受群众监督。\n#v(60pt)
   #align(right, pad(right: 4em, block({ set align(center); [${name}\\ 2026年2月9日] })))
   #pagebreak()\n附表一　收入\n#pagebreak()\n附表二　支出`,
  'paper: "a4", margin: 80pt',
);

const folder = mkdtempSync(join(tmpdir(), 'gongkai-sealed-'));
let office: Office;
let workers: { stop?(): unknown; close?(): unknown } | undefined;
let machines: ReturnType<typeof openMachines>;
beforeAll(async () => {
  const clock = new SystemClock();
  const blobs = await FileBlobs.open(join(folder, 'blobs'), clock);
  const uploads = await FileUploads.open(join(folder, 'uploads'), blobs);
  machines = openMachines(blobs, join(folder, 'work'), policy);
  const { converter, inspector, renderer } = machines;
  ({ office } = testOffice(policy, {}, (there) => ({
    ...there,
    ...{ blobs, uploads, clock, converter, inspector, renderer },
    queue: new RecordsQueue(there.records, clock),
    scanner: { scan: async () => ({ verdict: 'clean' }) },
  })));
  workers = startWorkers(office, () => undefined) as typeof workers;
});
afterAll(async () => {
  await (workers?.stop?.() ?? workers?.close?.());
  await machines.close();
  rmSync(folder, { recursive: true, force: true });
});

const until = async (id: string, done: (item: Publication) => boolean): Promise<Publication> => {
  for (let turn = 0; turn < 900; turn += 1) {
    const item = await current(office, id);
    if (done(item)) return item;
    if (item.trouble) throw new Error(JSON.stringify(item.trouble));
    await new Promise((again) => setTimeout(again, 100));
  }
  throw new Error(`stuck: ${JSON.stringify(await current(office, id))}`);
};

const bytesOf = async (blob: Parameters<Office['blobs']['open']>[0]): Promise<Buffer> => {
  const stream = await office.blobs.open(blob);
  const parts: Uint8Array[] = [];
  for await (const part of stream ?? []) parts.push(part);
  return Buffer.concat(parts);
};

it('a letter is sealed where it is signed, over its edges and across its pages, passes the gate, and is marked when it is over', async () => {
  const created = await createPublication(office, maker, {
    metadata: filled(policy, '关于公布财务收支情况的通知'),
    display: { kind: 'days', amount: 7 },
  });
  if (!created.ok) throw new Error(created.error.code);
  const { id } = created.value.item;
  const kept = await office.blobs.putOnce(
    'quarantine',
    (async function* () {
      yield letter;
    })(),
  );
  if (!kept.ok) throw new Error(kept.error.code);
  await attachUpload(office, maker, id, { id: 'letter', name: '通知.pdf', ...kept.value });
  const read = await until(id, ({ files }) => files[0]?.progress === 'inspected');
  const seen: Inspection = await loadJson(office, inspection, read.files[0]?.inspection ?? '');

  // Whoever decides is told before.
  expect(sealingViews(office, read, [seen])).toMatchObject([
    { placed: true, zh: '图形印章盖在第 1 页的署名和成文日期上；各页右边盖骑缝章' },
  ]);
  await approveBy(office, id, maker, first, second);
  const published = await until(id, ({ state }) => state === 'published');
  const released = { area: 'vault', sha256: published.release?.files[0]?.sha256 ?? '' } as const;
  const bytes = await bytesOf(released);
  const text = await office.inspector.inspect(released, { words: [], version: 0 } as never);
  expect(text.ok && text.value.pages.map((page) => page.text).join()).not.toContain('公示\n');

  expect(await markedCopyOf(office, published, 0, '已废止')).toMatchObject({
    error: { code: 'wrong-state' },
  });
  const withdrawn = await withdrawPublication(office, first, id, { reason: '数据有误', notice: '已撤回' });
  if (!withdrawn.ok) throw new Error(withdrawn.error.code);
  const over = await current(office, id);
  const copy = await markedCopyOf(office, over, 0, undefined);
  if (!copy.ok) throw new Error(JSON.stringify(copy.error));
  expect(copy.value.area).toBe('renditions');
  expect(copy.value.sha256).not.toBe(released.sha256);
  expect(await bytesOf(released)).toEqual(bytes);
  expect(await markedCopyOf(office, over, 0, undefined)).toEqual(copy);
  if (process.env.KEEP !== undefined) {
    writeFileSync(join(process.env.KEEP, 'released.pdf'), bytes);
    writeFileSync(join(process.env.KEEP, 'marked.pdf'), await bytesOf(copy.value));
  }
}, 120_000);
