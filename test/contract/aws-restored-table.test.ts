import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchWriteItemCommand, CreateTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DynamoRecords, tableDefinition } from '@gongkai/aws';
import {
  type Actor,
  auditOf,
  auditState,
  commitWithAudit,
  createPublication,
  exportAudit,
  metadata,
  outboxWrite,
  parsePolicy,
  RecordsQueue,
  recordFaults,
  sequenceAudit,
  verifyExport,
} from '@gongkai/core';
import { testOffice } from '@gongkai/core/memory';
import { FileSigner } from '@gongkai/embedded';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { notRun } from '../not-run.ts';
import { dynamoLocal, noDynamoLocal } from './dynamo-local.ts';
import { scratchFolders } from './scratch.ts';

const policy = parsePolicy(
  parse(readFileSync(new URL('../../policies/default.yaml', import.meta.url), 'utf8')),
);
const who: Actor = { person: 'per_1', name: '甲', account: 'jia', roles: ['maker'], via: 'console' };

/** docs/deploy.md, "Restore the table": what AWS does is a copy under a new name; what comes after it is rehearsed here. */
describe.skipIf(notRun(noDynamoLocal !== undefined, 'a restored table', noDynamoLocal ?? ''))(
  'a restored table',
  { timeout: 120_000 },
  () => {
    const dynamo = dynamoLocal();
    const scratch = scratchFolders();

    /** A copy of the table as it stands, as point-in-time recovery makes one. */
    const copyOf = async (from: string, to: string): Promise<DynamoRecords> => {
      const client = await dynamo.client();
      await client.send(new CreateTableCommand(tableDefinition(to)));
      let ExclusiveStartKey: Record<string, never> | undefined;
      do {
        const page = await client.send(new ScanCommand({ TableName: from, Limit: 25, ExclusiveStartKey }));
        const puts = (page.Items ?? []).map((Item) => ({ PutRequest: { Item } }));
        if (puts.length > 0) await client.send(new BatchWriteItemCommand({ RequestItems: { [to]: puts } }));
        ExclusiveStartKey = page.LastEvaluatedKey as Record<string, never> | undefined;
      } while (ExclusiveStartKey !== undefined);
      return new DynamoRecords(client, to);
    };

    const officeOn = async (records: DynamoRecords) => {
      if (!policy.ok) throw new Error(policy.error.code);
      const signer = await FileSigner.create(join(await scratch(), 'office.pem'));
      return testOffice(policy.value, {}, (office) => ({ ...office, records, signer }));
    };
    const exported = async (office: Parameters<typeof exportAudit>[0]): Promise<string[]> => {
      const lines: string[] = [];
      for await (const line of exportAudit(office)) lines.push(line);
      return lines;
    };
    const faults = async (records: DynamoRecords): Promise<unknown[]> => {
      const found: unknown[] = [];
      for await (const fault of recordFaults({ records })) found.push(fault);
      return found;
    };

    it('is taken up by its name: the log and the records agree, work that waited goes on, the audit continues', async () => {
      const client = await dynamo.client();
      await client.send(new CreateTableCommand(tableDefinition('before')));
      const { office, clock } = await officeOn(new DynamoRecords(client, 'before'));
      for (const title of ['预算公开', '决算公开'])
        await createPublication(office, who, { metadata: metadata.parse({ title }) });
      await office.records.commit([
        outboxWrite(
          {
            ...{ id: 'msg_1', type: 'notify', version: 1, subject: 'per_1', payload: {} },
            ...{ occurredAt: clock.now(), causationId: 'c', correlationId: 'c' },
          },
          clock.now(),
        ),
      ]);
      await sequenceAudit(office, { checkpointSeconds: 0 });

      const restored = await copyOf('before', 'restored');
      const there = { ...office, records: restored };
      expect(await faults(restored)).toEqual([]);
      expect((await new RecordsQueue(restored, clock).due(10)).map(({ id }) => id)).toEqual(['msg_1']);
      await commitWithAudit(there, auditOf(there, who, 'person.changed', 'per_1', {}), []);
      await sequenceAudit(there, { checkpointSeconds: 0 });
      const size = (await auditState(there)).size;
      expect(verifyExport(await exported(there))).toMatchObject({ ok: true, size });
      expect(size).toBe((await auditState(office)).size + 1);
    });

    it('from an hour ago shows by the checkpoint in the audit bucket that something is missing, and how much', async () => {
      const client = await dynamo.client();
      await client.send(new CreateTableCommand(tableDefinition('now')));
      const { office } = await officeOn(new DynamoRecords(client, 'now'));
      await createPublication(office, who, { metadata: metadata.parse({ title: '预算公开' }) });
      await sequenceAudit(office, { checkpointSeconds: 0 });
      const early = await copyOf('now', 'an-hour-ago');
      await createPublication(office, who, { metadata: metadata.parse({ title: '决算公开' }) });
      await sequenceAudit(office, { checkpointSeconds: 0 });
      const kept = (await auditState(office)).checkpoint?.note ?? '';

      expect(await faults(early)).toEqual([]);
      const lines = await exported({ ...office, records: early });
      expect(verifyExport(lines)).toMatchObject({ ok: true });
      expect(verifyExport(lines, { checkpoints: [kept] })).toMatchObject({
        ok: false,
        problem: 'truncated',
        firstBad: (await auditState({ ...office, records: early })).size,
      });
    });
  },
);
