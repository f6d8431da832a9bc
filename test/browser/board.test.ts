import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { carry, type Entry, signedIn } from '../../packages/local/src/demonstration/index.ts';
import { grave, violations } from './accessibility.ts';
import { type BrowserOffice, noBrowser, openOffice, shot } from './office.ts';
import { textsOf } from './pdf-text.ts';
import { days, minutes } from './shiftable-clock.ts';
import { signIn, textOf } from './staff.ts';

/** It is the new year in the office eight hours before it is in UTC. */
const officeYear = (): string => String(new Date(Date.now() + 8 * 60 * minutes).getUTCFullYear());

/** Two that need no LibreOffice; one of them ends after a month. */
const entries: readonly Entry[] = [
  {
    files: ['12 政务公开背景材料.txt'],
    title: '政务公开背景材料',
    column: 'notices',
    genre: '通报',
    theme: '综合政务/政务公开',
    display: { kind: 'days', amount: 30 },
    generatedOn: '2011-04-01',
    until: 'published',
  },
  {
    files: ['20 政务公开与公信力（GB18030）.txt'],
    title: '政务公开，增强政府公信力',
    column: 'other',
    genre: '意见',
    theme: '综合政务/政务公开',
    display: { kind: 'long-term' },
    generatedOn: '2011-08-20',
    until: 'published',
  },
];
const [notice = '', essay = ''] = entries.map(({ title }) => title);

// What is public, on paper: for the wall, for the lobby, for the archive. Each step stands on the one before.
describe.skipIf(noBrowser())('poster, screen and bound volume, in a browser', () => {
  let office: BrowserOffice;
  let staff: Page;
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-board-'));
  beforeAll(async () => {
    office = await openOffice();
    const people = ['jingban', 'chushen', 'fuhe', 'fuzeren'].map((account) => ({
      account,
      name: account,
      duty: '',
      password: office.password(account),
    }));
    const api = await signedIn(office.address, people);
    for (const entry of entries) {
      const { item } = await carry(api, entry, 'published', () => {});
      expect(item.state).toBe('published');
    }
    staff = await signIn(office, 'baomi');
  }, 300_000);
  afterAll(async () => {
    await office?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await office.tidy(task);
  });

  /** What a link of the console leads to, as a file. */
  const fetched = async (address: string | null, name: string): Promise<string> => {
    const answer = await staff.request.get(address ?? '');
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
    const path = join(folder, name);
    writeFileSync(path, await answer.body());
    return path;
  };

  it('is chosen from the list and printed: title, period and what to scan', async () => {
    await staff.getByRole('link', { name: '信息管理', exact: true }).click();
    await staff
      .getByRole('row', { name: new RegExp(notice) })
      .getByRole('checkbox')
      .check();
    await staff.getByRole('button', { name: '公示栏海报（1 件）' }).click();
    const link = staff.getByRole('link', { name: 'A3', exact: true });
    await link.waitFor();
    await shot(staff, 'poster-chosen');
    const [text = ''] = await textsOf(await fetched(await link.getAttribute('href'), 'poster.pdf'));
    expect(text).toContain(notice);
    expect(text).toContain('公示期：');
    expect(text).not.toContain(essay.replaceAll(/\s/g, ''));
    await staff.keyboard.press('Escape');
  }, 60_000);

  it('stands on the lobby screen', async () => {
    const lobby = await office.page({ viewport: { width: 1920, height: 1080 } });
    await lobby.goto('/screen');
    const seen = new Set([await textOf(lobby.locator('h1').first())]);
    await lobby.goto((await lobby.locator('main').getAttribute('data-next')) ?? '');
    seen.add(await textOf(lobby.locator('h1').first()));
    expect(seen).toEqual(new Set([notice, essay]));
    await lobby.close();
  }, 60_000);

  it('is bound for the archive; what has ended meanwhile is in it and said to have, and can no longer be printed', async () => {
    office.clock.advance(40 * days);
    await office.sweep();
    // The session is over after forty days.
    staff = await signIn(office, 'baomi');
    await staff.getByRole('link', { name: '信息管理', exact: true }).click();
    const row = staff.getByRole('row', { name: new RegExp(notice) });
    // It can be chosen to be bound; of the wall nothing is said.
    await row.getByRole('checkbox').check();
    expect(await staff.getByRole('button', { name: /海报/ }).count()).toBe(0);
    await row.getByRole('checkbox').uncheck();
    await staff.getByRole('button', { name: '年终装订' }).click();
    const dialog = staff.getByRole('dialog', { name: '年终装订' });
    await dialog.getByLabel('年度').fill(officeYear());
    await dialog.getByLabel('年度').press('Tab');
    const link = dialog.getByRole('link', { name: '装订第 1 卷' });
    await link.waitFor();
    expect(grave(await violations(staff))).toEqual([]);
    await shot(staff, 'volumes');
    const [text = ''] = await textsOf(await fetched(await link.getAttribute('href'), 'volume.pdf'));
    for (const words of ['政府信息公开文件汇编', '目录', notice, essay, '公开期满', '总第1页', '索引'])
      expect(text).toContain(words);
  }, 90_000);

  it('is bound as a matter’s own file, of what was chosen in the list', async () => {
    await staff.keyboard.press('Escape');
    const row = staff.getByRole('row', { name: new RegExp(notice) });
    await row.getByRole('checkbox').check();
    await staff.getByRole('button', { name: '年终装订' }).click();
    const dialog = staff.getByRole('dialog', { name: '年终装订' });
    expect(await dialog.getByLabel('列表中选定的 1 件').isChecked()).toBe(true);
    const link = dialog.getByRole('link', { name: '装订第 1 卷' });
    await link.waitFor();
    expect(grave(await violations(staff))).toEqual([]);
    await shot(staff, 'volume-chosen');
    const [text = ''] = await textsOf(await fetched(await link.getAttribute('href'), 'chosen.pdf'));
    expect(text).toContain(notice);
    expect(text).not.toContain(essay);
    await staff.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }, 60_000);

  it('is listed month by month', async () => {
    await staff.getByRole('button', { name: '目录月报' }).click();
    const month = staff.getByLabel('月份');
    const published = new Date(Date.now() + 8 * 60 * minutes).toISOString().slice(0, 7);
    await month.fill(published);
    const link = staff.getByRole('link', { name: '打开（PDF）' });
    await shot(staff, 'monthly-list');
    const [text = ''] = await textsOf(await fetched(await link.getAttribute('href'), 'month.pdf'));
    expect(text).toContain(essay);
    expect(text).not.toContain(notice);
  }, 60_000);
});
