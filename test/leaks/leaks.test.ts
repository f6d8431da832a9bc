import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '@gongkai/core';
import { examine, inspectPdf } from '@gongkai/inspect';
import { afterAll, describe, expect, it } from 'vitest';
import { type Leak, secret } from './leak.ts';
import { officeLeaks } from './office-leaks.ts';
import { pdfLeaks } from './pdf-leaks.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-leaks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As the stations do: what the file is, then, of a PDF, what is in it. */
const outcome = async (name: string, bytes: Buffer): Promise<{ refused: string } | readonly Finding[]> => {
  const path = join(folder, 'upload');
  writeFileSync(path, bytes);
  const examined = await examine({ path, name });
  if (!examined.ok) return { refused: examined.error.code };
  if (!name.endsWith('.pdf')) return examined.value.findings;
  const inspected = await inspectPdf({ path });
  if (!inspected.ok) return { refused: inspected.error.code };
  return [...examined.value.findings, ...inspected.value.findings];
};

const rulesOf = (found: Awaited<ReturnType<typeof outcome>>): unknown =>
  'refused' in found
    ? found
    : (found as readonly Finding[]).map(({ severity, rule, text }) => `${severity} ${rule}: ${text}`);

describe.each([
  ['PDF', pdfLeaks],
  ['Office', officeLeaks],
] as const)('%s: what a document hides', (_, leaks) => {
  it.each(leaks.map((leak) => [leak.what, leak] as const))(
    '%s is found, and without it nothing',
    async (_, leak: Leak) => {
      const found = await outcome(leak.name, leak.leak());
      if ('refused' in leak.caught) expect(found).toEqual({ refused: leak.caught.refused });
      else {
        if ('refused' in found) throw new Error(`refused: ${found.refused}`);
        const { rule, answered } = leak.caught;
        const told = found.filter((one) => one.rule === rule);
        expect(told, `${rule} in ${JSON.stringify(rulesOf(found))}`).not.toEqual([]);
        const mustAnswer = told.some(
          ({ severity, removedByRender }) => severity !== 'low' && !removedByRender,
        );
        expect(mustAnswer).toBe(answered);
        if (!leak.untold) expect(told.map(({ text }) => text).join('\n')).toContain(secret);
      }
      const plain = leak.what.startsWith('name:') ? 'notice.docx' : leak.name;
      expect(rulesOf(await outcome(plain, leak.control()))).toEqual([]);
    },
  );
});
