import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const docs = new URL('../../docs/', import.meta.url);

it('every picture and PDF of the gallery is there, and none is shown that is not', () => {
  const page = readFileSync(new URL('gallery.md', docs), 'utf8');
  const shown = [...page.matchAll(/\]\((gallery\/[^)]+)\)/g)].map(([, file]) => file ?? '');
  expect(shown.length).toBeGreaterThan(15);
  expect(shown.filter((file) => !existsSync(new URL(file, docs)))).toEqual([]);
});
