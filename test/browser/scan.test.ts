import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { askew, pngOf, redSeal, scanned } from '../ocr/scan.ts';
import { grave, violations } from './accessibility.ts';
import { type BrowserOffice, noBrowser, openOffice, shot } from './office.ts';
import { textsOf } from './pdf-text.ts';
import { describeIt, inspected, press, signIn, stateOf, takeUp, textOf, toReview, upload } from './staff.ts';

const title = '关于临时救助对象的公示（扫描件）';
const id = '210521195103121018';

// One scan goes its way: laid askew, read, its number covered, published with what was read.
describe.skipIf(noBrowser())('a scan on its way, in a browser', () => {
  let office: BrowserOffice;
  let folder: string;
  let maker: Page;
  beforeAll(async () => {
    office = await openOffice({ warm: true });
    folder = mkdtempSync(join(tmpdir(), 'gongkai-scan-'));
  }, 300_000);
  afterAll(async () => {
    await office?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);
  afterEach(({ task }) => (task.result?.state === 'fail' ? office.tidy(task) : undefined));

  it('shows the reviewer how sure the machine is of each page, and where it is not', async () => {
    const sheet = await scanned(
      [
        '关于2026年第三批临时救助对象的公示',
        '经乡政府研究，拟给予临时救助，现予公示。公示期满后无异议的，按规定发放救助金。',
        `公民身份号码${id}。`,
        '临时救助是社会救助体系的重要组成部分，各村要严格审核把关，确保公开、公平、公正。',
      ],
      { more: redSeal },
    );
    const path = join(folder, '公示.png');
    // Enough noise that some words are guessed.
    writeFileSync(path, pngOf(askew(sheet, 3, 60)));
    maker = await signIn(office, 'jingban');
    await upload(maker, path);
    await inspected(maker);
    await describeIt(maker, {
      title,
      column: '公示',
      genre: '公告',
      summary: '第三批临时救助对象，公示七天。',
      generatedOn: '2026-11-20',
    });
    await toReview(maker);
    const read = maker.locator('.gk-read-pages');
    await read.getByText('文字识别：1 页由机器认字').waitFor();
    if ((await read.getAttribute('open')) === null) await read.locator('summary').first().click();
    expect(await textOf(read.getByRole('listitem').first())).toMatch(/第 1 页，把握 \d\d%/);
    await read.locator('li summary').first().click();
    const weak = read.locator('.gk-places button').first();
    const said = await textOf(weak);
    await weak.click();
    const mark = maker.locator('.gk-mark.weak').first();
    await mark.waitFor();
    expect(await mark.getAttribute('aria-label')).toContain(`机器读作“${said}”`);
    await shot(maker, 'review-scan');
    // A mark is as high as the words that it stands on (WCAG 2.5.8, essential); the list beside the page says the same.
    expect(grave(await violations(maker)).filter((one) => !/target-size: \.finding/.test(one))).toEqual([]);
  }, 300_000);

  it('is published with what was read, less what was covered, and says that a machine read it', async () => {
    const card = maker.locator('.gk-finding', { hasText: id }).first();
    await card.getByRole('button', { name: '遮盖' }).click();
    await maker.locator(`.gk-finding.open:has-text("${id}")`).waitFor({ state: 'detached' });
    for (let left = 20; left > 0 && (await maker.locator('.gk-finding.open').count()) > 0; left -= 1) {
      const open = maker.locator('.gk-finding.open').first();
      const own = (await open.getAttribute('data-finding')) ?? '';
      await open.getByRole('button', { name: '不敏感' }).click();
      await open.getByRole('button', { name: '误判，不是这类信息' }).click();
      await maker.locator(`.gk-finding.open[data-finding="${own}"]`).waitFor({ state: 'detached' });
    }
    await press(maker, '自审通过，送审');
    for (const account of ['chushen', 'fuhe']) {
      const reviewer = await signIn(office, account);
      await takeUp(reviewer, title);
      await reviewer.locator('.gk-read-pages').waitFor();
      await press(reviewer, '同意');
      await reviewer.context().close();
    }
    await maker.getByRole('link', { name: title }).first().click();
    await stateOf(maker, '已公开').waitFor({ timeout: 200_000 });
    const address = (await maker.getByRole('link', { name: '公开页面' }).getAttribute('href')) ?? '';
    const reader = await office.page();
    expect((await reader.goto(address))?.status()).toBe(200);
    await reader.getByText('文字由机器从扫描件中识别').waitFor();
    await shot(reader, 'item-scan', true);
    const arrives = reader.waitForEvent('download');
    await reader.getByRole('link', { name: /^下载 PDF/ }).click();
    const path = join(folder, 'downloaded.pdf');
    await (await arrives).saveAs(path);
    const page = (await textOf(reader.locator('body'))).replaceAll(/\s/g, '');
    for (const text of [page, ...(await textsOf(path))]) {
      expect(text).toContain('临时救助');
      expect(text).not.toContain(id);
      expect(text).not.toContain(id.slice(6, 14));
    }
  }, 300_000);
});
