import { readFileSync } from 'node:fs';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  auditEntry,
  entryHash,
  exportLines,
  handoverAction,
  rootHash,
  signLogCheckpoint,
  verifyExport,
} from '../audit/index.ts';
import { toHex } from '../hash/index.ts';
import { testOffice } from '../memory/index.ts';
import { type Actor, machine } from '../people/index.ts';
import { parsePolicy } from '../policy/index.ts';
import type { Records, Signer } from '../ports/index.ts';
import { auditOf, commitWithAudit } from '../repository/index.ts';
import type { Office } from './office.ts';
import { auditKeys, auditState, exportAudit, handOverKey, sequenceAudit } from './sequencer.ts';
import { signerInForce } from './signer-in-force.ts';

const policy = parsePolicy(
  parse(readFileSync(new URL('../../../../policies/default.yaml', import.meta.url), 'utf8')),
);
const signerOf = (seed: number): Signer => {
  const secret = new Uint8Array(32).fill(seed);
  return {
    keyId: `key-${seed}`,
    publicKey: toHex(ed25519.getPublicKey(secret)),
    sign: async (message) => ed25519.sign(message, secret),
  };
};
const [first, second, third, thief] = [signerOf(1), signerOf(2), signerOf(3), signerOf(9)] as const;
const who: Actor = { person: 'per_1', name: '甲', account: 'jia', roles: ['administrator'], via: 'console' };

const newOffice = (records?: (inner: Records) => Records) => {
  if (!policy.ok) throw new Error(policy.error.code);
  return testOffice(policy.value, {}, (office) => ({
    ...office,
    signer: first,
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

/** Entries 0–2 under the first key, 3 the handover, 4–5 under the second, 6 the handover, 7 under the third. */
const twiceRotated = async () => {
  const { office, clock } = newOffice();
  await happen(office, 3);
  await handOverKey(office, second, machine('keys'));
  const then = { ...office, signer: second };
  await happen(then, 2);
  clock.advance(61);
  await sequenceAudit(then);
  const middle = (await auditState(then)).checkpoint?.note ?? '';
  await handOverKey(then, third, machine('keys'));
  const now = { ...office, signer: third };
  await happen(now, 1);
  clock.advance(61);
  await sequenceAudit(now);
  return { office: now, lines: await exported(now), middle };
};

it('a log over two handovers verifies with each key that an outsider may hold, and with all of them', async () => {
  const { lines, office } = await twiceRotated();
  const keys = [first, second, third].map(({ publicKey }) => publicKey);
  for (const trustedPublicKey of [...keys, keys, [first.publicKey, third.publicKey]])
    expect(verifyExport(lines, { trustedPublicKey })).toMatchObject({
      ok: true,
      size: 8,
      publicKey: third.publicKey,
      keyTrusted: true,
      keys: [
        { publicKey: first.publicKey, from: 0, to: 4 },
        { publicKey: second.publicKey, from: 4, to: 7 },
        { publicKey: third.publicKey, from: 7 },
      ],
    });
  expect(await auditKeys(office)).toEqual(keys);
  for (const trustedPublicKey of [thief.publicKey, [third.publicKey, first.publicKey]])
    expect(verifyExport(lines, { trustedPublicKey })).toMatchObject({ ok: false, problem: 'key-swapped' });
});

it('notes that were kept from before a handover stay valid', async () => {
  const { lines, middle } = await twiceRotated();
  expect(verifyExport(lines, { trustedPublicKey: third.publicKey, checkpoints: [middle] })).toMatchObject({
    ok: true,
  });
});

it('who changes any one character of a rotated log is found', async () => {
  const { lines } = await twiceRotated();
  const place = fc
    .integer({ min: 1, max: lines.length - 1 })
    .chain((line) => fc.tuple(fc.constant(line), fc.nat((lines[line] ?? '').length - 1)));
  fc.assert(
    fc.property(place, fc.constantFrom('0', 'a', '"', ' ', '}'), ([line, at], character) => {
      const old = lines[line] ?? '';
      const altered = old.slice(0, at) + character + old.slice(at + 1);
      fc.pre(altered !== old);
      expect(verifyExport(lines.with(line, altered)).ok).toBe(false);
    }),
    { numRuns: 200 },
  );
});

it('any line left out of a rotated log is found, but for a checkpoint that a later one covers', async () => {
  const { lines } = await twiceRotated();
  for (const [at, line] of lines.entries()) {
    const { problem } = { problem: '', ...verifyExport(lines.toSpliced(at, 1)) };
    // The notes between handovers say nothing that the next one does not.
    const note = line.includes('"kind":"checkpoint"') && !(lines[at - 1] ?? '').includes(handoverAction);
    if (note && at < lines.length - 1) continue;
    expect(problem, `line ${at}`).not.toBe('');
  }
});

/** An export as somebody writes it who has these keys: entries as they are, checkpoints by whom he likes. */
const forged = async (
  lines: readonly string[],
  more: (seq: number) => readonly Record<string, unknown>[],
  sign: (size: number) => readonly Signer[],
  keep: number,
) => {
  const entries = lines
    .filter((line) => line.includes('"kind":"entry"'))
    .slice(0, keep)
    .map((line) => auditEntry.parse(JSON.parse(line).entry));
  const template = entries[0];
  if (template === undefined) throw new Error('no entry');
  for (const change of more(entries.length))
    entries.push(auditEntry.parse({ ...template, ...change, seq: entries.length }));
  const { origin, publicKey } = JSON.parse(lines[0] ?? '');
  const checkpoints = [];
  for (let size = 1; size <= entries.length; size += 1) {
    const signers = sign(size);
    const root = rootHash(entries.slice(0, size).map(entryHash));
    const at = `2026-03-01T00:00:${String(size).padStart(2, '0')}.000Z`;
    if (signers.length > 0)
      checkpoints.push({ size, note: await signLogCheckpoint(signers, { origin, size, root, at }) });
  }
  const about = { origin, publicKey, size: entries.length, exportedAt: '2026-03-02T00:00:00.000Z' };
  const out: string[] = [];
  for await (const line of exportLines(about, entries, checkpoints)) out.push(line);
  return out;
};

it('a stolen old key signs nothing after the handover', async () => {
  const { lines } = await twiceRotated();
  const on = await forged(
    lines,
    () => [{ action: 'publication.published' }],
    (size) => (size === 4 ? [first, second] : size > 4 ? [first] : []),
    4,
  );
  expect(verifyExport(on)).toMatchObject({ ok: false, problem: 'key-retired', firstBad: 4 });
  // Nor a fork from before it, for who holds the new key or a note that the new key has signed.
  const fork = await forged(
    lines,
    () => [{ action: 'x' }, { action: 'y' }],
    (size) => (size > 3 ? [first] : []),
    3,
  );
  expect(verifyExport(fork, { trustedPublicKey: second.publicKey })).toMatchObject({
    problem: 'key-swapped',
  });
  const kept = (await twiceRotated()).lines.filter((line) => line.includes('"kind":"checkpoint"'));
  const note = JSON.parse(kept[2] ?? '').note as string;
  expect(verifyExport(fork, { checkpoints: [note] }).ok).toBe(false);
});

it('a handover counts only when both keys have signed it, to a key that was never used', async () => {
  const { lines } = await twiceRotated();
  const to = (from: Signer, next: Signer) => ({
    action: handoverAction,
    details: { from: from.publicKey, to: next.publicKey },
  });
  const after3 = (entry: Record<string, unknown>, signers: readonly Signer[]) =>
    forged(
      lines,
      () => [entry],
      (size) => (size === 4 ? signers : size === 3 ? [first] : []),
      3,
    );
  expect(verifyExport(await after3(to(first, second), [first, second]))).toMatchObject({ ok: true });
  for (const signers of [[first], [second], [second, thief], [first, thief]])
    expect(verifyExport(await after3(to(first, second), signers))).toMatchObject({
      ok: false,
      problem: 'handover-unsigned',
      firstBad: 3,
    });
  for (const entry of [
    to(thief, second),
    to(first, first),
    { action: handoverAction, details: {} },
    { action: handoverAction, details: { from: first.publicKey, to: 'zz' } },
  ])
    expect(verifyExport(await after3(entry, [first, second]))).toMatchObject({
      problem: 'handover-invalid',
      firstBad: 3,
    });
  // An entry between the handover and its checkpoint.
  const late = await forged(
    lines,
    () => [to(first, second), { action: 'x' }],
    (size) => (size === 5 ? [first, second] : []),
    3,
  );
  expect(verifyExport(late)).toMatchObject({ problem: 'handover-unsigned' });
  // Back to a key that was used before: a thief of it would be the office again.
  const back = await forged(
    lines,
    (seq) => [to(second, first), { action: `x${seq}` }],
    (size) => (size === 4 ? [first, second] : size === 5 ? [second, first] : size > 5 ? [first] : []),
    4,
  );
  expect(verifyExport(back)).toMatchObject({ problem: 'handover-invalid', firstBad: 4 });
});

it('the office itself signs with no other key than the one in force, and takes none back', async () => {
  const { office } = newOffice();
  await happen(office, 1);
  await sequenceAudit(office);
  await happen(office, 1);
  await expect(sequenceAudit({ ...office, signer: thief })).rejects.toThrow('keys rotate');
  await expect(handOverKey({ ...office, signer: thief }, second, who)).rejects.toThrow('keys rotate');
  const note = await handOverKey(office, second, who);
  expect(await handOverKey(office, second, who)).toEqual(note);
  expect((await auditState(office)).size).toBe(3);
  await expect(sequenceAudit(office)).rejects.toThrow('keys rotate');
  await expect(handOverKey({ ...office, signer: second }, first, who)).rejects.toThrow('cannot come back');
});

it('a log from before keys were written down goes on with its own key only', async () => {
  const { office } = newOffice();
  await happen(office, 1);
  await sequenceAudit(office);
  const key = { partition: 'audit-head', sort: 'head' };
  const row = await office.records.get(key);
  const { keys: _, ...old } = (row?.data ?? {}) as { keys?: unknown };
  await office.records.commit([{ kind: 'put', key, data: old, expect: row?.version ?? 0 }]);
  await happen(office, 1);
  await expect(sequenceAudit({ ...office, signer: second })).rejects.toThrow('keys rotate');
  await sequenceAudit(office, { checkpointSeconds: 0 });
  await handOverKey(office, second, who);
  expect(verifyExport(await exported({ ...office, signer: second }))).toMatchObject({ ok: true, size: 3 });
});

it('a kill at any commit leaves the one key or the other, and done again it is done', async () => {
  for (let kill = 1; kill <= 4; kill += 1)
    for (const after of [false, true]) {
      let commits = Number.NEGATIVE_INFINITY;
      const { office } = newOffice((inner) => ({
        get: (key) => inner.get(key),
        query: (query) => inner.query(query),
        commit: async (writes) => {
          commits += 1;
          if (commits === kill && !after) throw new Error('killed before the commit');
          const outcome = await inner.commit(writes);
          if (commits === kill) throw new Error('killed after the commit');
          return outcome;
        },
      }));
      await happen(office, 2);
      commits = 0;
      await handOverKey(office, second, who).catch(() => undefined);
      commits = Number.NEGATIVE_INFINITY;
      const inForce = (await auditKeys(office)).at(-1);
      const now = { ...office, signer: inForce === second.publicKey ? second : first };
      if (now.signer === first) await handOverKey(now, second, who);
      await happen(office, 1);
      await sequenceAudit({ ...office, signer: second }, { checkpointSeconds: 0 });
      const verdict = verifyExport(await exported({ ...office, signer: second }));
      expect(verdict).toMatchObject({ ok: true, size: 4, publicKey: second.publicKey });
    }
});

it('two who hand over at once hand over once', async () => {
  const { office } = newOffice();
  await happen(office, 3);
  const outcomes = await Promise.allSettled([
    handOverKey(office, second, who),
    handOverKey(office, second, who),
  ]);
  expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
  const lines = await exported({ ...office, signer: second });
  expect(lines.filter((line) => line.includes(handoverAction))).toHaveLength(1);
  expect(verifyExport(lines)).toMatchObject({ ok: true, size: 4 });
});

it('a function that stays warm over a handover signs with the new key from then on', async () => {
  const { office } = newOffice();
  const signer = signerInForce(office, first, [second]);
  const by = async ({ publicKey }: Signer) =>
    ed25519.verify(
      await signer.sign(new Uint8Array([1])),
      new Uint8Array([1]),
      Buffer.from(publicKey, 'hex'),
    );
  expect(await by(first)).toBe(true);
  await happen(office, 1);
  await handOverKey({ ...office, signer }, second, who);
  expect(await by(second)).toBe(true);
  expect(signer.publicKey).toBe(second.publicKey);
  await expect(signerInForce(office, first, []).sign(new Uint8Array([1]))).rejects.toThrow(
    'not among the settings',
  );
  expect((await auditState(office)).size).toBe(2);
});
