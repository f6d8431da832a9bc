// The pictures of the README, taken from a demonstration that is running and has its documents:
//   npm start            (until it says that the documents are ready)
//   node test/browser/pictures.ts http://127.0.0.1:8080 data
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { credentials } from '../../packages/local/src/demonstration/index.ts';
import { contextsOf, home, openBrowser } from './office.ts';
import {
  answerAll,
  describeIt,
  document,
  inspected,
  press,
  signIn,
  takeUp,
  toReview,
  upload,
} from './staff.ts';

const [address = 'http://127.0.0.1:8080', data = join(home, 'data')] = process.argv.slice(2);
const people = credentials(data);
const browser = await openBrowser();
const context = contextsOf(browser, address);
const office = {
  password: (account: string) => people.find((one) => one.account === account)?.password ?? '',
  page: async () => (await context()).newPage(),
};

const picture = (page: Page, name: string) =>
  page.screenshot({ path: join(home, 'docs/pictures', `${name}.png`), animations: 'disabled' });

const reader = await office.page();
await reader.goto('/');
await picture(reader, 'catalogue');
await reader
  .getByRole('link', { name: /临时救助/ })
  .first()
  .click();
await reader.locator('dl.record').waitFor();
await picture(reader, 'item');
await reader.locator('.verification a').click();
await reader.getByText('正在公开').waitFor();
await picture(reader, 'verify');

const first = await signIn(office, 'chushen');
await first.locator('.gk-work-line').first().waitFor();
await picture(first, 'work');

const title = '关于2026年第四批临时救助对象的公示';
const maker = await signIn(office, 'jingban');
await upload(maker, document('21 临时救助对象公示（虚构人员）.docx'));
await inspected(maker);
await describeIt(maker, { title, column: '公示', genre: '公告', summary: '临时救助对象名单' });
await toReview(maker);
await answerAll(maker);
await press(maker, '自审通过，送审');

await first.reload();
await takeUp(first, title);
await first.keyboard.press('j');
await first.locator('.gk-finding.chosen').waitFor();
await picture(first, 'review');
await first.keyboard.press('c');
await first.getByText(/页有不同/).waitFor({ timeout: 60_000 });
await first.locator('.gk-difference').first().waitFor();
await picture(first, 'compare');
await browser.close();
