import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { examination, inspection, refusal, refusalCode, sentence } from '@gongkai/core';
import { afterAll, describe, expect, it } from 'vitest';
import type { InspectJob } from './worker.ts';

const corpus = resolve(import.meta.dirname, '../../../../shared/corpus');
const present = existsSync(corpus);
if (!present) console.log(`corpus: skipped, ${corpus} is not there`);

const files = present
  ? readdirSync(corpus, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !(entry.parentPath === corpus && entry.name === 'README.md'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  : [];

const limitMs = 20_000;
let child: ChildProcess | undefined;
afterAll(() => child?.kill());

type Reply = { answer?: { ok: boolean; value?: unknown; error?: { code: string } }; threw?: string };

/** One job in the child; the child is killed and replaced when it does not answer in time. */
const run = (job: InspectJob): Promise<Reply & { dead?: string }> =>
  new Promise((settle) => {
    child ??= fork(new URL('./corpus-child.ts', import.meta.url), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const running = child;
    const end = (reply: Reply & { dead?: string }): void => {
      clearTimeout(timer);
      running.removeAllListeners('message');
      running.removeAllListeners('exit');
      if (reply.dead !== undefined) {
        running.kill('SIGKILL');
        child = undefined;
      }
      settle(reply);
    };
    const timer = setTimeout(() => end({ dead: `no answer in ${limitMs} ms` }), limitMs);
    running.once('message', (reply: Reply) => end(reply));
    running.once('exit', (code) => end({ dead: `exit ${code}` }));
    running.send(job);
  });

describe.skipIf(!present)('every file of the corpus', () => {
  it('has an outcome: no crash, no hang, findings and refusals of the agreed shape', async () => {
    const tally = new Map<string, number>();
    const bad: string[] = [];
    let slowest = { ms: 0, name: '' };
    const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);
    for (const path of files) {
      const name = relative(corpus, path);
      const jobs: InspectJob[] = [{ task: 'examine', path, name: basename(path) }];
      if (/\.pdf$/i.test(path)) jobs.push({ task: 'inspect', path });
      for (const job of jobs) {
        const started = performance.now();
        const { answer, threw, dead } = await run(job);
        const ms = performance.now() - started;
        if (ms > slowest.ms) slowest = { ms, name };
        const schema = job.task === 'examine' ? examination : inspection;
        if (dead !== undefined || threw !== undefined || answer === undefined)
          bad.push(`${name} ${job.task}: ${dead ?? threw}`);
        else if (answer.ok) {
          const parsed = schema.safeParse(answer.value);
          if (!parsed.success) bad.push(`${name}: ${parsed.error.message}`);
          else {
            const asked = parsed.data.findings.some(
              ({ severity, removedByRender }) => severity !== 'low' && !removedByRender,
            );
            count(`${job.task} ${asked ? 'findings to answer' : 'clean'}`);
            const ids = parsed.data.findings.map(({ id }) => id);
            if (new Set(ids).size !== ids.length) bad.push(`${name}: ids are not unique`);
            if (parsed.data.findings.some(({ severity }) => severity === 'stop'))
              bad.push(`${name}: stops, yet no file here is a secret`);
          }
        } else {
          const code = refusalCode.parse(answer.error?.code);
          count(`${job.task} refused ${code}`);
          if (sentence(refusal(code)).zh === '') bad.push(`${name}: ${code} has no sentence`);
        }
      }
    }
    console.log(`corpus: ${files.length} files; slowest ${slowest.name} ${Math.round(slowest.ms)} ms`);
    for (const [what, number] of [...tally].sort()) console.log(`  ${String(number).padStart(4)}  ${what}`);
    expect(bad).toEqual([]);
    expect(files.length).toBeGreaterThan(390);
  }, 240_000);

  it('refuses what its name says is hostile, and opens what is only odd', async () => {
    const outcome = async (name: string): Promise<string> => {
      const { answer } = await run({ task: 'examine', path: join(corpus, name), name: basename(name) });
      return answer?.ok ? 'accepted' : (answer?.error?.code ?? 'dead');
    };
    const expected = {
      'poi/bug53475-password-is-pass.docx': 'encrypted',
      'poi/extenxls_pwd123.xlsx': 'encrypted',
      'poi/testNames.xlsm': 'macros',
      'poi/test_recursive_embedded.docx': 'embedded-object',
      'poi/word_with_embeded.doc': 'embedded-object',
      'poi/word2.doc': 'type-not-accepted',
      'opf/encryption_openpassword.pdf': 'encrypted',
      'pdfjs/issue14130.pdf': 'xfa-form',
      'poi/comment.docx': 'accepted',
      'poi/unicode-path.docx': 'accepted',
      'opf/simple.odt': 'accepted',
    };
    const found: Record<string, string> = {};
    for (const name of Object.keys(expected)) found[name] = await outcome(name);
    expect(found).toEqual(expected);
  });
});
