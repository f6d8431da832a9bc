import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allPeople, ExportVerifier, exportAudit, type Office, sequenceAudit } from '@gongkai/core';
import { readSignatures } from '@gongkai/inspect/signature';
import { carry, type Entry, foundStaff, programme, type Staff, signedIn } from '@gongkai/local/demonstration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gongkaiAws } from '../aws-local/command.ts';
import { Meter } from '../aws-local/endpoint.ts';
import { type AwsLocal, awsLocalMissing, startAwsLocal } from '../aws-local/index.ts';
import { officeOf } from '../aws-local/office.ts';
import { notRun } from '../not-run.ts';
import { makeOfficeKey } from '../signature/office-key.ts';

const patience = 480_000;

const entryOf = (file: string): Entry => {
  const found = programme.find(({ files }) => files[0]?.startsWith(file));
  if (found === undefined) throw new Error(`the programme has no ${file}`);
  return found;
};

/**
 * The real handlers in processes of their own over DynamoDB Local and versitygw. Queue and stream deliver in disorder
 * and twice; `npm run start:aws-local` and `gongkai demo --server` do the same with all 22 documents.
 */
describe.skipIf(notRun(awsLocalMissing !== undefined, 'the product on AWS, here', awsLocalMissing ?? ''))(
  'the product on AWS, played on this machine',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'gongkai-aws-day-'));
    const lines: string[] = [];
    const meter = new Meter();
    let aws: AwsLocal;
    let office: Office;
    let staff: Staff;
    let founding: Record<string, unknown>;

    beforeAll(async () => {
      makeOfficeKey(folder);
      aws = await startAwsLocal({
        clockMs: 1_500,
        visibilityMs: 1_000,
        signing: {
          key: readFileSync(join(folder, 'o.key'), 'utf8'),
          certificate: readFileSync(join(folder, 'o.pem'), 'utf8'),
        },
        // A cold LibreOffice on a machine that runs other tests beside takes a minute.
        stationSeconds: 180,
        meter,
        log: (line) => lines.push(line),
      });
      const isFounded = async (): Promise<unknown> =>
        ((await (await fetch(`${aws.address}/api/office`)).json()) as { founded: unknown }).founded;
      const init = (account: string, password: string, stage = 'local') =>
        gongkaiAws(
          aws,
          [
            'init',
            '--stage',
            stage,
            '--administrator',
            account,
            '--name',
            '周强',
            '--password-stdin',
            '--json',
          ],
          `${password}\n`,
        );
      founding = {
        before: await isFounded(),
        elsewhere: await init('guanli2', 'tai-yang-cong-dong-fang', 'nowhere'),
        weak: await init('guanli2', '12345678'),
        done: await init('guanli2', 'tai-yang-cong-dong-fang'),
        again: await init('guanli3', 'yue-liang-cong-xi-fang'),
        after: await isFounded(),
      };
      office = await officeOf(aws);
      staff = await signedIn(aws.address, await foundStaff(office, folder));
    }, patience);
    afterAll(async () => {
      await aws?.end();
      rmSync(folder, { recursive: true, force: true });
    });

    const way = (file: string) => carry(staff, entryOf(file), 'published', () => undefined);
    const actionsOf = async (id: string): Promise<string[]> => {
      const { rows } = await office.records.query({ partition: `history/${id}`, limit: 1_000 });
      return rows.map(({ data }) => (data as { action: string }).action);
    };
    const once = (actions: readonly string[], action: string) => actions.filter((it) => it === action).length;

    it('is founded from the command line alone: once, with a strong password, where there is a deployment', async () => {
      expect(founding).toMatchObject({
        before: false,
        elsewhere: { code: 2, err: expect.stringContaining('没有“nowhere”这个部署') },
        weak: { code: 1, out: expect.stringContaining('password-weak') },
        done: { code: 0, out: expect.stringContaining('"account":"guanli2"') },
        again: { code: 1, err: expect.stringContaining('已经有一个单位') },
        after: true,
      });
      const accounts = (await allPeople(office)).map(({ name }) => name);
      expect(accounts.filter((name) => name === '周强')).toHaveLength(2);
      const signIn = await fetch(`${aws.address}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: aws.address },
        body: JSON.stringify({ account: 'guanli2', password: 'tai-yang-cong-dong-fang' }),
      });
      expect(signIn.status).toBe(200);
    });

    it(
      'takes documents their way by several people, redacted, and stops a state secret',
      async () => {
        const [text, named, secret] = await Promise.all([way('16'), way('21'), way('22')]);
        expect(text.item.state, JSON.stringify(text.item.trouble)).toBe('published');
        expect(named.item).toMatchObject({ state: 'published' });
        expect(named.item.redactions.length).toBeGreaterThan(3);
        expect(secret.item.state).toBe('stopped');
        // Each step happened once, however often its wake-up came.
        for (const { item } of [text, named]) {
          const actions = await actionsOf(item.id);
          for (const step of ['release.rendered', 'gate.passed', 'publication.published'])
            expect(once(actions, step), step).toBe(1);
        }
        expect(aws.queues.stations.tally.doubled + aws.stream.tally.doubled).toBeGreaterThan(0);
        const page = await fetch(`${aws.address}/item/${named.item.id}`);
        expect(page.status).toBe(200);
        expect(await page.text()).not.toMatch(/\d{17}[\dX]/);
        expect((await fetch(`${aws.address}/item/${secret.item.id}`)).status).toBe(404);
      },
      patience,
    );

    it(
      'loses nothing when the stream is lost: the clock finds the work in the records',
      async () => {
        aws.stream.lose(true);
        const { item } = await way('12');
        aws.stream.lose(false);
        expect(item.state).toBe('published');
        expect(aws.stream.tally.lost).toBeGreaterThan(3);
        // Signed by the office's key in KMS, by the station, after the machines were done with it.
        const file = await (await fetch(`${aws.address}/file/${item.id}/0`)).arrayBuffer();
        expect(readSignatures(new Uint8Array(file))).toMatchObject([
          { state: 'intact', signer: '三村镇人民政府' },
        ]);
      },
      patience,
    );

    it(
      'goes on when functions die in the middle of their work',
      async () => {
        const before = aws.functions.machines.tally.failed;
        let killed = 0;
        const killing = setInterval(() => {
          if (killed < 2 && aws.functions.machines.kill()) killed += 1;
        }, 15);
        const { item } = await way('20').finally(() => clearInterval(killing));
        expect(item.state).toBe('published');
        expect(killed).toBe(2);
        expect(aws.functions.machines.tally.failed).toBeGreaterThan(before);
        expect(once(await actionsOf(item.id), 'publication.published')).toBe(1);
      },
      patience,
    );

    it(
      'gives up a wake-up that nobody can read, and only that',
      async () => {
        for (const body of ['', '{"version":1', JSON.stringify({ version: 2, type: 'wake-up' })])
          aws.queues.stations.send(body);
        await expect
          .poll(() => new Set(aws.queues.stations.deadLetters).size, { timeout: 60_000, interval: 200 })
          .toBe(3);
        await expect.poll(() => aws.queues.stations.waiting, { timeout: 30_000 }).toBe(0);
        expect(await office.queue.depth()).toMatchObject({ waiting: 0, dead: 0 });
        expect(lines.filter((line) => line.includes('station.unreadable')).length).toBeGreaterThanOrEqual(15);
      },
      patience,
    );

    it('takes uploads past the API: each by a ticket, in one request to the store', () => {
      // Nothing else posts a form to S3 here; a multipart upload's own POSTs would be of files beyond 8 MiB.
      const posted = [...meter.requests].filter(([what]) => what.startsWith('S3 POST'));
      expect(posted.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThanOrEqual(4);
    });

    it('is told of every object that came into quarantine', async () => {
      await expect
        .poll(
          () => lines.filter((line) => line.includes('"event":"upload"') && line.includes('"known"')).length,
          {
            timeout: 30_000,
          },
        )
        .toBeGreaterThanOrEqual(4);
      expect(lines.filter((line) => line.includes('"strange"'))).toEqual([]);
    });

    it('has an audit log that an outsider finds intact', async () => {
      await sequenceAudit(office, { checkpointSeconds: 0 });
      const verifier = new ExportVerifier({ trustedPublicKey: office.signer.publicKey });
      for await (const line of exportAudit(office)) verifier.push(line);
      expect(verifier.verdict()).toMatchObject({ ok: true });
      const exported = join(folder, 'audit.jsonl');
      const key = office.signer.publicKey;
      expect(await gongkaiAws(aws, ['audit', 'export', '--stage', 'local', '--out', exported])).toMatchObject(
        { code: 0 },
      );
      expect(await gongkaiAws(aws, ['audit', 'verify', exported, '--key', key])).toMatchObject({ code: 0 });
      expect(await gongkaiAws(aws, ['audit', 'check', '--stage', 'local'])).toMatchObject({ code: 0 });
    });

    it('is looked at by the doctor, who tells a bucket and a table that are not as they should be', async () => {
      const { code, out } = await gongkaiAws(aws, ['doctor', '--stage', 'local', '--json']);
      const { checks } = JSON.parse(out) as { checks: { name: string; state: string; en: string }[] };
      const states = Object.fromEntries(checks.map(({ name, state, en }) => [`${name} ${en}`, state]));
      expect(code, out).toBe(0);
      for (const name of ['office', 'key', 'signing', 'machines', 'search', 'site'])
        expect(checks.find((check) => check.name === name)?.state, name).toBe('ok');
      // DynamoDB Local has no recovery to a point in time and no protection; versitygw's buckets are told apart by what they have.
      expect(checks.find(({ name }) => name === 'table')).toMatchObject({
        state: 'limited',
        en: expect.stringContaining('deletion protection'),
      });
      expect(states).not.toHaveProperty('undefined');
    });
  },
);
