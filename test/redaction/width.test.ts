import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WidenedBox } from '@gongkai/core';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { widenBoxes } from '../../packages/inspect/src/cover/index.ts';
import { type Line, step, widened } from '../../packages/inspect/src/cover/rule.ts';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { plan, redacting, typeset } from '../../packages/render/src/release/specimen.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-width-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The box over the first place of the words, as it will be covered. */
const covering = async (body: string, words: string): Promise<WidenedBox> => {
  const pdf = typeset(body);
  const path = join(folder, 'document.pdf');
  await writeFile(path, pdf);
  const { boxes } = await redacting(pdf, words);
  const done = await widenBoxes(path, boxes);
  const [one] = done.ok ? done.value : [];
  if (one === undefined) throw new Error(JSON.stringify(done));
  const again = await widenBoxes(path, [one.box]);
  const more = again.ok ? (again.value[0]?.box.width ?? 0) - one.box.width : 9;
  expect(Math.abs(more)).toBeLessThan(0.02); // what is as wide as it should be stays so
  return one;
};

const family = fc.constantFrom(...'王李张刘陈杨黄赵周吴一鑫');
const given = fc.string({
  unit: fc.constantFrom(...'伟芳娜敏静丽强磊洋艳一丨鑫'),
  minLength: 1,
  maxLength: 3,
});
const chinese = fc.tuple(family, given).map(([one, rest]) => `${one}${rest}`);
const latin = fc.string({ unit: fc.constantFrom(...'abcdilmwW'), minLength: 2, maxLength: 6 });
const name = fc.oneof(chinese, latin);

/** Where words stand with blank behind them, `X` for the words. */
const rooms: readonly (readonly [string, string])[] = [
  ['at the end of a line', '姓名：X\n\n下一段：村级财务收支情况公示，各位村民可以查询。'],
  ['in a column without rules', '#grid(columns: (110pt, 100pt))[姓名：X][电话：见附件]'],
  ['in a cell', '#table(columns: (60pt, 100pt, 60pt), [姓名], [X], [正常], [甲], [乙], [丙])'],
  ['in the middle of a cell', '#table(columns: (60pt, 100pt, 60pt), align: center, [姓名], [X], [正常])'],
  ['at the right of a cell', '#table(columns: (60pt, 100pt, 60pt), align: right, [姓名], [X], [正常])'],
  [
    'in a cell of one drawing with all its rules',
    '#place(curve(stroke: 0.5pt, curve.move((0pt, 0pt)), curve.line((200pt, 0pt)), curve.move((0pt, 24pt)), curve.line((200pt, 24pt)), curve.move((80pt, 0pt)), curve.line((80pt, 24pt)), curve.move((0pt, 0pt)), curve.line((0pt, 24pt)), curve.move((200pt, 0pt)), curve.line((200pt, 24pt))))\n#place(dx: 4pt, dy: 6pt)[姓名]#place(dx: 90pt, dy: 6pt)[X]',
  ],
  ['over a rule to write on', '姓名：#underline(offset: 3pt)[X#h(80pt)]\n\n下一段'],
];

describe.each(rooms)('the box over a name %s', (_, body) => {
  it('is the same whatever the name', async () => {
    await fc.assert(
      fc.asyncProperty(name, name, async (one, other) => {
        const [a, b] = [
          await covering(body.replace('X', one), one),
          await covering(body.replace('X', other), other),
        ];
        for (const side of ['x', 'y', 'width', 'height'] as const)
          expect(Math.abs(a.box[side] - b.box[side]), `${side}: ${one}, ${other}`).toBeLessThan(0.35);
        expect([a.tight, b.tight]).toEqual([false, false]);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

describe('where something stands right behind', () => {
  it('covers nothing of it, and says that its width tells', async () => {
    const { box, tight } = await covering('姓名张三，身份证号保密。', '张三');
    expect(tight).toBe(true);
    expect(box.width).toBeLessThan(2 * 12 + 5);
  });

  it('does not take the lines above and below', async () => {
    const body = '#set par(leading: 2pt)\n上一行的字符很多很多\\ 姓名：张三\\ 下一行的字符很多很多';
    const { box } = await covering(body, '张三');
    expect(box.height).toBeLessThan(16);
  });
});

it('a widened release is proven: also where a rule to write on lies wholly under the bar', async () => {
  const body = `${rooms[6]?.[1].replace('X', '张三')}\n\n${rooms[2]?.[1].replace('X', '欧阳小明')}\n\n身份证号110101199001011234。`;
  const pdf = typeset(body);
  const pages = join(folder, 'pages.pdf');
  await writeFile(pages, pdf);
  const asked = await Promise.all(['张三', '欧阳小明', '110101199001011234'].map((it) => redacting(pdf, it)));
  const wide = await widenBoxes(
    pages,
    asked.flatMap(({ boxes }) => boxes),
  );
  if (!wide.ok) throw new Error(wide.error.code);
  const redactions = asked.map((one, at) => ({
    ...one,
    boxes: [wide.value[at]?.box ?? { page: 9, x: 0, y: 0, width: 0, height: 0 }],
  }));
  const made = await release(pdf, plan({ redactions }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const released = join(folder, 'release.pdf');
  await writeFile(released, made.value.pdf);
  if (process.env.LOOK) await writeFile(process.env.LOOK, made.value.pdf);
  expect(await prove(pages, released, { redactions, own: [] })).toEqual({
    ok: true,
    value: { boxes: 3, words: 3 },
  });
});

it('a box over no letters stays as it was drawn', async () => {
  const path = join(folder, 'plain.pdf');
  await writeFile(path, typeset('正文'));
  const box = { page: 1, x: 200, y: 300, width: 33, height: 20 };
  expect(await widenBoxes(path, [box])).toEqual({ ok: true, value: [{ box, tight: false }] });
});

describe('the rule', () => {
  const line = fc
    .record({
      left: fc.double({ min: 60, max: 200, noNaN: true }),
      size: fc.double({ min: 6, max: 30, noNaN: true }),
    })
    .map(({ left, size }): Omit<Line, 'words' | 'box'> & { left: number } => ({
      left,
      em: size,
      before: { at: left - 1, by: 'ink' },
      behind: { at: 560, by: 'edge' },
    }));
  const boxFor = ({ left, em, ...ends }: Omit<Line, 'words' | 'box'> & { left: number }, letters: number) => {
    const words = { left, right: left + letters * em };
    return widened({ ...ends, em, words, box: { ...words, top: 0, bottom: em } });
  };

  it('gives one width to all that takes up to six letters, and ends before what stands there', () => {
    fc.assert(
      fc.property(
        line,
        fc.integer({ min: 1, max: step }),
        fc.integer({ min: 1, max: step }),
        (at, one, other) => {
          const [a, b] = [boxFor(at, one), boxFor(at, other)];
          expect(a.left).toBe(b.left);
          const room = at.behind.at - at.left > step * at.em + 1;
          if (room) expect(a.right).toBeCloseTo(b.right, 6);
          expect(Math.min(a.right, b.right)).toBeLessThanOrEqual(
            Math.max(at.behind.at, at.left + step * at.em),
          );
        },
      ),
    );
  });

  it('never covers what stands behind, and never less than the words', () => {
    fc.assert(
      fc.property(
        line,
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0, max: 300, noNaN: true }),
        (at, letters, gap) => {
          const end = at.left + letters * at.em;
          const { right } = boxFor({ ...at, behind: { at: end + gap, by: 'ink' } }, letters);
          expect(right).toBeGreaterThanOrEqual(end - 1e-9);
          expect(right).toBeLessThanOrEqual(end + gap + 1e-9);
        },
      ),
    );
  });
});
