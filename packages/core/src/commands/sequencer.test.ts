import { readFileSync } from 'node:fs';
import { ed25519 } from '@noble/curves/ed25519.js';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { verifyExport } from '../audit/index.ts';
import { toHex } from '../hash/index.ts';
import { testOffice } from '../memory/index.ts';
import type { Actor } from '../people/index.ts';
import { parsePolicy } from '../policy/index.ts';
import type { Records, Signer } from '../ports/index.ts';
import { auditOf, commitWithAudit } from '../repository/index.ts';
import type { Office } from './office.ts';
import { auditEntries, auditPage, auditState, exportAudit, sequenceAudit } from './sequencer.ts';

const policy = parsePolicy(
  parse(readFileSync(new URL('../../../../policies/default.yaml', import.meta.url), 'utf8')),
);
const secret = new Uint8Array(32).fill(7);
const signer: Signer = {
  keyId: 'k',
  publicKey: toHex(ed25519.getPublicKey(secret)),
  sign: async (message) => ed25519.sign(message, secret),
};
const who: Actor = { person: 'per_1', name: '甲', account: 'jia', roles: ['administrator'], via: 'console' };

const newOffice = (records?: (inner: Records) => Records) => {
  if (!policy.ok) throw new Error(policy.error.code);
  return testOffice(policy.value, {}, (office) => ({
    ...office,
    signer,
    records: records?.(office.records) ?? office.records,
  }));
};

const happen = async (office: Office, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1)
    await commitWithAudit(office, auditOf(office, who, 'person.changed', `per_${n}`, { n }), []);
};

const exported = async (office: Office): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of exportAudit(office)) lines.push(line);
  return lines;
};

const sequenceNumbers = async (office: Office): Promise<number[]> => {
  const found: number[] = [];
  for await (const { seq } of auditEntries(office)) found.push(seq);
  return found;
};

it('places every event once, in order, over several batches, and the export verifies', async () => {
  const { office } = newOffice();
  await happen(office, 75);
  expect(await sequenceAudit(office)).toBe(75);
  expect(await sequenceAudit(office)).toBe(0);
  expect(await sequenceNumbers(office)).toEqual([...Array(75).keys()]);
  const state = await auditState(office);
  expect(state).toMatchObject({ size: 75, pending: 0, checkpoint: { size: 75 } });
  expect(verifyExport(await exported(office), { trustedPublicKey: signer.publicKey })).toMatchObject({
    ok: true,
    size: 75,
  });
  expect((await auditPage(office, { before: 40, limit: 2 })).map(({ seq }) => seq)).toEqual([39, 38]);
});

it('shows a changed entry at its place', async () => {
  const { office } = newOffice();
  await happen(office, 5);
  await sequenceAudit(office);
  const lines = (await exported(office)).map((line) => line.replace('"n":3', '"n":4'));
  expect(verifyExport(lines, { trustedPublicKey: signer.publicKey })).toMatchObject({
    ok: false,
    problem: 'entry-changed',
    firstBad: 3,
  });
});

it('signs at most once in the interval, and later covers what came meanwhile', async () => {
  const { office, clock } = newOffice();
  await happen(office, 1);
  await sequenceAudit(office);
  await happen(office, 2);
  await sequenceAudit(office);
  expect((await auditState(office)).checkpoint?.size).toBe(1);
  // What no checkpoint covers is not exported: the export still verifies.
  expect(verifyExport(await exported(office))).toMatchObject({ ok: true, size: 1 });
  clock.advance(61);
  await sequenceAudit(office);
  expect((await auditState(office)).checkpoint?.size).toBe(3);
  expect(verifyExport(await exported(office))).toMatchObject({ ok: true, size: 3 });
});

it('goes on after a kill at any commit, with nothing lost and nothing twice', async () => {
  for (let kill = 1; kill <= 8; kill += 1) {
    for (const after of [false, true]) {
      let commits = -1;
      const { office } = newOffice((inner) => ({
        get: (key) => inner.get(key),
        query: (query) => inner.query(query),
        commit: async (writes) => {
          if (commits >= 0) commits += 1;
          if (commits === kill && !after) throw new Error('killed before the commit');
          const outcome = await inner.commit(writes);
          if (commits === kill) throw new Error('killed after the commit');
          return outcome;
        },
      }));
      await happen(office, 65);
      commits = 0;
      await sequenceAudit(office).catch(() => undefined);
      commits = -1;
      await happen(office, 3);
      await sequenceAudit(office, { checkpointSeconds: 0 });
      expect(await sequenceNumbers(office)).toEqual([...Array(68).keys()]);
      expect(verifyExport(await exported(office))).toMatchObject({ ok: true, size: 68 });
    }
  }
});

it('lets two sequencers run at once', async () => {
  // Every read gives way, so that the two really interleave.
  const { office } = newOffice((inner) => ({
    get: async (key) => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      return inner.get(key);
    },
    query: (query) => inner.query(query),
    commit: async (writes) => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      return inner.commit(writes);
    },
  }));
  await happen(office, 100);
  await Promise.all([sequenceAudit(office), sequenceAudit(office), sequenceAudit(office)]);
  const ids = new Set<string>();
  for await (const { id } of auditEntries(office)) ids.add(id);
  expect(ids.size).toBe(100);
  expect(await sequenceNumbers(office)).toEqual([...Array(100).keys()]);
  expect(verifyExport(await exported(office))).toMatchObject({ ok: true, size: 100 });
});
