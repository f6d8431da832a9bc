import type { Finding } from '@gongkai/core';
import { expect, it } from 'vitest';
import { wasRead } from './pictures.ts';

const finding = (kind: Finding['kind'], page: number, x: number): Finding => ({
  id: `${kind}${page}${x}`,
  kind,
  severity: 'medium',
  rule: kind,
  sure: 1,
  text: '',
  boxes: [{ page, x, y: 100, width: kind === 'not-searched' ? 300 : 40, height: 200 }],
  removedByRender: false,
  why: { zh: '', en: '' },
});
const picture = finding('not-searched', 2, 100);

it('was read from a picture what stands on one, and nothing else', () => {
  expect(wasRead(finding('mobile', 2, 150), [picture])).toBe(true);
  expect(wasRead(finding('mobile', 2, 450), [picture])).toBe(false);
  expect(wasRead(finding('mobile', 1, 150), [picture])).toBe(false);
  expect(wasRead(finding('mobile', 2, 150), [])).toBe(false);
  expect(wasRead(picture, [picture])).toBe(false);
  // A comment on a scan was typed.
  expect(wasRead(finding('comment', 2, 150), [picture])).toBe(false);
});
