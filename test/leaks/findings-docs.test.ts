import { readFileSync } from 'node:fs';
import { findingKind, kindNames } from '@gongkai/core';
import { expect, it } from 'vitest';

it('docs/findings.md tells of every kind of finding, in the words of the screen, what to do', () => {
  const rows = readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8').split('\n');
  for (const kind of findingKind.options) {
    const [zh, en] = kindNames[kind];
    const own = rows.find((row) => row.startsWith(`| ${kind} | ${zh} | ${en} | `));
    expect(own?.split('|')[4]?.trim(), kind).toMatch(/\w/);
  }
});
