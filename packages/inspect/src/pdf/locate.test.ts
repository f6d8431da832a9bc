import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place, PlacesAsked } from '@gongkai/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handle } from '../worker.ts';
import { type HandMade, handMadePdf, line } from './hand-made-pdf.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongkai-locate-'));
});
afterAll(() => rm(folder, { recursive: true }));

const located = async (made: HandMade, asked: PlacesAsked): Promise<readonly Place[]> => {
  const path = join(folder, 'document.pdf');
  await writeFile(path, handMadePdf(made));
  const found = await handle({ task: 'locate', path, asked });
  if (!found.ok) throw new Error(found.error.code);
  return found.value as readonly Place[];
};

describe('words looked for', () => {
  it('are found on every page, whatever their case, width and spacing, also over a line end', async () => {
    const content = [
      line('Zhang San signed', 50, 500),
      line('for ZHANG', 50, 400),
      line('SAN', 50, 380),
    ].join('');
    const found = await located(
      { content, more: [line('zhangsan', 50, 500), line('Li Si', 50, 400)] },
      { words: 'Ｚhang san' },
    );
    expect(found.map(({ boxes }) => boxes.map(({ page }) => page))).toEqual([[1], [1, 1], [2]]);
    const [first] = found[0]?.boxes ?? [];
    // 12 pt Helvetica at (50, 500) of a page 600 high: "Zhang San" and no more of that line.
    expect(first?.x).toBeCloseTo(49, -1);
    expect(first?.width).toBeGreaterThan(48);
    expect(first?.width).toBeLessThan(62);
    expect(first?.y).toBeGreaterThan(86);
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeLessThan(106);
  });

  it('are not found where they do not stand', async () => {
    expect(await located({ content: line('Zhang', 50, 500) }, { words: 'Zhang San' })).toEqual([]);
  });
});

describe('what is looked for by its kind or its pattern', () => {
  const content = [
    line('Tel 13800138000 or 138 0013 8001', 50, 500),
    line('ID 110101199001011237 No. YC-2026-0042', 50, 470),
    line('sum 1380013800012345', 50, 440),
  ].join('');
  const texts = async (asked: PlacesAsked) => (await located({ content }, asked)).map(({ text }) => text);

  it('a kind: every place of it, however spaced, and no other number', async () => {
    expect(await texts({ kind: 'mobile' })).toEqual(['13800138000', '138 0013 8001']);
    expect(await texts({ kind: 'resident-id' })).toEqual(['110101199001011237']);
    expect(await texts({ kind: 'bank-card' })).not.toContain('110101199001011237');
  });

  it('a pattern: so many digits and what stands between them, never a part of a longer number', async () => {
    expect(await texts({ pattern: '###########' })).toEqual(['13800138000', '138 0013 8001']);
    expect(await texts({ pattern: 'yc-＃＃＃＃-＃＃＃＃' })).toEqual(['YC-2026-0042']);
    expect(await texts({ pattern: '##########' })).toEqual([]);
  });

  it('has a box as words have', async () => {
    const [[one] = [], [other] = []] = [
      (await located({ content }, { kind: 'mobile' }))[0]?.boxes,
      (await located({ content }, { words: '13800138000' }))[0]?.boxes,
    ];
    expect(one).toEqual(other);
  });
});

describe('the column of a table', () => {
  const row = (name: string, phone: string, y: number) =>
    line(name, 50, y) + line(phone, 150, y) + line('ok', 300, y);
  const sentence = (y: number) =>
    line('A sentence that runs over the whole breadth of this page here', 40, y);
  const column = { page: 1, x: 140, y: 130, width: 120, height: 20 };

  it('goes down and over the page, and ends with the table', async () => {
    const content = [
      sentence(560),
      row('Name', 'Telephone', 480),
      row('Zhang', '13800138000', 450),
      row('Li', '', 430),
      row('Wang', '13900139000', 410),
    ].join('');
    const next = [sentence(570), row('Zhao', '13700137000', 540), sentence(500), row('x', '999', 400)].join(
      '',
    );
    const found = await located({ content, more: [next, row('y', '888', 500)] }, { column });
    expect(found.map(({ text }) => text)).toEqual(['13800138000 13900139000', '13700137000']);
    expect(found[0]?.boxes).toMatchObject([{ page: 1, x: 140, y: 130, width: 120 }]);
    expect(found[0]?.boxes[0]?.height).toBeGreaterThan(60);
    expect(found[0]?.boxes[0]?.height).toBeLessThan(75);
    expect(found[1]?.boxes).toMatchObject([{ page: 2, x: 140, width: 120 }]);
    expect(found[1]?.boxes[0]?.height).toBeLessThan(20);
  });

  it('is nothing where there is no table', async () => {
    expect(await located({ content: sentence(455) }, { column })).toEqual([]);
  });
});
