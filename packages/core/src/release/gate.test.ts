import { expect, it } from 'vitest';
import type { Box, Finding, Inspection } from '../document/index.ts';
import type { Publication } from '../publication/index.ts';
import { bindingOf } from '../review/index.ts';
import { examineRelease } from './gate.ts';

const item = (): Publication => {
  const draft = {
    id: 'p',
    edition: 1,
    major: false,
    metadata: {},
    files: [],
    redactions: [],
    dispositions: {},
    display: { kind: 'long-term' },
    editors: ['maker'],
  } as unknown as Publication;
  const binding = bindingOf(draft);
  const decisions = (['self', 'first', 'second'] as const).map((checkpoint) => ({
    checkpoint,
    verdict: 'approve',
    binding,
    person: checkpoint,
  }));
  return { ...draft, decisions } as unknown as Publication;
};

const outlines = (box: Box): Finding => ({
  id: 'o',
  kind: 'not-searched',
  severity: 'medium',
  rule: 'outlines-not-searched',
  sure: 0.6,
  text: '轮廓字 / outlines',
  boxes: [box],
  removedByRender: false,
  why: { zh: '', en: '' },
});
const inspected = (findings: Finding[]): Inspection => ({
  pages: [],
  findings,
  inspector: 'x',
  dictionary: 0,
});
const square = { page: 1, x: 100, y: 100, width: 200, height: 200 };
const examined = (box: Box, drawn: readonly Box[]) =>
  examineRelease(item(), [
    { original: inspected([]), release: inspected([outlines(box)]), stampTexts: [], drawn },
  ]).ok;

it('letters drawn as outlines are those of watermark and seals where the plan has these, and nowhere else', () => {
  const inside = { page: 1, x: 110, y: 110, width: 100, height: 50 };
  expect(examined(inside, [square])).toBe(true);
  expect(examined(inside, [])).toBe(false);
  expect(examined({ ...inside, page: 2 }, [square])).toBe(false);
  expect(examined({ ...inside, width: 300 }, [square])).toBe(false);
  // A seal over the edge of the watermark: seen as one group.
  expect(examined({ ...inside, width: 300 }, [square, { ...square, x: 290 }])).toBe(true);
});
