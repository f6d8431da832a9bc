import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { Finding, ReleasePlan } from '@gongkai/core';
import { inspectPdf } from '@gongkai/inspect';
import { release } from '@gongkai/render';
import { afterAll, describe, expect, it } from 'vitest';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { secret } from './leak.ts';
import { pdfLeaks } from './pdf-leaks.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-released-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plan: ReleasePlan = {
  redactions: [],
  metadata: { title: 'Notice', author: 'The town', language: 'zh-CN' },
  createdAt: '2026-11-27T08:00:00+08:00',
};

const findingsOf = async (pdf: Uint8Array): Promise<readonly Finding[]> => {
  const path = join(folder, 'looked-at.pdf');
  writeFileSync(path, pdf);
  const seen = await inspectPdf({ path });
  if (!seen.ok) throw new Error(JSON.stringify(seen.error));
  return seen.value.findings;
};

const uncovered = new Set(['covered-by-annotation', 'unapplied-redaction']);

/** Read by nothing of ours: the bytes, and whatever of them inflates. */
const holdsTheSecret = (pdf: Uint8Array): boolean => {
  const file = Buffer.from(pdf);
  const streams = [...file.toString('latin1').matchAll(/stream\r?\n/g)].flatMap(
    ({ index, 0: { length } }) => {
      try {
        return [inflateSync(file.subarray(index + length), { finishFlush: 2 })];
      } catch {
        return [];
      }
    },
  );
  const wide = Buffer.from(secret, 'utf16le').swap16();
  const forms = [Buffer.from(secret), wide].flatMap((form) => [
    form,
    Buffer.from(form.toString('hex')),
    Buffer.from(form.toString('hex').toUpperCase()),
  ]);
  return [file, ...streams].some((bytes) => forms.some((form) => bytes.includes(form)));
};

describe('what a release keeps of what a document hid', () => {
  const readable = pdfLeaks.filter(({ caught }) => !('refused' in caught));
  it.each(readable.map((leak) => [leak.what, leak] as const))(
    '%s: gone where rendering promised it, else still told',
    async (_, leak) => {
      const original = leak.leak();
      const before = await findingsOf(original);
      const made = await release(original, plan);
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      const after = await findingsOf(made.value.pdf);
      // Taking out what was hidden is no change of the pages: the gate lets it through.
      const [source, released] = [join(folder, 'source.pdf'), join(folder, 'released.pdf')];
      writeFileSync(source, original);
      writeFileSync(released, made.value.pdf);
      const proven = await prove(source, released, { redactions: [], own: [] });
      expect(proven.ok ? undefined : proven.error).toBeUndefined();
      const promised = before.filter(({ removedByRender }) => removedByRender);
      const kept = promised.filter(({ rule, text }) =>
        after.some((found) => found.rule === rule && found.text === text),
      );
      expect(kept.map(({ rule, text }) => `${rule}: ${text}`)).toEqual([]);
      // Nothing goes out unseen: what is still in the bytes is still a question at the gate.
      const asked = after.filter(({ severity, text }) => severity !== 'low' && text.includes(secret));
      if (asked.length > 0) return;
      // What a note or a mark lay over stands in the open when that is taken off; the finding has said so.
      const opened = before.some(({ rule }) => uncovered.has(rule));
      expect(holdsTheSecret(made.value.pdf)).toBe(opened);
    },
  );
});
