import { expect, it } from 'vitest';
import { columnStamping, stamping, stampingIn } from './stamping.ts';

const office = stamping.parse({});

it('draws no seal and no watermark unless the office says so', () => {
  expect(office).toMatchObject({
    enabled: true,
    qr: true,
    watermark: 'none',
    seal: { enabled: false, paging: false },
  });
});

it('a column says only what it does otherwise', () => {
  const policy = {
    stamp: stamping.parse({ lines: ['index-number'], seal: { name: '三村镇人民政府', enabled: true } }),
    columns: [
      { key: 'drafts', stamp: columnStamping.parse({ watermark: '征求意见稿', seal: { enabled: false } }) },
      { key: 'notices' },
    ],
  };
  expect(stampingIn(policy, 'drafts')).toEqual({
    ...policy.stamp,
    watermark: '征求意见稿',
    seal: { ...policy.stamp.seal, enabled: false },
  });
  expect(stampingIn(policy, 'notices')).toEqual(policy.stamp);
  expect(stampingIn(policy, 'nowhere')).toEqual(policy.stamp);
});

it.each([
  ['words of its own for a watermark', { watermark: '机密' }],
  ['a line that no strip has', { lines: ['phone'] }],
  ['a seal as large as the page', { seal: { diameterMm: 200 } }],
  ['an emblem that is more than a path', { seal: { emblem: { path: 'M0 0"/><script>', size: 10 } } }],
  ['a misspelt key', { seal: { pagin: true } }],
])('%s is refused', (_, given) => {
  expect(stamping.safeParse(given).success).toBe(false);
});
