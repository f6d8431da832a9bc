import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drop } from './dropping.ts';
import { type BrowserOffice, noBrowser, openOffice, shot } from './office.ts';
import { onePagePdf } from './one-page-pdf.ts';
import { inspected, signIn, upload } from './staff.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe.skipIf(noBrowser())('uploading in a browser', () => {
  let office: BrowserOffice;
  let maker: Page;
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-files-'));
  const file = (name: string, bytes: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  beforeAll(async () => {
    office = await openOffice();
  }, 300_000);
  afterAll(async () => {
    await office?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);
  beforeEach(async () => {
    maker = await signIn(office, 'jingban');
  });
  afterEach(({ task }) => office.tidy(task));

  it('a double click begins one publication', async () => {
    const mine = async (): Promise<number> =>
      ((await (await maker.request.get('/api/publications?mine=true')).json()) as { items: unknown[] }).items
        .length;
    const before = await mine();
    await maker.getByRole('link', { name: '上传', exact: true }).click();
    await drop(
      maker.getByRole('button', { name: /把文件拖到这里/ }),
      file('说明.txt', '一份说明，供大家查阅。'),
    );
    await maker.getByRole('button', { name: '开始上传' }).dblclick();
    await maker.waitForURL(/\/console\/publications\/[^/]+$/);
    await inspected(maker);
    expect(await mine()).toBe(before + 1);
  }, 300_000);

  const gif = Uint8Array.from(
    Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  );
  // RC4 of 40 bits with a password that nobody knows.
  const encryption = `<</Filter/Standard/V 1/R 2/P -4/O<${'5e'.repeat(32)}>/U<${'a7'.repeat(32)}>>>`;
  it.each([
    ['a picture of a kind that is not taken', '图片.gif', gif, '不接受这种文件（GIF）'],
    ['one kind under the name of another', '通知.docx', onePagePdf({}), '内容却是'],
    [
      'a file with a password',
      '加密的通知.pdf',
      onePagePdf({
        objects: [encryption],
        trailer: `/Encrypt 5 0 R/ID[<${'00'.repeat(16)}><${'00'.repeat(16)}>]`,
      }),
      '文件有密码保护。请去掉密码后重新上传。',
    ],
    ['a file that is no longer whole', '坏了的通知.pdf', '%PDF-1.4\n这不是一个文件', '损坏'],
  ])(
    '%s is refused with its sentence',
    async (_, name, bytes, sentence) => {
      await upload(maker, file(name, bytes));
      await maker.getByRole('alert').filter({ hasText: sentence }).first().waitFor();
      await shot(maker, `refused-${name.split('.').at(-1)}`);
      await maker.locator('.gk-line li.trouble', { hasText: '接收' }).first().waitFor();
      await maker.getByRole('link', { name: '我的工作' }).click();
      await maker
        .getByRole('link', { name: `更换文件 ${name}` })
        .or(maker.getByRole('link', { name: /^更换文件/ }))
        .first()
        .waitFor();
    },
    60_000,
  );

  it('goes on where the line broke, and the file arrives whole', async () => {
    // Noise that no line could shorten, in an object that no page uses.
    let noise = '';
    for (let n = 0; noise.length < 10_000_000; n += 1) noise += sha256(Buffer.from(String(n)));
    const path = file('很大的通知.pdf', onePagePdf({ objects: [`(${noise})`] }));
    const browser = await maker.context().newCDPSession(maker);
    await browser.send('Network.enable');
    const line = (offline: boolean, uploadThroughput: number) =>
      browser.send('Network.emulateNetworkConditions', {
        offline,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      });
    await line(false, 3_000_000);
    const offsets: number[] = [];
    maker.on('request', (request) => {
      if (request.method() === 'PATCH' && request.url().includes('/api/uploads/'))
        offsets.push(Number(request.headers()['upload-offset']));
    });
    await upload(maker, path);
    // In the middle of the second piece.
    await expect.poll(() => offsets.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
    await line(true, -1);
    await shot(maker, 'upload-progress');
    await maker.waitForTimeout(1200);
    await line(false, -1);
    await inspected(maker);
    await browser.detach();
    // Some offset was asked for twice, and the first piece was not sent again.
    expect(offsets.length).toBeGreaterThan(3);
    expect(offsets.filter((offset) => offset === 0)).toHaveLength(1);
    const arrives = maker.waitForEvent('download');
    await maker.getByRole('link', { name: '原件' }).click();
    const kept = await (await arrives).path();
    expect(sha256(readFileSync(kept))).toBe(sha256(readFileSync(path)));
  }, 300_000);
});
