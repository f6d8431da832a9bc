import type { Office } from '../commands/index.ts';
import { RecordsQueue } from '../outbox/index.ts';
import type { Policy } from '../policy/index.ts';
import { settle, sweep } from '../stations/index.ts';
import { MemoryBlobs } from './memory-blobs.ts';
import { MemoryRecords } from './memory-records.ts';
import { MemoryUploads } from './memory-uploads.ts';
import {
  MemoryNotifier,
  MemorySearch,
  type Script,
  scriptedMachines,
  testSigner,
} from './scripted-machines.ts';
import { TestClock, TestIds, TestRandomness } from './test-clock.ts';

/** A whole office in memory. `change` wraps or replaces ports: that is how the crash tests sabotage it. */
export const testOffice = (
  policy: Policy,
  script: Script = {},
  change: (office: Office) => Office = (office) => office,
) => {
  const clock = new TestClock();
  const records = new MemoryRecords();
  const blobs = new MemoryBlobs(clock);
  const search = new MemorySearch();
  const notifier = new MemoryNotifier();
  const office = change({
    policy,
    records,
    blobs,
    uploads: new MemoryUploads(blobs),
    queue: new RecordsQueue(records, clock),
    search,
    clock,
    ids: new TestIds(),
    randomness: new TestRandomness(),
    signer: testSigner,
    ...scriptedMachines(blobs, script),
    notifier,
    publicUrl: 'https://gongkai.example',
  });
  return { office, clock, records, blobs, search, notifier };
};

/** Works the queue and the clock until nothing is left that is due now; retries come when the clock goes on. */
export const drain = async (office: Office, clock?: TestClock): Promise<readonly string[]> => {
  const errors: string[] = [];
  for (let round = 0; round < 200; round += 1) {
    const deliveries = await office.queue.receive(10, 60);
    for (const delivery of deliveries) {
      const settled = await settle(office, delivery);
      if (settled.error !== undefined) errors.push(`${settled.message.type}: ${settled.error}`);
    }
    const swept = await sweep(office);
    if (deliveries.length > 0 || swept.length > 0) continue;
    const { waiting } = await office.queue.depth();
    if (waiting === 0 || !clock) return errors;
    clock.advance(61);
  }
  throw new Error(`the queue never came to rest: ${errors.join('; ')}`);
};
