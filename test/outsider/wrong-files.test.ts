import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foundPerson } from '@gongkai/api/people';
import { type RefusalCode, refusal, sentence } from '@gongkai/core';
import { ApiClient, ApiRefusal, type Host, openHost, quiet, run } from '@gongkai/local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WrongFile, wrongFiles } from './wrong-files.ts';

/** Wrong files, as a maker would upload them, through the real product: API, queue, cages and all. */

const folder = mkdtempSync(join(tmpdir(), 'gongkai-wrong-files-'));
const data = join(folder, 'data');
let host: Host;
let running: Awaited<ReturnType<typeof run>>;
let maker: ApiClient;

beforeAll(async () => {
  host = await openHost(data, { port: 0 });
  const password = 'Taoyuan-nabgnij-7391';
  const made = await foundPerson(host.office, {
    account: 'jingban',
    name: '王敏',
    password,
    roles: ['maker'],
  });
  if (!made.ok) throw new Error(made.error.code);
  running = await run(host, quiet);
  host.machines.warm();
  maker = new ApiClient(running.address);
  await maker.signIn('jingban', password);
}, 60_000);
afterAll(async () => {
  await running?.stop();
  await host?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Outcome = { readonly what: string; readonly end: string; readonly words: string; readonly ms: number };

const begin = async ({ name, bytes }: WrongFile): Promise<string> => {
  const { id } = await maker.create({ metadata: { column: 'notices' } });
  await maker.upload(id, name, bytes);
  return id;
};

/** Seconds for all of them together. */
const patience = 240;
let until = 0;

const outcomeOf = async ({ what }: WrongFile, id: string): Promise<Outcome> => {
  const started = performance.now();
  const view = await maker.waitUntil(
    id,
    ({ item }) => item.state !== 'draft' || /inspected|refused/.test(item.files[0]?.progress ?? ''),
    Math.max(1, (until - Date.now()) / 1000),
  );
  const [file] = view.item.files;
  const ms = Math.round(performance.now() - started);
  if (view.item.state === 'stopped') return { what, end: 'stopped', words: '', ms };
  if (file?.progress === 'refused') {
    const code = file.refusal?.code as RefusalCode;
    const { zh, en } = sentence(refusal(code, file.refusal?.details));
    return { what, end: `refused: ${code}`, words: `${zh} / ${en}`, ms };
  }
  const kinds = [...new Set(view.findings.flat().map(({ kind }) => kind))];
  if (file?.progress === 'inspected') return { what, end: `findings: ${kinds.join(' ')}`, words: '', ms };
  return { what, end: `stuck: ${file?.progress}`, words: '', ms };
};

describe('wrong files', () => {
  it('are refused with a sentence or shown to a person; none is in the way of the next good one', {
    timeout: 600_000,
  }, async () => {
    const files = wrongFiles();
    const ids: string[] = [];
    until = Date.now() + patience * 1000;
    for (const file of files) ids.push(await begin(file));
    const outcomes: Outcome[] = [];
    for (const [n, file] of files.entries()) {
      outcomes.push(await outcomeOf(file, ids[n] ?? ''));
    }
    console.log(outcomes.map(({ what, end, words, ms }) => `${what} (${ms} ms): ${end} ${words}`).join('\n'));
    for (const [n, { what, end, words }] of outcomes.entries()) {
      const wanted = files[n]?.end ?? 'either';
      expect(`${what}: ${end}`).toMatch(
        wanted === 'refused'
          ? /: refused: /
          : wanted === 'findings'
            ? /: findings: ./
            : /: (refused|findings): /,
      );
      if (end.startsWith('refused')) {
        expect(words).toMatch(/[\u4e00-\u9fff].*。.* \/ [A-Z][^{}]*[.!]/s);
        expect(words).not.toMatch(/undefined|\{\w+\}|Error:|\n\s+at /);
      }
    }
    // The audit knows of each, and its refusals.
    for (const [n, id] of ids.entries()) {
      const { rows } = await host.office.records.query({ partition: `history/${id}` });
      const actions = rows.map(({ data: event }) => (event as { action: string }).action);
      expect(actions).toContain('file.uploaded');
      if (outcomes[n]?.end.startsWith('refused')) expect(actions).toContain('file.refused');
    }
    const good = await begin({
      what: 'good',
      name: '通知.txt',
      bytes: Buffer.from('通知正文'),
      end: 'either',
    });
    expect((await outcomeOf({ what: 'good' } as WrongFile, good)).end).toMatch(/^findings/);
    expect(await host.office.queue.depth()).toMatchObject({ dead: 0 });
    expect(readdirSync(join(data, 'work')).filter((name) => name.startsWith('job-'))).toEqual([]);
  });

  it('that can be told at once are refused at once', async () => {
    const { id } = await maker.create({});
    await expect(maker.upload(id, 'a.txt', Buffer.alloc(0))).rejects.toMatchObject({
      problem: { code: 'empty-file' },
    });
    const size = host.policy.limits.uploadBytes + 1;
    await expect(
      maker.call('POST', `/api/publications/${id}/uploads`, { name: 'a.txt', size }),
    ).rejects.toBeInstanceOf(ApiRefusal);
  });
});
