import type { Box, Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { lineBoxes } from './geometry.ts';
import type { HiddenRun, Hiding } from './hidden-text.ts';
import type { PageCharacter } from './page-characters.ts';

type Meaning = Pick<Finding, 'kind' | 'severity' | 'rule' | 'sure' | 'why'>;

const meanings: Record<Exclude<Hiding, 'ocr-layer'>, Meaning> = {
  covered: {
    kind: 'covered-text',
    severity: 'high',
    rule: 'covered-text',
    sure: 0.95,
    why: {
      zh: '文字被色块或图片盖住，但复制、搜索仍能得到。请改用本系统的遮盖。',
      en: 'Text lies under a bar or picture but can still be copied and searched. Use a redaction instead.',
    },
  },
  'under-annotation': {
    kind: 'covered-text',
    severity: 'high',
    rule: 'covered-by-annotation',
    sure: 0.95,
    why: {
      zh: '文字只是被批注盖住，能复制和搜索；出件时批注会去掉，文字就会露出来。不能公开的请遮盖。',
      en: 'Text lies under a note only: it can be copied and searched, and rendering takes the note off, so that all can read it. Redact what must not be.',
    },
  },
  'same-colour': {
    kind: 'hidden-text',
    severity: 'high',
    rule: 'white-text',
    sure: 0.95,
    why: {
      zh: '文字与底色相同，看不见但能复制。',
      en: 'Text has the colour of its background: unseen, but it can be copied.',
    },
  },
  invisible: {
    kind: 'hidden-text',
    severity: 'high',
    rule: 'invisible-text',
    sure: 0.99,
    why: {
      zh: '文字设为不显示，但能复制和搜索。',
      en: 'Text is set not to be drawn, yet can be copied and searched.',
    },
  },
  tiny: {
    kind: 'hidden-text',
    severity: 'high',
    rule: 'tiny-text',
    sure: 0.9,
    why: { zh: '文字小到看不见（不足 1 磅）。', en: 'Text is too small to see (under 1 pt).' },
  },
  'layer-off': {
    kind: 'hidden-text',
    severity: 'high',
    rule: 'layer-off',
    sure: 0.9,
    why: { zh: '文字在关闭的图层里。', en: 'Text is on a layer that is switched off.' },
  },
  'off-page': {
    kind: 'off-page-text',
    severity: 'high',
    rule: 'off-page-text',
    sure: 0.99,
    why: { zh: '文字在页面可见范围之外。', en: 'Text lies outside the visible page.' },
  },
};

const textOf = (characters: readonly PageCharacter[], { first, last }: HiddenRun): string =>
  characters
    .slice(first, last + 1)
    .map(({ text }) => text)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

const boxesOf = (page: number, characters: readonly PageCharacter[], { first, last }: HiddenRun): Box[] =>
  lineBoxes(
    page,
    characters
      .slice(first, last + 1)
      .filter(({ object }) => object !== 0)
      .map(({ box }) => box),
  );

/** More hidden places of one kind than this on a page become one finding. */
const apart = 8;

/** One finding a run; where a page is full of them, one for all. The OCR layer is told elsewhere. */
export const hiddenFindings = (
  page: number,
  characters: readonly PageCharacter[],
  runs: readonly HiddenRun[],
): Finding[] =>
  Object.entries(meanings).flatMap(([hiding, meaning]) => {
    const own = runs.filter((run) => run.hiding === hiding && textOf(characters, run) !== '');
    if (own.length <= apart) {
      return own.map((run) =>
        makeFinding({ ...meaning, text: textOf(characters, run), boxes: boxesOf(page, characters, run) }),
      );
    }
    return [
      makeFinding({
        ...meaning,
        text: own.map((run) => textOf(characters, run)).join(' … '),
        boxes: own.flatMap((run) => boxesOf(page, characters, run)),
      }),
    ];
  });
