import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '@gongkai/local';
import { afterAll, describe, expect, it } from 'vitest';
import { readManifest } from '../../packages/local/src/cli/backup-folder.ts';
import { type Errand, queueDepth, reviveAll, type Staff, work } from './office-day.ts';
import { command, freePort, killGroup, launch, live, processesOf } from './product.ts';
import { contentOf, faultsOf } from './whole.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const data = join(folder, 'data');
/** Each costs a start of the product: all of them in CI, half as many elsewhere. */
const kills = Number(process.env.GONGKAI_KILLS ?? (process.env.CI === 'true' ? 8 : 4));

/** The same moments in every run; another GONGKAI_SEED, and more GONGKAI_KILLS, on demand. */
let seed = Number(process.env.GONGKAI_SEED ?? 20_261_123);
const between = (least: number, most: number): number => {
  seed = (seed * 48_271) % 2_147_483_647;
  return least + (seed % (most - least));
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const errands: Errand[] = [
  { file: '16 寒假生活调查报告.txt' },
  { file: '13 政务公开和政府信息公开制度.docx' },
  { file: '12 政务公开背景材料.txt' },
  { file: '22 带密级标志的文件（虚构，演示拒收）.docx' },
  { file: '21 临时救助对象公示（虚构人员）.docx' },
  { file: '01 区第二中医院政务公开日信息.pdf' },
  { file: '20 政务公开与公信力（GB18030）.txt' },
];

const signIn = async (port: number): Promise<Staff> => {
  const people = JSON.parse(readFileSync(join(data, 'demonstration.json'), 'utf8')) as {
    account: string;
    password: string;
  }[];
  const session = async (account: string) => {
    const client = new ApiClient(`http://127.0.0.1:${port}`);
    await client.signIn(account, people.find((one) => one.account === account)?.password ?? '');
    return client;
  };
  return {
    jingban: await session('jingban'),
    chushen: await session('chushen'),
    fuhe: await session('fuhe'),
    guanli: await session('guanli'),
  };
};

const files = (where: string): string[] =>
  existsSync(where) ? readdirSync(where, { recursive: true }).map(String).sort() : [];

const auditIsWhole = async (): Promise<string> => {
  const out = join(folder, `audit-${Date.now()}.jsonl`);
  const exported = JSON.parse(
    (await command('audit', 'export', '--data', data, '--out', out, '--json')).out,
  ) as {
    publicKey: string;
  };
  const verdict = await command('audit', 'verify', out, '--key', exported.publicKey);
  expect(verdict).toMatchObject({ code: 0 });
  return readFileSync(out, 'utf8');
};

describe('the product, killed again and again', () => {
  it(`loses nothing, publishes nothing too much, and cleans up behind itself (seed ${seed})`, {
    timeout: 600_000,
  }, async () => {
    const port = await freePort();
    // Killed while it is starting, before it has any people.
    for (const ms of [between(100, 600), between(300, 1_500)]) {
      const { child, ended } = launch(['start', '--demonstration', '--data', data, '--port', String(port)]);
      await pause(ms);
      killGroup(child);
      await ended;
    }
    let staff: Staff | undefined;
    const surprises: string[] = [];
    for (let n = 0; n < kills; n += 1) {
      const life = await live(data, port);
      staff ??= await signIn(port);
      let dead = false;
      const day = work(staff, errands, () => dead);
      await pause(between(300, 6_000));
      const ended = life.kill();
      dead = true;
      surprises.push(...(await day));
      await ended;
      await pause(600);
      expect(processesOf(folder)).toEqual([]);
    }
    const life = await live(data, port);
    staff ??= await signIn(port);
    const stop = Date.now() + 240_000;
    let revived = 0;
    while (
      Date.now() < stop &&
      (errands.some(({ over }) => over === undefined) || (await queueDepth(staff)) > 0)
    ) {
      const until = Date.now() + 5_000;
      surprises.push(...(await work(staff, errands, () => Date.now() > until)));
      revived += await reviveAll(staff);
    }
    expect(errands.map(({ over }) => over)).toEqual(
      errands.map(({ file }) => (file.startsWith('22') ? 'stopped' : 'published')),
    );
    // Two on one folder would take each other's work for a dead one's.
    const second = await command('start', '--demonstration', '--data', data, '--port', '0');
    expect(second).toMatchObject({ code: 2, err: expect.stringContaining('已经在运行') });
    expect((await life.stop()).code).toBe(0);
    console.log(
      `${kills + 2} kills, ${revived} dead letters revived; ${[...new Set(surprises)].join(' | ') || 'no surprises'}`,
    );

    expect(await faultsOf(data)).toEqual([]);
    await auditIsWhole();
    const before = await contentOf(data);
    const again = await live(data, port);
    await pause(2_000);
    await again.stop();
    expect(await contentOf(data)).toBe(before);
    expect(processesOf(folder)).toEqual([]);
  });

  it('backs up and restores, killed in the middle as well', { timeout: 300_000 }, async () => {
    const log = await auditIsWhole();
    for (const [n, ms] of [between(200, 500), between(300, 1_200), between(500, 2_000)].entries()) {
      const out = join(folder, `cut-off-${n}`);
      const { child, ended } = launch(['backup', '--data', data, '--out', out]);
      await pause(ms);
      killGroup(child);
      if ((await ended).code === 0) continue; // it was faster
      const to = join(folder, `from-cut-off-${n}`);
      const restored = await command('restore', out, '--data', to);
      // The manifest comes last: killed between it and the end of the process, the backup is whole all the same.
      if (readManifest(out) !== undefined) expect(restored.code).toBe(0);
      else {
        expect(restored.code).not.toBe(0);
        expect(files(to)).toEqual([]);
      }
    }
    const out = join(folder, 'whole');
    expect(await command('backup', '--data', data, '--out', out)).toMatchObject({ code: 0 });
    const to = join(folder, 'restored');
    for (const ms of [between(200, 500), between(300, 800), between(400, 1_200)]) {
      const { child, ended } = launch(['restore', out, '--data', to]);
      await pause(ms);
      killGroup(child);
      await ended;
    }
    const last = await command('restore', out, '--data', to);
    // Either it does it now, or the last kill came after the end: then the office is there already.
    expect(last.code === 0 || last.err.includes('已经有一个单位')).toBe(true);
    // What a kill left half done, in the scratch folder and in the search file, the next start makes good.
    const port = await freePort();
    const restored = await live(to, port);
    await pause(2_000);
    await restored.stop();
    expect(existsSync(join(to, 'search.refilling'))).toBe(false);
    expect(await faultsOf(to)).toEqual([]);
    expect(await contentOf(to)).toBe(await contentOf(data));
    expect(log.length).toBeGreaterThan(1_000);
  });
});
