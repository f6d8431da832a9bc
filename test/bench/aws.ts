import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { settle, sweep } from '@gongkai/core';
import { carry, foundStaff, signedIn } from '@gongkai/local/demonstration';
import { Meter } from '../aws-local/endpoint.ts';
import { type AwsLocal, awsLocalMissing, startAwsLocal } from '../aws-local/index.ts';
import { LocalFunction } from '../aws-local/lambda.ts';
import { officeOf } from '../aws-local/office.ts';
import { bundle } from '../infra/bundle.ts';
import { prices } from './prices.ts';
import { median } from './stopwatch.ts';
import type { Table } from './table.ts';
import { wordDocument } from './word-document.ts';

const workers = ['api', 'stations', 'stream', 'uploads', 'clock', 'upkeep'] as const;
/** Of infra/workers.ts, triggers.ts and site.ts, in GB. */
const memoryGb: Readonly<Record<string, number>> = {
  ...{ api: 1.769 / 1.024, stations: 1, machines: 5, uploads: 0.5, stream: 0.5, clock: 0.5, upkeep: 0.5 },
};
const coldStarts = 11;
/** What infra/workers.ts says to `api` alone. */
const more = (name: string): Record<string, string> => (name === 'api' ? { GONGKAI_ASSETS: 'assets' } : {});

type Counted = {
  readonly requests: Readonly<Record<string, number>>;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly gbSeconds: number;
  readonly calls: number;
};

const importMs = async (
  entry: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<number> => {
  const script = `const t=performance.now();await import(${JSON.stringify(entry)});console.log(performance.now()-t);process.exit()`;
  const streaming = 'globalThis.awslambda={streamifyResponse:(it)=>it,HttpResponseStream:{}};';
  // Not in this process's way: it answers as AWS meanwhile.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', streaming + script],
    { env: { PATH: process.env.PATH ?? '', ...env }, cwd: folder },
  );
  return Number(stdout.trim().split('\n').at(-1));
};

const get = (path: string) => ({
  version: '2.0',
  rawPath: path,
  rawQueryString: '',
  headers: { host: 'api.lambda-url.local', 'x-forwarded-host': '127.0.0.1' },
  requestContext: { domainName: 'api.lambda-url.local', http: { method: 'GET', path, protocol: 'HTTP/1.1' } },
  isBase64Encoded: false,
});
const bytesOf = async (answer: IncomingMessage): Promise<number> => {
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  const whole = Buffer.concat(pieces);
  // What a stream begins with: the head as JSON, eight zeros, then the body.
  const head = whole.subarray(0, whole.indexOf(Buffer.alloc(8))).toString();
  const { statusCode } = JSON.parse(head) as { statusCode: number };
  if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
  return whole.length - head.length - 8;
};

/** A function that only answers: what a process and the runtime's protocol take by themselves. */
const answersOnly = `export const handler = awslambda.streamifyResponse(async (_, stream) => {
  awslambda.HttpResponseStream.from(stream, { statusCode: 200 }).end('.');
});`;

/** From a process that does not exist to the whole of the answer, ms. */
const firstRequest = async (
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ cold: number[]; warm: number[] }> => {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let n = 0; n < coldStarts; n += 1) {
    const api = new LocalFunction({
      name: 'api',
      timeoutMs: 30_000,
      atOnce: 1,
      env,
      folder,
      log: () => undefined,
    });
    for (const times of [cold, warm]) {
      const started = performance.now();
      await bytesOf(await api.invokeStreaming(get('/')));
      times.push(performance.now() - started);
    }
    api.end();
  }
  return { cold, warm };
};

/** What was counted between two looks. */
const counter = (aws: AwsLocal, meter: Meter) => {
  const look = () => ({
    requests: new Map(meter.requests),
    read: meter.readUnits,
    write: meter.writeUnits,
    functions: Object.entries(aws.functions).map(([name, { tally }]) => ({ name, ...tally })),
  });
  let before = look();
  return {
    begin: (): void => {
      before = look();
    },
    end: (): Counted => {
      const now = look();
      const requests: Record<string, number> = {};
      for (const [what, count] of now.requests) {
        const more = count - (before.requests.get(what) ?? 0);
        if (more > 0) requests[what] = more;
      }
      let gbSeconds = 0;
      let calls = 0;
      for (const [at, { name, billedMs, calls: made }] of now.functions.entries()) {
        gbSeconds += ((billedMs - (before.functions[at]?.billedMs ?? 0)) / 1000) * (memoryGb[name] ?? 0.5);
        calls += made - (before.functions[at]?.calls ?? 0);
      }
      const { read, write } = before;
      return { requests, readUnits: now.read - read, writeUnits: now.write - write, gbSeconds, calls };
    },
  };
};

const per = (requests: Counted['requests'], pattern: RegExp): number =>
  Object.entries(requests).reduce((sum, [what, count]) => (pattern.test(what) ? sum + count : sum), 0);

/** Dollars for what was counted. SQS is paid for sending, receiving and deleting. */
const dollars = ({ requests, readUnits, writeUnits, gbSeconds, calls }: Counted): number =>
  (readUnits * prices.dynamodbReadPerMillion + writeUnits * prices.dynamodbWritePerMillion) / 1e6 +
  (per(requests, /^S3 (PUT|POST|LIST)/) * prices.s3WritePerThousand +
    per(requests, /^S3 (GET|HEAD)/) * prices.s3ReadPerThousand) /
    1e3 +
  (per(requests, /^AmazonSQS/) * 3 * prices.sqsPerMillion + calls * prices.lambdaPerMillion) / 1e6 +
  gbSeconds * prices.lambdaPerGbSecond +
  (per(requests, /^TrentService/) / 1e4) * prices.kmsSignPerTenThousand;

const row = (what: string, counted: Counted): Table['rows'][number] => ({
  what,
  'DynamoDB requests': per(counted.requests, /^DynamoDB/),
  'read units': counted.readUnits,
  'write units': counted.writeUnits,
  'S3 PUT, LIST': per(counted.requests, /^S3 (PUT|POST|LIST)/),
  'S3 GET, HEAD': per(counted.requests, /^S3 (GET|HEAD)/),
  SQS: per(counted.requests, /^AmazonSQS/) * 3,
  'KMS signatures': per(counted.requests, /^TrentService/),
  'function calls': counted.calls,
  'GB-seconds': counted.gbSeconds,
  USD: dollars(counted),
});

const quiet = async (aws: AwsLocal): Promise<void> => {
  for (let still = 0; still < 10; still += 1) {
    if (aws.queues.stations.waiting + aws.queues.uploads.waiting > 0) still = 0;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
};

/** One document on its way, and what the rest of the time costs. */
const bill = async (aws: AwsLocal, meter: Meter, folder: string): Promise<Table[]> => {
  const office = await officeOf(aws);
  const staff = await signedIn(aws.address, await foundStaff(office, folder));
  writeFileSync(join(folder, '十页.docx'), wordDocument(10));
  const entry = {
    ...{
      files: ['十页.docx'],
      title: '十页的通知',
      column: 'system',
      genre: '决定',
      theme: '综合政务/政务公开',
    },
    ...{
      display: { kind: 'days', amount: 30 } as const,
      generatedOn: '2026-11-02',
      until: 'published' as const,
    },
  };
  const way = () => carry(staff, entry, 'published', () => undefined, folder);
  // Once to warm every function and cage.
  await way();
  await quiet(aws);

  const count = counter(aws, meter);
  const { item } = await way();
  await quiet(aws);
  const published = count.end();
  if (item.state !== 'published') throw new Error(`it ended ${item.state}`);
  const pages = item.release?.files[0]?.pages;

  const later = {
    ...office,
    clock: { now: () => new Date(Date.parse(item.until ?? '') + 1000).toISOString() },
  };
  count.begin();
  const started = performance.now();
  await sweep(later);
  for (
    let held = await later.queue.receive(10, 60);
    held.length > 0;
    held = await later.queue.receive(10, 60)
  )
    for (const delivery of held) await settle(later, delivery);
  const ms = performance.now() - started;
  const counted = count.end();
  const expired = {
    ...counted,
    gbSeconds: counted.gbSeconds + (ms / 1000) * (memoryGb.stations ?? 1),
    calls: 3,
  };

  await aws.functions.clock.invoke({});
  count.begin();
  await aws.functions.clock.invoke({});
  const minute = count.end();
  await aws.functions.upkeep.invoke({});
  count.begin();
  await aws.functions.upkeep.invoke({});
  const night = count.end();

  const { item: shown } = await way();
  const reader = async (path: string): Promise<{ bytes: number; counted: Counted }> => {
    await bytesOf(await aws.functions.api.invokeStreaming(get(path)));
    count.begin();
    const bytes = await bytesOf(await aws.functions.api.invokeStreaming(get(path)));
    return { bytes, counted: count.end() };
  };
  const front = await reader('/');
  const page = await reader(`/item/${shown.id}`);
  const pdf = await reader(`/file/${shown.id}/0`);

  const times = (factor: number, counted: Counted): number => dollars(counted) * factor;
  const views = [front, page, pdf];
  const million = views.reduce((sum, { counted }) => sum + times(1e6, counted), 0);
  const gigabytes = (views.reduce((sum, { bytes }) => sum + bytes, 0) * 1e6) / 1e9;
  const traffic = gigabytes * prices.cloudfrontPerGb + (3e6 / 1e4) * prices.cloudfrontPerTenThousand;
  const wall = 3 * prices.wafPerMillion;
  const minutes = 60 * 24 * 30;
  const standing =
    3 * prices.kmsKeyMonth +
    12 * prices.alarmMonth +
    prices.dashboardMonth +
    8 * prices.metricMonth +
    prices.wafAclMonth +
    4 * prices.wafRuleMonth;
  // Lambda's pollers ask each queue all the time: five of them, twenty seconds a question.
  const polling = ((2 * 5 * 3 * minutes) / 1e6) * prices.sqsPerMillion;
  const timers = (minutes / 1e6) * prices.schedulerPerMillion;
  const idle = times(minutes, minute) + times(30, night) + standing + polling + timers;
  const one = dollars(published) + dollars(expired);

  return [
    {
      title: `AWS: what is asked for, a document of ${pages} pages (Word)`,
      rows: [
        row('from upload to published', published),
        row('its end: expired, out of the index', expired),
        row('a minute of the clock, nothing due', minute),
        row('a night of upkeep', night),
        row(`a reader: front page (${Math.round(front.bytes / 1000)} kB)`, front.counted),
        row(`a reader: page of an item (${Math.round(page.bytes / 1000)} kB)`, page.counted),
        row(`a reader: its PDF (${Math.round(pdf.bytes / 1000)} kB)`, pdf.counted),
      ],
      notes: [
        'not counted: data keys that S3 and DynamoDB ask of KMS (bucket keys keep them few), logs, backups, a domain',
        'counted at the clients’ own requests over DynamoDB Local and versitygw, warm, everything delivered once; SQS: send, receive, delete of each',
        'GB-seconds: time of this machine times the memory in infra/; a function that waits for the machines is paid like them',
      ],
    },
    {
      title: `AWS: the price (${prices.region}, prices of ${prices.asOf}, no free tier)`,
      rows: [
        { what: '1,000 documents, from upload to expired', USD: one * 1000 },
        { what: 'a month of an idle office', USD: idle },
        { what: '— of it clock and upkeep', USD: times(minutes, minute) + times(30, night) + timers },
        { what: '— of it keys, alarms, dashboard, metrics, firewall', USD: standing },
        { what: '— of it the queues’ pollers', USD: polling },
        { what: '1,000,000 readers (front page, item, PDF; nothing cached)', USD: million + traffic + wall },
        { what: '— of it traffic by CloudFront', USD: traffic },
        {
          what: 'a year of storage of 1,000 documents',
          USD: ((pdf.bytes * 4 * 1000) / 1e9) * prices.s3StoragePerGbMonth * 12,
        },
      ],
      notes: [
        'prices: test/bench/prices.ts, to be looked up again before a budget',
        'storage: four times the release (original, conversion, inspection, release)',
      ],
    },
  ];
};

/** Size and start of every function, and what AWS would ask for the product’s work. */
export const aws = async (folder: string): Promise<Table[]> => {
  if (awsLocalMissing !== undefined)
    return [{ title: 'AWS', rows: [], notes: [`not run: ${awsLocalMissing}`] }];
  const meter = new Meter();
  const local = await startAwsLocal({ clockMs: 3_600_000, stationSeconds: 120, meter, inOrder: true });
  try {
    const { env } = local;
    const bundles: Table['rows'][number][] = [];
    const entries = new Map<string, string>();
    for (const name of workers) {
      const made = await bundle(name, join(folder, name));
      entries.set(name, made.entry);
      const times: number[] = [];
      for (let n = 0; n < 5; n += 1)
        times.push(await importMs(made.entry, join(folder, name), { ...env, ...more(name) }));
      bundles.push({
        function: name,
        'read at the start, kB': made.initialBytes / 1000,
        'with what may follow, kB': made.allBytes / 1000,
        'import, ms': median(times),
        largest: made.packages
          .slice(0, 3)
          .map(([it, bytes]) => `${it} ${Math.round(bytes / 1000)}`)
          .join(', '),
      });
    }
    const { cold, warm } = await firstRequest(join(folder, 'api'), {
      ...env,
      ...more('api'),
      BUNDLE: entries.get('api') ?? '',
    });
    const least = join(folder, 'answers-only.mjs');
    writeFileSync(least, answersOnly);
    const empty = await firstRequest(folder, { ...env, BUNDLE: least });
    return [
      {
        title: 'AWS: the functions, bundled as SST bundles them',
        rows: bundles,
        notes: [
          `the API from no process to the whole front page: median ${Math.round(median(cold))} ms of ${coldStarts} (least ${Math.round(Math.min(...cold))}); the second request ${Math.round(median(warm))} ms; a function that only answers: ${Math.round(median(empty.cold))} ms`,
          'import: with what a function does before it can answer (policy, KMS key); machines is an image (infra/machines)',
        ],
      },
      ...(await bill(local, meter, folder)),
    ];
  } finally {
    await local.end();
  }
};
