import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson, toHex } from '../hash/index.ts';
import type { Signer } from '../ports/index.ts';
import { type AuditEntry, type AuditEvent, entryHash } from './entry.ts';
import { exportLines, type SizedCheckpoint } from './export.ts';
import { openLogCheckpoint, signLogCheckpoint } from './log-checkpoint.ts';
import { emptyFrontier, rootHash, rootOf } from './merkle.ts';
import { sequence } from './sequence.ts';
import { signNote } from './signed-note.ts';
import { ExportVerifier, type VerifyOptions, verifyExport } from './verify.ts';

const origin = 'gongkai/三村镇';

const signerOf = (seed: number): Signer => {
  const secret = new Uint8Array(32).fill(seed);
  return {
    keyId: `key-${seed}`,
    publicKey: toHex(ed25519.getPublicKey(secret)),
    sign: async (message) => ed25519.sign(message, secret),
  };
};
const office = signerOf(1);
const stranger = signerOf(2);

const event = (n: number): AuditEvent => ({
  id: `aud_${n}`,
  at: `2026-02-10T01:${String(n % 60).padStart(2, '0')}:00.000Z`,
  actor: { person: 'per_1', name: '张三', account: 'zhang', roles: ['maker'], via: 'console' },
  action: 'publication.created',
  subject: `pub_${n}`,
  before: '',
  after: 'draft',
  details: { note: `第 ${n} 条`, list: [1, { b: 2, a: 1 }] },
  correlationId: `cor_${n}`,
});

type Log = { lines: string[]; entries: readonly AuditEntry[]; checkpoints: SizedCheckpoint[] };

const sign = async (
  entries: readonly AuditEntry[],
  size: number,
  by: Signer,
  minute = size,
): Promise<SizedCheckpoint> => ({
  size,
  note: await signLogCheckpoint(by, {
    origin,
    size,
    root: rootHash(entries.slice(0, size).map(entryHash)),
    at: `2026-02-11T02:${String(minute).padStart(2, '0')}:00.000Z`,
  }),
});

const write = async (entries: readonly AuditEntry[], sizes: readonly number[], by = office): Promise<Log> => {
  const checkpoints = await Promise.all(sizes.map((size) => sign(entries, size, by)));
  const lines: string[] = [];
  const about = {
    origin,
    publicKey: by.publicKey,
    size: entries.length,
    exportedAt: '2026-02-12T00:00:00.000Z',
  };
  for await (const line of exportLines(about, entries, checkpoints)) lines.push(line);
  return { lines, entries, checkpoints };
};

const entriesOf = (count: number) =>
  sequence(
    emptyFrontier,
    Array.from({ length: count }, (_, n) => event(n)),
  ).entries;

/** Header; entries 0–6; checkpoint of 7; entries 7–11; checkpoint of 12. */
let log: Log;
/** Where entry `n` stands among the lines. */
const at = (n: number): number => (n < 7 ? n + 1 : n + 2);
const lineOf = (n: number): string => log.lines[at(n)] ?? '';
beforeAll(async () => {
  log = await write(entriesOf(12), [7, 12]);
});

const check = (lines: readonly string[], options: VerifyOptions = {}) =>
  verifyExport(lines, { trustedPublicKey: office.publicKey, ...options });

const bad = (problem: string, firstBad: number) => ({ ok: false, problem, firstBad });

/** An entry line as somebody would write it who knows the format but has no key. */
const forge = (line: string | undefined, change: Partial<AuditEntry>): string => {
  const entry: AuditEntry = { ...JSON.parse(line ?? '').entry, ...change };
  return canonicalJson({ kind: 'entry', hash: entryHash(entry), entry });
};

describe('an honest export', () => {
  it('verifies, with the root of its entries', () => {
    expect(check(log.lines)).toMatchObject({
      ok: true,
      size: 12,
      root: rootHash(log.entries.map(entryHash)),
      keyTrusted: true,
    });
  });

  it('says when the key came with the file alone', () => {
    expect(verifyExport(log.lines)).toMatchObject({ ok: true, keyTrusted: false });
  });

  it('agrees with every checkpoint kept from earlier', async () => {
    const kept = await Promise.all([0, 1, 5, 7, 12].map((size) => sign(log.entries, size, office)));
    expect(check(log.lines, { checkpoints: kept.map(({ note }) => note) })).toMatchObject({ ok: true });
  });

  it('may be empty', async () => {
    const { lines } = await write([], [0]);
    expect(check(lines)).toMatchObject({ ok: true, size: 0 });
  });

  it('gives events the places that follow the tree', () => {
    const first = sequence(emptyFrontier, [event(0), event(1)]);
    const second = sequence(first.frontier, [event(2)]);
    expect([...first.entries, ...second.entries].map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect(rootOf(second.frontier)).toBe(rootHash(entriesOf(3).map(entryHash)));
  });
});

describe('somebody without the key', () => {
  it('who edits an entry is found at that entry', () => {
    const lines = log.lines.with(at(3), lineOf(3).replace('pub_3', 'pub_4'));
    expect(check(lines)).toMatchObject(bad('entry-changed', 3));
  });

  it('who edits an entry and its hash is found at the next checkpoint', () => {
    const late = log.lines.with(at(9), forge(lineOf(9), { action: 'nothing' }));
    expect(check(late)).toMatchObject(bad('root-mismatch', 7));
    const early = log.lines.with(at(3), forge(lineOf(3), { after: '' }));
    expect(check(early)).toMatchObject(bad('root-mismatch', 0));
  });

  it('who deletes an entry is found there, renumbered or not', () => {
    const lines = log.lines.toSpliced(at(3), 1);
    expect(check(lines)).toMatchObject(bad('sequence-broken', 3));
    for (const n of [3, 4, 5]) lines[at(n)] = forge(lines[at(n)], { seq: n });
    expect(check(lines)).toMatchObject(bad('truncated', 6));
  });

  it('who inserts an entry is found there, renumbered or not', () => {
    const lines = log.lines.toSpliced(at(4), 0, forge(lineOf(3), { id: 'aud_x' }));
    expect(check(lines)).toMatchObject(bad('sequence-broken', 4));
    for (const n of [4, 5, 6, 7]) lines[n + 1] = forge(lines[n + 1], { seq: n });
    expect(check(lines)).toMatchObject(bad('checkpoint-replayed', 0));
  });

  it('who changes the order is found there, renumbered or not', () => {
    const lines = log.lines.toSpliced(at(2), 2, lineOf(3), lineOf(2));
    expect(check(lines)).toMatchObject(bad('sequence-broken', 2));
    for (const n of [2, 3]) lines[at(n)] = forge(lines[at(n)], { seq: n });
    expect(check(lines)).toMatchObject(bad('root-mismatch', 0));
  });

  it('who cuts off the tail is found by the size, the missing seal, or a checkpoint kept outside', () => {
    expect(check(log.lines.slice(0, -1))).toMatchObject(bad('tail-unsealed', 7));
    expect(check(log.lines.slice(0, -3))).toMatchObject(bad('truncated', 10));
    // Cut exactly at an older checkpoint, with the header mended: perfect, but for the checkpoint kept outside.
    const header = canonicalJson({ ...JSON.parse(log.lines[0] ?? ''), size: 7 });
    const short = [header, ...log.lines.slice(1, 9)];
    expect(check(short)).toMatchObject({ ok: true, size: 7 });
    const kept = log.checkpoints.map(({ note }) => note);
    expect(check(short, { checkpoints: kept })).toMatchObject(bad('truncated', 7));
  });

  it('who replays an old checkpoint in place of the last is found', () => {
    const lines = log.lines.with(-1, log.lines[8] ?? '');
    expect(check(lines)).toMatchObject(bad('checkpoint-replayed', 7));
  });

  it('who swaps the key and signs anew is found by the key', async () => {
    const forged = await write(entriesOf(12), [12], stranger);
    expect(verifyExport(forged.lines)).toMatchObject({ ok: true, keyTrusted: false });
    expect(check(forged.lines)).toMatchObject(bad('key-swapped', 0));
    const checkpoints = log.checkpoints.map(({ note }) => note);
    expect(verifyExport(forged.lines, { checkpoints })).toMatchObject(bad('key-swapped', 0));
  });

  it('who signs a checkpoint with another key, or in the name of the key, is found', async () => {
    const { note } = await sign(log.entries, 12, stranger);
    expect(check(log.lines.with(-1, canonicalJson({ kind: 'checkpoint', note })))).toMatchObject({
      ...bad('checkpoint-invalid', 12),
    });
    const lying = (log.checkpoints[1]?.note ?? '').replace('2026-02-11T02:12', '2026-02-11T02:13');
    expect(openLogCheckpoint(lying, office.publicKey)).toBe('bad-signature');
    expect(check(log.lines.with(-1, canonicalJson({ kind: 'checkpoint', note: lying })))).toMatchObject(
      bad('checkpoint-invalid', 12),
    );
  });

  it('who changes any one character of any line is found', () => {
    const place = fc
      .nat(log.lines.length - 1)
      .chain((line) => fc.tuple(fc.constant(line), fc.nat((log.lines[line] ?? '').length - 1)));
    fc.assert(
      fc.property(place, fc.constantFrom('0', 'x', '"', ' ', '}'), ([line, at], character) => {
        const old = log.lines[line] ?? '';
        const altered = old.slice(0, at) + character + old.slice(at + 1);
        fc.pre(altered !== old);
        // Time of export and the size are for the reader, not signed; a larger size is caught as well.
        fc.pre(line !== 0 || !/exportedAt":"[^"]*$|"size":\d*$/.test(old.slice(0, at)));
        expect(check(log.lines.with(line, altered)).ok).toBe(false);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the office itself', () => {
  it('which rewrites history is found by a checkpoint kept outside', async () => {
    const rewritten = log.entries.with(3, {
      ...(log.entries[3] ?? log.entries[0]),
      seq: 3,
      action: 'never.happened',
    } as AuditEntry);
    const forged = await write(rewritten, [12]);
    expect(check(forged.lines)).toMatchObject({ ok: true });
    const one = await sign(log.entries, 2, office);
    const two = await sign(log.entries, 7, office);
    expect(check(forged.lines, { checkpoints: [two.note, one.note] })).toMatchObject(bad('forked', 2));
  });

  it('which signs two trees of one size into one export is found', async () => {
    const other = await sign(
      log.entries.with(0, { ...(log.entries[0] as AuditEntry), action: 'x' }),
      12,
      office,
      13,
    );
    const lines = [...log.lines, canonicalJson({ kind: 'checkpoint', note: other.note })];
    expect(check(lines)).toMatchObject({ ok: false, problem: 'forked' });
  });
});

describe('what is no export', () => {
  it.each([[[]], [['']], [['{}']], [['PK\u0003\u0004']]])('%j', (lines) => {
    expect(check(lines)).toMatchObject({ ok: false, problem: 'header-missing' });
  });

  it.each([
    '',
    'null',
    '{"kind":"entry"}',
    `{"kind":"checkpoint","note":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    `{"a":"${'x'.repeat(1_000_001)}"}`,
  ])('a foreign line (%#)', (line) => {
    expect(check(log.lines.toSpliced(at(2), 0, line))).toMatchObject(bad('line-malformed', 2));
  });

  it('an entry nested like an attack', () => {
    const deep = lineOf(1).replace('[1,', `[${'['.repeat(100_000)}${']'.repeat(100_000)},`);
    expect(check(log.lines.with(at(1), deep))).toMatchObject(bad('line-malformed', 1));
  });

  it('a line that parses to the right entry but shows another one to a reader', () => {
    const twice = lineOf(1).replace('"after":"draft"', '"after":"published","after":"draft"');
    expect(check(log.lines.with(at(1), twice))).toMatchObject(bad('line-malformed', 1));
  });

  it('a checkpoint for comparison that is none', () => {
    for (const note of ['', 'x\n1\n', (log.checkpoints[0]?.note ?? '').replace('三村镇', '四村镇')])
      expect(check(log.lines, { checkpoints: [note] })).toMatchObject({
        ok: false,
        problem: 'outside-invalid',
      });
  });

  it('is explained in both languages', () => {
    const verdict = check(log.lines.toSpliced(at(3), 1));
    expect(verdict.ok ? undefined : verdict.sentence).toEqual({
      zh: '此处应为第 3 条记录，实为第 4 条：有记录被删除、插入或调换了顺序。',
      en: 'Entry 3 should stand here, but it is 4: an entry was deleted, inserted or moved.',
    });
  });

  it('is not read on after the first problem', () => {
    const verifier = new ExportVerifier();
    expect(verifier.push('nonsense')).toBe(false);
    expect(verifier.push(log.lines[0] ?? '')).toBe(false);
    expect(verifier.verdict()).toMatchObject({ ok: false, line: 1 });
  });
});

describe('a signed checkpoint', () => {
  it('is a C2SP signed note', () => {
    const note = log.checkpoints[0]?.note ?? '';
    expect(note).toMatch(
      /^gongkai\/三村镇\n7\n[\w+/]{43}=\ntime 2026-02-11T02:07:00\.000Z\n\n— gongkai\/三村镇 \S+\n$/,
    );
    expect(openLogCheckpoint(note, office.publicKey)).toMatchObject({ origin, size: 7 });
  });

  it('must say what a checkpoint says, even when the key has signed it', async () => {
    for (const text of [
      'a\n1\n',
      'a\n01\n',
      `a\n1\n${'A'.repeat(43)}=\n`,
      `a\n1\n${'A'.repeat(43)}=\ntime now\n`,
    ])
      expect(openLogCheckpoint(await signNote(office, 'a', text), office.publicKey)).toBe('malformed');
  });

  it('may carry the signatures of witnesses', () => {
    const note = `${log.checkpoints[0]?.note}— witness.example/1 ${btoa('abcdefgh')}\n`;
    expect(openLogCheckpoint(note, office.publicKey)).toMatchObject({ size: 7 });
    expect(openLogCheckpoint(note, stranger.publicKey)).toBe('unknown-key');
  });

  it('is refused for a log whose name cannot be written', async () => {
    await expect(
      signLogCheckpoint(office, { origin: '三村 镇', size: 0, root: rootHash([]), at: '' }),
    ).rejects.toThrow();
  });
});
