import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { auditKeys, type Clock, type Office, type Policy, RecordsQueue } from '@gongkai/core';
import {
  ClamScanner,
  FileBlobs,
  FileSigner,
  FileUploads,
  findScanProgram,
  NoScanner,
  OfficeNotifier,
  SqliteRecords,
  SqliteSearch,
  SystemClock,
  SystemIds,
  SystemRandomness,
} from '@gongkai/embedded';
import { type Configuration, readConfiguration, readPolicy } from './configuration.ts';
import { type Machines, openMachines } from './machines/index.ts';
import { lazyDocumentSigner, openDocumentSigner } from './signing/index.ts';

/** A running office on this machine: the ports, put together in one place. */
export type Host = {
  readonly office: Office;
  readonly policy: Policy;
  readonly data: string;
  readonly configuration: Configuration;
  readonly records: SqliteRecords;
  readonly queue: RecordsQueue;
  readonly blobs: FileBlobs;
  readonly search: SqliteSearch;
  readonly machines: Machines;
  /** Called after each commit; the workers listen. */
  onCommit(listener: () => void): void;
  close(): Promise<void>;
};

export const places = (data: string) => ({
  records: join(data, 'records.sqlite'),
  search: join(data, 'search.sqlite'),
  blobs: join(data, 'blobs'),
  uploads: join(data, 'uploads'),
  work: join(data, 'work'),
  key: join(data, 'keys', 'office.pem'),
  /** A key that is about to follow it (`gongkai keys rotate`). */
  nextKey: join(data, 'keys', 'office.next.pem'),
  notices: join(data, 'notices.jsonl'),
  running: join(data, 'running.lock'),
  /** Stands while the search file is not yet full: a kill half-way is then made good at the next start. */
  refilling: join(data, 'search.refilling'),
});

/**
 * The office's key; of a new office, a new one. A handover that was cut off after its commit is finished here: the new
 * key takes the place of the old one, whose file is then gone.
 */
const openSigner = async (
  { key, nextKey }: ReturnType<typeof places>,
  records: SqliteRecords,
): Promise<FileSigner> => {
  const inForce = (await auditKeys({ records })).at(-1);
  if (existsSync(nextKey)) {
    const next = await FileSigner.open(nextKey);
    if (next.publicKey === inForce) {
      await rename(nextKey, key); // over the old one
      return next;
    }
  }
  if (existsSync(key)) return FileSigner.open(key);
  if (inForce !== undefined)
    throw new Error(
      `缺少单位密钥 ${key}（公钥 ${inForce}）：请从备份恢复。 / the office key is missing: bring it back from a backup`,
    );
  return FileSigner.create(key);
};

/** `clock` is another one only in tests, which cannot wait for a display to end. */
export const openHost = async (
  data: string,
  given: Partial<Configuration> = {},
  clock: Clock = new SystemClock(),
): Promise<Host> => {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const configuration = readConfiguration(data, given);
  const policy = readPolicy(configuration.policy);
  const place = places(data);
  const records = await SqliteRecords.open(place.records);
  const blobs = await FileBlobs.open(place.blobs, clock);
  if (!existsSync(place.search)) writeFileSync(place.refilling, '');
  const search = await SqliteSearch.open(place.search);
  if (search.fresh) writeFileSync(place.refilling, '');
  const machines = openMachines(blobs, place.work, policy, configuration.fonts);
  const program = await findScanProgram();
  const listeners: (() => void)[] = [];
  const queue = new RecordsQueue(records, clock);
  const { signing } = configuration;
  const office: Office = {
    policy,
    records,
    blobs,
    uploads: await FileUploads.open(place.uploads, blobs),
    queue,
    search,
    clock,
    ids: new SystemIds(clock),
    randomness: new SystemRandomness(),
    signer: await openSigner(place, records),
    converter: machines.converter,
    inspector: machines.inspector,
    renderer: machines.renderer,
    scanner: program ? new ClamScanner(program, blobs) : new NoScanner(),
    ...(signing ? { documentSigner: lazyDocumentSigner(() => openDocumentSigner(signing, blobs)) } : {}),
    notifier: new OfficeNotifier(
      { log: place.notices, smtp: configuration.smtp, webhook: configuration.webhook },
      clock,
    ),
    publicUrl: configuration.publicUrl ?? `http://${configuration.host}:${configuration.port}`,
    committed: () => {
      for (const listener of listeners) listener();
    },
  };
  return {
    office,
    policy,
    data,
    configuration,
    records,
    queue,
    blobs,
    search,
    machines,
    onCommit: (listener) => listeners.push(listener),
    close: async () => {
      await machines.close();
      search.close();
      records.close();
    },
  };
};
