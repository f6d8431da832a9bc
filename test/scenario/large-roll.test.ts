import {
  clearOrphans,
  editDraft,
  type Finding,
  keys,
  load,
  type Records,
  RecordsQueue,
  recordFaults,
  sequenceAudit,
  workOf,
} from '@gongkai/core';
import { drain, MemoryRecords, testOffice } from '@gongkai/core/memory';
import { SqliteRecords } from '@gongkai/embedded';
import { describe, expect, it } from 'vitest';
import { dynamoLocal, noDynamoLocal } from '../contract/dynamo-local.ts';
import { scratchFolders } from '../contract/scratch.ts';
import { notRun } from '../not-run.ts';
import { approveBy, current, defaultPolicy, draftWith, first, maker, second } from './office-at-work.ts';

const households = 3_000;
const covered = 800;
const kinds = ['person-name', 'resident-id', 'mobile'] as const;

/** 花名册: a name, an identity number and a telephone number of each household. */
const roll = (): Finding[] =>
  Array.from({ length: households }, (_, n) =>
    kinds.map(
      (kind, column): Finding => ({
        id: `${n}`.padStart(4, '0') + kind.padEnd(16, '-'),
        kind,
        severity: 'high',
        rule: kind,
        sure: 1,
        text: `${kind} ${n}`,
        boxes: [
          {
            page: 1,
            x: 60 + column * 150.25,
            y: 60.5 + (n % 40) * 18,
            width: 132.75,
            height: 15.4,
          },
        ],
        removedByRender: false,
        why: { zh: '测试', en: 'test' },
      }),
    ),
  ).flat();

const wayOfARoll = async (records: Records) => {
  const policy = defaultPolicy();
  const whole = roll();
  // Covered places are gone from the release, the others were seen and answered.
  const script = {
    findings: (text: string) =>
      text.includes('■') ? whole.slice(covered) : text.includes('花名册') ? whole : [],
  };
  const { office, clock } = testOffice(policy, script, (before) => ({
    ...before,
    records,
    queue: new RecordsQueue(records, before.clock),
  }));
  const id = await draftWith(office, ['花名册 [[mobile:1]]']);
  await drain(office, clock);
  const bytes = async (): Promise<number> =>
    Buffer.byteLength(JSON.stringify((await records.get(keys.publication(id)))?.data));
  const sizes: Record<string, number> = { inspected: await bytes() };

  // As the station names them: two files may have the same finding.
  const named = whole.map((one) => ({ ...one, id: `file0:${one.id}` }));
  const redactions = named.slice(0, covered).map(({ id: finding, boxes }) => ({
    id: `box-${finding}`,
    file: 0,
    boxes,
    ground: policy.grounds.find(({ redactable }) => redactable)?.key ?? '',
    finding,
  }));
  const dispositions = Object.fromEntries(
    named.map(({ id: finding }, n) => [
      finding,
      n < covered
        ? { answer: 'redact' as const, reason: '' }
        : { answer: 'consent' as const, reason: '本人已书面同意公示' },
    ]),
  );
  const saved = await editDraft(office, maker, id, { redactions, dispositions });
  expect(saved.ok ? 'saved' : saved.error).toBe('saved');
  sizes.answered = await bytes();
  const item = await current(office, id);
  sizes.whole = Buffer.byteLength(JSON.stringify(item));
  expect(item.redactions).toHaveLength(covered);
  expect(Object.keys(item.dispositions)).toHaveLength(households * 3);
  expect(item.files[0]?.findings).toHaveLength(households * 3);
  // A list tells of it what stands beside its row, too.
  const { mine } = await workOf(office, maker);
  expect(mine.find((one) => one.item.id === id)?.item.redactions).toHaveLength(covered);

  await approveBy(office, id, maker, first, second);
  clock.advance(2 * 3_600);
  await clearOrphans(office);
  await drain(office, clock);
  const published = await load(office, id);
  expect(published?.item.state).toBe('published');
  expect(published?.item.redactions).toHaveLength(covered);
  await sequenceAudit(office, { checkpointSeconds: 0 });
  const faults = [];
  for await (const fault of recordFaults(office)) faults.push(fault);
  expect(faults).toEqual([]);
  return { sizes, office, id };
};

const scratch = scratchFolders();

describe(`a roll of ${households} households with ${covered} redactions`, { timeout: 120_000 }, () => {
  it('goes its way in memory; its row stays small, and a lost bulk stops everything', async () => {
    const { sizes, office, id } = await wayOfARoll(new MemoryRecords());
    console.log('bytes of the row:', sizes);
    expect(sizes.whole).toBeGreaterThan(1_500_000);
    expect(Math.max(sizes.inspected ?? 0, sizes.answered ?? 0)).toBeLessThan(10_000);
    const sha256 = (await current(office, id)).bulk ?? '';
    await office.blobs.destroy({ area: 'renditions', sha256 });
    await expect(load(office, id)).rejects.toThrow('renditions has lost');
  });

  it('goes its way over SQLite', async () => {
    const records = await SqliteRecords.open(`${await scratch()}/records.sqlite`);
    await wayOfARoll(records);
    records.close();
  });
});

describe.skipIf(notRun(noDynamoLocal !== undefined, 'a large roll over DynamoDB Local', noDynamoLocal ?? ''))(
  'the same roll over DynamoDB Local',
  { timeout: 240_000 },
  () => {
    const dynamo = dynamoLocal();
    it('goes its way', async () => {
      await wayOfARoll(await dynamo.records());
    });
  },
);
