import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cage, isCrash } from './index.ts';

const entry = new URL('./fixtures/prisoner.ts', import.meta.url);
const soon = { timeoutMs: 15_000 };
const inside = mkdtempSync(join(tmpdir(), 'cage-in-'));
const outside = mkdtempSync(join(tmpdir(), 'cage-out-'));
writeFileSync(join(outside, 'secret'), 'x');
writeFileSync(join(inside, 'given'), 'x');

let cage: Cage;
const open = (more: Partial<ConstructorParameters<typeof Cage>[0]> = {}): Cage =>
  new Cage({ entry, memoryMb: 400, warm: 1, folders: { read: [], write: [inside] }, ...more });
beforeEach(() => {
  cage = open();
});
afterEach(() => cage.close());

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A zombie still answers to signal 0.
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
const until = async (holds: () => boolean, ms = 5_000): Promise<boolean> => {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((r) => setTimeout(r, 50))) {
    if (holds()) return true;
  }
  return holds();
};

describe('a job in the cage', () => {
  it('answers, in another process, 20 times in a row, in the same process', async () => {
    const pids = new Set<number>();
    for (let i = 0; i < 20; i++) {
      const answer = await cage.run<{ pid: number; job: { i: number } }>({ do: 'echo', i }, soon);
      if (!answer.ok) throw new Error(JSON.stringify(answer.error));
      expect(answer.value.job.i).toBe(i);
      pids.add(answer.value.pid);
    }
    expect([...pids]).toEqual(cage.pids);
    expect(pids).not.toContain(process.pid);
  });

  it('hands a refusal through', async () => {
    expect(await cage.run({ do: 'refuse' }, soon)).toEqual({
      ok: false,
      error: { code: 'damaged', details: { detail: 'x' } },
    });
  });

  it.each(['hang', 'sleep'])(
    'is stopped when it takes too long (%s), and the next one runs',
    async (what) => {
      await cage.run({ do: 'echo' }, soon);
      const [pid = 0] = cage.pids;
      const start = Date.now();
      const stopped = await cage.run({ do: what }, { timeoutMs: 1_000 });
      expect(stopped).toEqual({ ok: false, error: { code: 'out-of-time', details: { limit: '1 s' } } });
      expect(Date.now() - start).toBeLessThan(2_000);
      expect(alive(pid)).toBe(false);
      expect(await cage.run({ do: 'echo' }, soon)).toMatchObject({ ok: true });
    },
  );

  it.each(['eat', 'eat-heap'])('is stopped when it takes too much memory (%s)', async (what) => {
    const error = { code: 'out-of-memory' };
    expect(await cage.run({ do: what }, soon)).toEqual({ ok: false, error });
    expect(await cage.run({ do: 'echo' }, soon)).toMatchObject({ ok: true });
  });

  it.each(['throw', 'die', 'segfault'])('that crashes (%s) is told apart from a refusal', async (what) => {
    const crash = await cage.run({ do: what }, soon);
    expect(!crash.ok && isCrash(crash.error)).toBe(true);
    expect(await cage.run({ do: 'echo' }, soon)).toMatchObject({ ok: true });
  });

  it('that hangs does not hold up the others', async () => {
    await cage.close();
    cage = open({ warm: 2 });
    await Promise.all([1, 2].map(() => cage.run({ do: 'echo' }, soon)));
    const hanging = cage.run({ do: 'hang' }, { timeoutMs: 3_000 });
    const start = Date.now();
    for (let i = 0; i < 5; i++) await cage.run({ do: 'echo' }, soon);
    expect(Date.now() - start).toBeLessThan(2_000);
    expect(await hanging).toMatchObject({ error: { code: 'out-of-time' } });
  });
});

describe.skipIf(process.platform !== 'linux')('a process that stands still', () => {
  it('in a job is killed long before its time is up, as a crash that may be tried again', async () => {
    await cage.close();
    cage = open({ stalledMs: 700 });
    const started = Date.now();
    const answer = await cage.run({ do: 'sleep' }, { timeoutMs: 50_000 });
    expect(answer.ok ? undefined : answer.error).toMatchObject({
      crashed: true,
      detail: expect.stringContaining('stood still'),
    });
    expect(Date.now() - started).toBeLessThan(20_000);
    expect((await cage.run({ do: 'echo' }, soon)).ok).toBe(true);
  }, 40_000);

  it('at its start is replaced, and the job that waits for it is done', async () => {
    await cage.close();
    cage = open({ stalledMs: 700, env: { HANGS_ONCE: join(inside, `hung-${Date.now()}`) } });
    expect((await cage.run({ do: 'echo' }, soon)).ok).toBe(true);
  }, 40_000);

  it('is one that does nothing: who works is left to its time, who waits for work is left alone', async () => {
    await cage.close();
    cage = open({ stalledMs: 700 });
    const [first] = [await cage.run<{ pid: number }>({ do: 'echo' }, soon)];
    await new Promise((turn) => setTimeout(turn, 2_000));
    const again = await cage.run<{ pid: number }>({ do: 'echo' }, soon);
    expect(again.ok && first.ok && again.value.pid === first.value.pid).toBe(true);
    expect(await cage.run({ do: 'hang' }, { timeoutMs: 3_000 })).toMatchObject({
      error: { code: 'out-of-time' },
    });
  }, 40_000);
});

describe('the cage', () => {
  it('replaces a process after its share of jobs', async () => {
    await cage.close();
    cage = open({ maxJobs: 2 });
    const pids: number[] = [];
    for (let i = 0; i < 4; i++) {
      const answer = await cage.run<{ pid: number }>({ do: 'echo' }, soon);
      if (answer.ok) pids.push(answer.value.pid);
    }
    expect(pids).toHaveLength(4);
    expect(new Set(pids).size).toBe(2);
  });

  it('passes on nothing of the environment but what it was told to', async () => {
    process.env.GONGKAI_TEST_SECRET = 'secret';
    await cage.close();
    cage = open({ env: { GONGKAI_FONTS: '/x' } });
    const seen = await cage.run<string[]>({ do: 'environment' }, soon);
    expect(seen.ok && seen.value).toContain('GONGKAI_FONTS');
    expect(seen.ok && seen.value).not.toContain('GONGKAI_TEST_SECRET');
  });

  it('keeps a job to its folders', async () => {
    const value = async (job: object) => await cage.run<string>(job, soon);
    expect(await value({ do: 'read', path: join(inside, 'given') })).toMatchObject({ value: 'done' });
    expect(await value({ do: 'write', path: join(inside, 'made') })).toMatchObject({ value: 'done' });
    expect(await value({ do: 'read', path: join(outside, 'secret') })).toMatchObject({
      value: 'ERR_ACCESS_DENIED',
    });
    expect(await value({ do: 'write', path: join(outside, 'y') })).toMatchObject({
      value: 'ERR_ACCESS_DENIED',
    });
    // The default data folder, with the office's key, stands beside packages/.
    const beside = fileURLToPath(new URL('../../../../LICENSE', import.meta.url));
    expect(await value({ do: 'read', path: beside })).toMatchObject({ value: 'ERR_ACCESS_DENIED' });
    const code = fileURLToPath(new URL('./index.ts', import.meta.url));
    expect(await value({ do: 'write', path: code })).toMatchObject({ value: 'ERR_ACCESS_DENIED' });
  });

  it('has no network', async () => {
    let calls = 0;
    const server = createServer((socket) => {
      calls++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    for (const what of ['connect', 'fetch', 'connect-from-thread']) {
      const value = expect.stringMatching(/ERR_CAGE_NO_NETWORK/);
      expect([what, await cage.run({ do: what, port }, soon)]).toMatchObject([what, { ok: true, value }]);
    }
    expect(calls).toBe(0);
    server.close();
  });

  it('gives a crash back when its module cannot start', async () => {
    await cage.close();
    cage = open({ entry: new URL('./fixtures/no-such-module.ts', import.meta.url) });
    const answer = await cage.run({ do: 'echo' }, soon);
    expect(!answer.ok && isCrash(answer.error) && answer.error.detail).toMatch(/no-such-module/);
  });

  it('gives a crash back when the system starts no process at all, and does not try for ever', async () => {
    await cage.close();
    // Longer than any argument or variable may be: spawn throws E2BIG, as it throws ENOMEM where memory is out.
    cage = open({ env: { TOO_LONG: 'x'.repeat(1 << 21) } });
    const answer = await cage.run({ do: 'echo' }, soon);
    expect(!answer.ok && isCrash(answer.error) && answer.error.detail).toMatch(/could not start: .*E2BIG/);
  });

  it.each(['sleep', 'hang'])('dies with a host that is killed -9 (%s)', async (what) => {
    const parent = fileURLToPath(new URL('./fixtures/parent.ts', import.meta.url));
    const host = spawn(process.execPath, [parent, what], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [pid = 0] = await new Promise<number[]>((resolve) => {
      host.stdout.once('data', (text) => resolve(JSON.parse(String(text))));
    });
    expect(alive(pid)).toBe(true);
    host.kill('SIGKILL');
    expect(await until(() => !alive(pid))).toBe(true);
  });

  it('ends with nothing left running', async () => {
    await cage.run({ do: 'echo' }, soon);
    const { pids } = cage;
    await cage.close();
    expect(pids.map(alive)).toEqual([false]);
    expect(await cage.run({ do: 'echo' }, soon)).toMatchObject({ ok: false, error: { crashed: true } });
  });
});
