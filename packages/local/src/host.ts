import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, type Office, type Policy, RecordsQueue } from '@gongkai/core';
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
  notices: join(data, 'notices.jsonl'),
  running: join(data, 'running.lock'),
  /** Stands while the search file is not yet full: a kill half-way is then made good at the next start. */
  refilling: join(data, 'search.refilling'),
});

const openSigner = (path: string): Promise<FileSigner> =>
  existsSync(path) ? FileSigner.open(path) : FileSigner.create(path);

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
    signer: await openSigner(place.key),
    converter: machines.converter,
    inspector: machines.inspector,
    renderer: machines.renderer,
    scanner: program ? new ClamScanner(program, blobs) : new NoScanner(),
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
