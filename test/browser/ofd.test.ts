import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { grave, violations } from './accessibility.ts';
import { type BrowserOffice, home, noBrowser, openOffice, shot } from './office.ts';
import {
  answerAll,
  describeIt,
  inspected,
  press,
  signIn,
  stateOf,
  takeUp,
  toReview,
  upload,
} from './staff.ts';

const title = '桃源镇财务收支公开';

describe.skipIf(noBrowser())('an OFD in a browser', () => {
  let office: BrowserOffice;
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-ofd-browser-'));
  beforeAll(async () => {
    const policy = join(folder, 'policy.yaml');
    writeFileSync(
      policy,
      'extends: default\nkey: delivers-ofd\nname: OFD\nbasis: test\nvalidFrom: 2020-01-01\ndelivery: { ofd: true }\n',
    );
    office = await openOffice({ policy });
  }, 300_000);
  afterAll(async () => {
    await office?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);
  afterEach(({ task }) => (task.result?.state === 'fail' ? office.tidy(task) : undefined));

  it('is seen as drawn beside its converted pages and its release, also the OFD that is delivered, with what differs lit up', async () => {
    const maker = await signIn(office, 'jingban');
    const id = await upload(maker, join(home, 'test/ofd/made/sealed.ofd'));
    await inspected(maker);
    await describeIt(maker, {
      title,
      column: '通知公告',
      genre: '通告',
      summary: '收支情况',
      generatedOn: '2026-02-09',
    });
    await toReview(maker);
    await answerAll(maker);
    await maker.keyboard.press('c');
    const summary = maker.getByText(/共 3 页，/);
    await summary.waitFor({ timeout: 60_000 });
    await maker.getByRole('region', { name: '原件（OFD，逐页画出）：第 1 页' }).waitFor();
    const choose = async (side: '左边' | '右边', version: string) => {
      await maker.getByRole('combobox', { name: side }).click();
      await maker.locator(`.ant-select-item-option[title="${version}"]`).last().click();
    };
    // The converted pages are what was drawn, to the pixel.
    await choose('右边', '转换件');
    await maker.getByText('逐页比对，没有不同').waitFor({ timeout: 60_000 });
    await maker.keyboard.press('c');
    await press(maker, '自审通过，送审');
    for (const account of ['chushen', 'fuhe']) {
      const reviewer = await signIn(office, account);
      await takeUp(reviewer, title);
      await press(reviewer, '同意');
      await reviewer.context().close();
    }
    await maker.goto(`/console/publications/${id}`);
    await stateOf(maker, '已公开').waitFor({ timeout: 200_000 });
    await maker.getByRole('link', { name: 'OFD 版本' }).waitFor();
    await maker.goto(`/console/publications/${id}/review`);
    await maker.locator('canvas').first().waitFor();
    await maker.keyboard.press('c');
    // The stamp is what a release has and its original has not.
    await maker.getByText(/共 3 页，3 页有不同/).waitFor({ timeout: 60_000 });
    await shot(maker, 'compare-ofd-original');
    await choose('左边', '发布件');
    await choose('右边', '发布件的 OFD 版本（逐页画出）');
    await maker.getByRole('region', { name: '发布件的 OFD 版本（逐页画出）：第 1 页' }).waitFor();
    await maker
      .getByText(/没有不同|共 3 页，/)
      .first()
      .waitFor({ timeout: 60_000 });
    await shot(maker, 'compare-ofd-release');
    expect(grave(await violations(maker))).toEqual([]);
    await maker.goto(`/item/${id}`);
    await maker.getByRole('link', { name: 'OFD 版本' }).scrollIntoViewIfNeeded();
    await shot(maker, 'item-ofd');
    expect(grave(await violations(maker))).toEqual([]);
  }, 400_000);
});
