import { expect, it } from 'vitest';
import { makeFinding } from '../finding.ts';
import { unreadPages, withRecognised } from './with-recognised.ts';

const box = { page: 1, x: 10, y: 10, width: 100, height: 20 };
const seen = (rule: string) => ({
  pages: [{ page: 1, width: 400, height: 600, text: 'Notice' }],
  findings: [
    makeFinding({
      kind: 'not-searched',
      severity: 'medium',
      rule,
      sure: 0.6,
      text: 'x',
      boxes: [box],
      why: { zh: '', en: '' },
    }),
  ],
  inspector: 'test',
  dictionary: 0,
});
const nothing = { page: 1, text: '', sure: 0, characters: 0, letters: [], weak: [], findings: [] };

it('outlines in which nothing was read stay a question, a photograph without letters does not', () => {
  const outlines = seen('outlines-not-searched');
  expect(unreadPages(outlines)).toEqual([{ page: 1, pictures: [box] }]);
  expect(withRecognised(outlines, [nothing]).findings).toMatchObject([
    { rule: 'outlines-not-searched', severity: 'medium' },
  ]);
  expect(withRecognised(seen('picture-not-searched'), [nothing]).findings).toMatchObject([
    { rule: 'picture-recognised', severity: 'low' },
  ]);
});
