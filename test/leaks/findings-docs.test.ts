import { readFileSync } from 'node:fs';
import { findingKind } from '@gongkai/core';
import { expect, it } from 'vitest';

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('docs/findings.md tells of every kind of finding, in the words of the screen, what to do', () => {
  // As text: the console is compiled for browsers.
  const words = textOf('packages/console/src/words/names.ts');
  const rows = textOf('docs/findings.md').split('\n');
  for (const kind of findingKind.options) {
    const [, zh, en] = new RegExp(`^  '?${kind}'?: \\['(.+)', '(.+)'\\],$`, 'm').exec(words) ?? [];
    expect(zh, kind).toBeDefined();
    const own = rows.find((row) => row.startsWith(`| ${kind} | ${zh} | ${en} | `));
    expect(own?.split('|')[4]?.trim(), kind).toMatch(/\w/);
  }
});
