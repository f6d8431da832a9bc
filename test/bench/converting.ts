import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BlobRef, type FileType, noWords } from '@gongkai/core';
import { missing, versitygw } from '../aws-local/servers.ts';
import { machinesImage } from '../infra/machines-image.ts';
import { processesBelow } from '../infra/processes.ts';
import { milliseconds } from './stopwatch.ts';
import type { Table } from './table.ts';
import { wordDocument } from './word-document.ts';

const made = fileURLToPath(new URL('../../packages/local/documents/made/', import.meta.url));
type Instance = ReturnType<Awaited<ReturnType<typeof machinesImage>>['instance']>;

type Original = { readonly what: string; readonly bytes: Uint8Array; readonly type: FileType };
const ofOffices = (): Original[] =>
  readdirSync(made)
    .sort()
    .filter((name) => /^(03|10|18)/.test(name))
    .map((name) => ({
      what: name,
      bytes: readFileSync(join(made, name)),
      type: extname(name).slice(1) as FileType, // the demonstration has no others
    }));
const long = (pages: number): Original => ({
  what: `${pages} pages of text, Word`,
  bytes: wordDocument(pages),
  type: 'docx',
});

/** Memory of the instance, MB: what is shared by its processes counted once, as in a machine of its own. */
const memoryOf = (pid: number): { all: number; largest: number } => {
  const each = processesBelow(pid).map((process) => {
    try {
      const text = readFileSync(`/proc/${process.pid}/smaps_rollup`, 'utf8');
      return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024;
    } catch {
      return 0; // it has just ended
    }
  });
  return { all: each.reduce((sum, one) => sum + one, 0), largest: Math.max(0, ...each) };
};

/** Processor time that the instance has used, s: the same whoever else is at work on this machine. */
const secondsOf = (instance: Instance): number =>
  instance.lambda.pids
    .flatMap(processesBelow)
    .reduce((sum, { processorSeconds }) => sum + processorSeconds, 0);

/** The most that the instance took while something ran, as far as a look every 200 ms sees it. */
const peakDuring = async (instance: Instance, run: () => Promise<unknown>): Promise<number> => {
  let peak = 0;
  const look = setInterval(() => {
    for (const pid of instance.lambda.pids) peak = Math.max(peak, memoryOf(pid).all);
  }, 200);
  try {
    await run();
  } finally {
    clearInterval(look);
  }
  return peak;
};

/** The converter in the image that Lambda runs, built without Docker: time and memory, cold and warm. */
export const converting = async (): Promise<Table[]> => {
  const why = process.platform === 'linux' ? missing(versitygw) : 'there is no /proc';
  if (why !== undefined) return [{ title: 'The converter', rows: [], notes: [`NOT MEASURED: ${why}`] }];
  // Not below node_modules, where the bench has its room: Node runs no TypeScript there.
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-image-'));
  const image = await machinesImage(folder);
  const convert = async (instance: Instance, { bytes, type, what }: Original) => {
    const done = await instance.machines.converter.convert(await image.uploaded(bytes), type, what);
    if (!done.ok) throw new Error(`${what}: ${JSON.stringify(done.error)}`);
    return done.value;
  };
  const rows: Record<string, string | number | undefined>[] = [];
  for (const original of [...ofOffices(), long(10), long(500)]) {
    const instance = image.instance();
    const row: Record<string, string | number> = { document: original.what };
    row['peak MB'] = await peakDuring(instance, async () => {
      row['cold s'] =
        (await milliseconds(async () => {
          row.pages = (await convert(instance, original)).pages;
        })) / 1e3;
      const first = secondsOf(instance);
      row['warm s'] = (await milliseconds(() => convert(instance, original))) / 1e3;
      row['cold, processor s'] = first;
      row['warm, processor s'] = secondsOf(instance) - first;
    });
    process.stderr.write(`\n  ${JSON.stringify(row)}`);
    rows.push(row);
    instance.lambda.end();
  }

  const instance = image.instance();
  const { inspector, renderer } = instance.machines;
  const idle = (): number => Math.max(...instance.lambda.pids.map((pid) => memoryOf(pid).all));
  const ways: Record<string, string | number | undefined>[] = [];
  const step = async (what: string, run: () => Promise<unknown>): Promise<void> => {
    const peak = await peakDuring(instance, run);
    const row = { step: what, 'peak MB': peak, 'MB when it rests again': idle() };
    process.stderr.write(`\n  ${JSON.stringify(row)}`);
    ways.push(row);
  };
  const ten = long(10);
  const upload = await image.uploaded(ten.bytes);
  await step('examine', () => inspector.examine(upload, '十页.docx', noWords));
  await step('convert a text (Typst)', () =>
    convert(instance, { what: '说明.txt', bytes: Buffer.from('政务公开\n'), type: 'txt' }),
  );
  let { pdf }: { pdf: BlobRef } = await convert(instance, ten);
  for (const pages of [10, 500]) {
    await step(`inspect, ${pages} pages`, () => inspector.inspect(pdf, noWords));
    await step(`render, ${pages} pages`, () =>
      renderer.render(pdf, {
        redactions: [],
        stamp: {
          ...{ indexNumber: '000014349/2026-00001', office: '大德乡人民政府', publishedOn: '2026-11-26' },
          ...{ verifyUrl: 'https://gk.example.gov.cn/verify/ABCD', code: 'ABCD-EFGH' },
        },
        metadata: { title: '通知', author: '大德乡人民政府', language: 'zh-CN' },
        createdAt: '2026-11-26T00:00:00.000Z',
      }),
    );
    await step('convert, 500 pages', async () => {
      ({ pdf } = await convert(instance, long(500)));
    });
  }
  instance.lambda.end();
  await image.end();
  rmSync(folder, { recursive: true, force: true });
  return [
    {
      title: 'The converter, in the image of the machines: a new instance for each document, then once more',
      rows,
      notes: [
        'cold: from no process at all to the answer, with S3 on this machine; without the time in which Lambda fetches the image',
        'memory: all processes of the instance together, shared pages once (PSS), looked at every 200 ms',
      ],
    },
    { title: 'One instance that does everything, one after the other', rows: ways },
  ];
};
