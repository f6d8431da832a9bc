import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refusal, refusalCode, sentence } from '@gongkai/core';
import { Cage, isCrash } from '@gongkai/embedded';
import { afterAll, describe, expect, it } from 'vitest';
import { notRun } from '../not-run.ts';
import { badInputs } from './bad-inputs.ts';

const home = fileURLToPath(new URL('../../', import.meta.url));
const corpus = join(home, '../shared/corpus');
const folder = mkdtempSync(join(tmpdir(), 'gongkai-bad-inputs-'));
const cage = new Cage({
  entry: new URL(import.meta.resolve('@gongkai/inspect/worker')),
  memoryMb: 1024,
  warm: 1,
  folders: { read: [folder], write: [] },
});
afterAll(async () => {
  await cage.close();
  rmSync(folder, { recursive: true, force: true });
});

type Found = { readonly rule: string; readonly severity: string };
const run = async (job: object): Promise<{ readonly refused: string } | readonly Found[]> => {
  const answer = await cage.run<{ findings: readonly Found[] }>(job, { timeoutMs: 20_000 });
  if (answer.ok) return answer.value.findings;
  if (isCrash(answer.error)) throw new Error(answer.error.detail);
  const { code, details } = answer.error;
  const { zh, en } = sentence(refusal(refusalCode.parse(code), details));
  // What happened and what to do, in both languages, no blank left open.
  expect(`${zh} / ${en}`).toMatch(/[\u4e00-\u9fff].*。 \/ [A-Z].*[.]$/s);
  expect(`${zh} / ${en}`).not.toMatch(/undefined|\{\w+\}|Error:|\n\s+at /);
  return { refused: code };
};

/** As the stations do: what the file is, then, of a PDF, what is in it. */
const outcomeOf = async (name: string, bytes: Buffer): Promise<string> => {
  const path = join(folder, 'upload');
  writeFileSync(path, bytes);
  const examined = await run({ task: 'examine', path, name });
  if ('refused' in examined) return `refused ${examined.refused}`;
  const inspected = name.endsWith('.pdf') ? await run({ task: 'inspect', path }) : [];
  if ('refused' in inspected) return `refused ${inspected.refused}`;
  const found = [...examined, ...inspected].map(({ severity, rule }) => `${severity} ${rule}`);
  return `open: ${found.join(', ') || 'clean'}`;
};

describe('the bad inputs', () => {
  it('are all here, 1 to 58', () => {
    const numbers = new Set(badInputs.map(({ number }) => number));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 58 }, (_, n) => n + 1));
  });

  const here = existsSync(corpus);
  notRun(!here, 'the bad inputs that are real files', 'there is no ../shared/corpus');
  it.each(
    badInputs
      .filter((one) => here || !('real' in one))
      .map((one) => [`${one.number} ${one.what}`, one] as const),
  )('%s', async (_, one) => {
    if ('missing' in one) return console.log(`${one.number} ${one.what}: ${one.missing}`);
    if ('elsewhere' in one) {
      const [file, test] = one.elsewhere;
      expect(readFileSync(join(home, file), 'utf8')).toContain(test);
      return;
    }
    const end = await outcomeOf(one.name, one.bytes());
    if (one.end === 'clean') expect(end).toBe('open: clean');
    else if ('refused' in one.end) expect(one.end.refused.map((code) => `refused ${code}`)).toContain(end);
    else expect(end).toMatch(new RegExp(`^open: .*${one.end.finds}`));
  });
});
