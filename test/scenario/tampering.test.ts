import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  auditState,
  type ExportVerdict,
  exportAudit,
  type Office,
  type RecordFault,
  RecordsQueue,
  recordFaults,
  savePerson,
  sequenceAudit,
  verifyExport,
} from '@gongkai/core';
import { drain, testOffice } from '@gongkai/core/memory';
import { FileSigner, SqliteRecords } from '@gongkai/embedded';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { approveBy, defaultPolicy, draftWith, first, maker, second } from './office-at-work.ts';

/** Somebody has the data folder and an SQLite shell. What do they get away with? */

const folder = mkdtempSync(join(tmpdir(), 'gongkai-tampering-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const policy = defaultPolicy();
let count = 0;
let office: Office;
let file: string;
let kept: { key: string; checkpoint: string };
let id: string;

const published = async (): Promise<string> => {
  const made = await draftWith(office, ['关于预算的公告']);
  await drain(office);
  await approveBy(office, made, maker, first, second);
  await drain(office);
  return made;
};

beforeEach(async () => {
  count += 1;
  file = join(folder, `${count}.sqlite`);
  const records = await SqliteRecords.open(file);
  const signer = await FileSigner.create(join(folder, `${count}.pem`));
  office = testOffice(policy, {}, (inner) => ({
    ...inner,
    records,
    signer,
    queue: new RecordsQueue(records, inner.clock),
  })).office;
  const person = {
    id: 'per_1',
    name: '王敏',
    department: '',
    email: '',
    roles: ['maker' as const],
    disabled: false,
    createdAt: office.clock.now(),
  };
  await savePerson(office, maker, person, 'person.added');
  id = await published();
  await sequenceAudit(office, { checkpointSeconds: 0 });
  const { checkpoint } = await auditState(office);
  kept = { key: office.signer.publicKey, checkpoint: checkpoint?.note ?? '' };
  await published();
  await sequenceAudit(office, { checkpointSeconds: 0 });
});

const sql = (statement: string, ...values: (string | number)[]): number => {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA foreign_keys = OFF');
  const { changes } = database.prepare(statement).run(...values);
  database.close();
  return Number(changes);
};

const verdict = async (withKept = true): Promise<ExportVerdict> => {
  await sequenceAudit(office, { checkpointSeconds: 0 });
  const lines: string[] = [];
  for await (const line of exportAudit(office)) lines.push(line);
  return verifyExport(lines, withKept ? { trustedPublicKey: kept.key, checkpoints: [kept.checkpoint] } : {});
};

const faults = async (): Promise<readonly RecordFault[]> => {
  const found: RecordFault[] = [];
  for await (const fault of recordFaults(office)) found.push(fault);
  return found;
};

const row = "(SELECT id FROM rows WHERE partition = 'audit' AND sort = '000000000004')";

describe('untouched', () => {
  it('everything agrees', async () => {
    expect(await verdict()).toMatchObject({ ok: true, keyTrusted: true });
    expect(await faults()).toEqual([]);
  });
});

describe('the log', () => {
  it.each([
    [
      'an entry edited',
      `UPDATE rows SET data = replace(data, '"action":"', '"action":"un') WHERE id = ${row}`,
      'root-mismatch',
    ],
    ['an entry deleted', `DELETE FROM rows WHERE id = ${row}`, 'sequence-broken'],
    [
      'an entry moved to the place of another',
      "UPDATE rows SET data = replace(data, '\"seq\":4', '\"seq\":5') WHERE partition = 'audit' AND sort = '000000000004'",
      'sequence-broken',
    ],
    [
      'a checkpoint with another root',
      "UPDATE rows SET data = replace(data, '/audit\\n', '/other\\n') WHERE partition = 'audit-checkpoint'",
      'checkpoint-invalid',
    ],
  ])('%s: found', async (_, statement, problem) => {
    expect(sql(statement)).toBeGreaterThan(0);
    expect(await verdict()).toMatchObject({ ok: false, problem });
  });

  it('two entries exchanged with their numbers: found', async () => {
    const database = new DatabaseSync(file);
    const read = database.prepare("SELECT data FROM rows WHERE partition = 'audit' AND sort = ?");
    const [four, five] = ['000000000004', '000000000005'].map((sort) => String(read.get(sort)?.data));
    const write = database.prepare("UPDATE rows SET data = ? WHERE partition = 'audit' AND sort = ?");
    write.run((five ?? '').replace('"seq":5', '"seq":4'), '000000000004');
    write.run((four ?? '').replace('"seq":4', '"seq":5'), '000000000005');
    database.close();
    expect(await verdict()).toMatchObject({ ok: false, problem: 'root-mismatch' });
  });

  it('an entry put in between, all after it renumbered: found', async () => {
    const database = new DatabaseSync(file);
    const rows = database
      .prepare("SELECT id, data FROM rows WHERE partition = 'audit' ORDER BY sort DESC")
      .all();
    for (const { id: place, data } of rows) {
      const entry = JSON.parse(String(data)) as { seq: number };
      if (entry.seq < 4) continue;
      const moved = { ...entry, seq: entry.seq + 1 };
      database
        .prepare('UPDATE rows SET sort = ?, data = ? WHERE id = ?')
        .run(String(moved.seq).padStart(12, '0'), JSON.stringify(moved), Number(place));
      if (entry.seq === 4)
        database
          .prepare(
            "INSERT INTO rows (partition, sort, version, data, indexes) VALUES ('audit', '000000000004', 1, ?, '{}')",
          )
          .run(JSON.stringify({ ...entry, action: 'decision.approve', id: 'aud_forged' }));
    }
    database.close();
    expect(await verdict()).toMatchObject({ ok: false });
  });

  it('the tail cut off to an older checkpoint: found by the checkpoint that was kept, and by the records', async () => {
    const newest = (await auditState(office)).checkpoint;
    const database = new DatabaseSync(file);
    const oldest = database
      .prepare("SELECT sort, data FROM rows WHERE partition = 'audit-checkpoint' ORDER BY sort LIMIT 1")
      .get() as { sort: string; data: string };
    database.exec(`DELETE FROM rows WHERE partition = 'audit' AND sort >= '${oldest.sort}'`);
    database.exec(`DELETE FROM rows WHERE partition = 'audit-checkpoint' AND sort > '${oldest.sort}'`);
    const head = JSON.parse(
      String(database.prepare("SELECT data FROM rows WHERE partition = 'audit-head'").get()?.data),
    ) as { checkpoint: object };
    const frontier = { size: Number(oldest.sort), nodes: [] };
    database
      .prepare("UPDATE rows SET data = ? WHERE partition = 'audit-head'")
      .run(JSON.stringify({ ...head, frontier, checkpoint: JSON.parse(oldest.data) }));
    database.close();
    expect(Number(oldest.sort)).toBeLessThan(newest?.size ?? 0);
    // The older checkpoint agrees with what is left: only one from after the cut shows that there was more.
    expect(await verdict()).toMatchObject({ ok: true });
    kept.checkpoint = newest?.note ?? '';
    expect(await verdict()).toMatchObject({ ok: false, problem: 'truncated' });
    expect(await faults()).toContainEqual(expect.objectContaining({ fault: 'history' }));
  });

  it('the head thrown away or turned back: the sequencer says so instead of spinning', async () => {
    sql("DELETE FROM rows WHERE partition = 'audit-head'");
    await draftWith(office, ['之后']);
    await expect(sequenceAudit(office)).rejects.toThrow('the log cannot go on');
  });

  it('an event changed before it had its place: the log agrees with the lie, the record does not', async () => {
    await draftWith(office, ['之后']);
    expect(
      sql(
        'UPDATE rows SET data = replace(data, \'"record":"\', \'"record":"00\') WHERE partition = \'audit-pending\'',
      ),
    ).toBeGreaterThan(0);
    expect(await verdict()).toMatchObject({ ok: true });
    // Its history was not changed with it; whoever changes that too, and the record, is found by nothing.
    expect(await faults()).toEqual([]);
  });

  it('an event deleted before it had its place: found by its history', async () => {
    const later = await draftWith(office, ['之后']);
    expect(sql("DELETE FROM rows WHERE partition = 'audit-pending'")).toBeGreaterThan(0);
    expect(await verdict()).toMatchObject({ ok: true });
    expect(await faults()).toEqual([expect.objectContaining({ subject: later, fault: 'history' })]);
  });
});

describe('the records', () => {
  it.each([
    [
      'its end put off',
      `UPDATE rows SET data = replace(data, '"until":"2026', '"until":"2036') WHERE partition = 'publication/ID'`,
    ],
    [
      'its decisions in other names',
      `UPDATE rows SET data = replace(data, '复核', '某人') WHERE partition = 'publication/ID'`,
    ],
    [
      'its state set',
      `UPDATE rows SET data = replace(data, '"state":"published"', '"state":"withdrawn"') WHERE partition = 'publication/ID'`,
    ],
  ])('a publication with %s: found', async (_, statement) => {
    expect(sql(statement.replace('ID', id))).toBe(1);
    expect(await verdict()).toMatchObject({ ok: true }); // the log itself is whole
    expect(await faults()).toEqual([expect.objectContaining({ subject: id, fault: 'changed' })]);
  });

  it('a publication deleted, a person with more roles, a person from nowhere: found', async () => {
    sql('DELETE FROM rows WHERE partition = ?', `publication/${id}`);
    sql(
      `UPDATE rows SET data = replace(data, '["maker"]', '["maker","principal"]') WHERE partition = 'people'`,
    );
    sql(
      `INSERT INTO rows (partition, sort, version, data, indexes)
       SELECT 'people', 'per_2', 1, replace(data, 'per_1', 'per_2'), '{}' FROM rows WHERE partition = 'people'`,
    );
    expect((await faults()).map(({ subject, fault }) => [subject, fault]).sort()).toEqual(
      [
        ['per_1', 'changed'],
        ['per_2', 'history'],
        [id, 'missing'],
      ].sort(),
    );
  });
});
