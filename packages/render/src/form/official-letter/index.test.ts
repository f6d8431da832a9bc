import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Character, withPdf } from '../../pdfium/index.ts';
import { composeForm, type FormData } from '../index.ts';
import { anyRed, bands, black, difference, drawn, inkBox, type Millimetres } from '../ink.ts';
import { notice, reply, report } from './letters.ts';

const { PNG } = createRequire(import.meta.url)('pngjs'); // comes without types

type Letter = FormData['official-letter'];
const createdAt = new Date('2026-11-23T08:00:00+08:00');
/** Pixels are a tenth of a millimetre; letters do not fill their square to the edge. */
const near = (actual: number | undefined, wanted: number, within: number): void =>
  expect(
    Math.abs((actual ?? Number.NaN) - wanted),
    `${actual} is not ${wanted} ± ${within} mm`,
  ).toBeLessThanOrEqual(within);
const page: Millimetres = { left: 0, top: 0, right: 210, bottom: 297 };
/** 版心: 156 × 225 mm. */
const area: Millimetres = { left: 28, top: 37, right: 184, bottom: 262 };
const mm = (points: number): number => (points * 25.4) / 72;

const compose = (letter: Letter): Uint8Array => {
  const made = composeForm('official-letter', letter, createdAt);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
};
const lettersOf = async (pdf: Uint8Array): Promise<Character[][]> => {
  const read = await withPdf(pdf, (it) =>
    Array.from({ length: it.pages }, (_, i) => it.withPage(i + 1, (one) => one.characters()) ?? []),
  );
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
};
const textOf = (letters: readonly Character[]): string =>
  letters
    .map(({ text }) => text)
    .join('')
    .replace(/\s/g, '');
/** The ink of these words, in mm from the page's upper left corner. */
const placeOf = (letters: readonly Character[], words: string): Millimetres => {
  const shown = letters.filter(({ text }) => text.trim() !== '');
  const at = shown
    .map(({ text }) => text)
    .join('')
    .indexOf(words);
  const found = shown.slice(at, at + [...words].length).map(({ line }) => line);
  if (at < 0) throw new Error(words);
  return {
    left: mm(Math.min(...found.map(({ left }) => left))),
    top: mm(Math.min(...found.map(({ top }) => top))),
    right: mm(Math.max(...found.map(({ right }) => right))),
    bottom: mm(Math.max(...found.map(({ bottom }) => bottom))),
  };
};

describe('the page of an official letter, in millimetres as drawn', () => {
  // 国 fills its square nearly to the edge on every side.
  const full = { ...notice, body: '国'.repeat(1600), attachments: [] };
  let pdf: Uint8Array;
  beforeAll(() => {
    pdf = compose(full);
  });

  it('has 22 lines of 28 characters within margins of 37, 35, 28 and 26', async () => {
    const picture = await drawn(pdf, 2);
    const box = inkBox(picture, black, area);
    near(box?.left, 28, 1);
    near(box?.top, 37, 1);
    near(210 - (box?.right ?? 0), 26, 1);
    const rows = bands(picture, black, area, 'rows');
    expect(rows).toHaveLength(22);
    const [first, last] = [rows[0]?.[0] ?? 0, rows[21]?.[0] ?? 0];
    near((last - first) / 21, 225 / 22, 0.02);
    // Below the last line there is what stands between two lines, and no more.
    near(262 - (rows[21]?.[1] ?? 0), 4.7, 1);
    const columns = bands(picture, black, { ...area, bottom: area.top + 9 }, 'columns');
    expect(columns).toHaveLength(28);
    near(((columns[27]?.[0] ?? 0) - (columns[0]?.[0] ?? 0)) / 27, 5.571, 0.02);
  });

  it('has its head 35 below the type area, the red line 4 below the number, and body on the first page', async () => {
    const [picture, [letters = []]] = [await drawn(pdf, 1), await lettersOf(pdf)];
    const head = inkBox(picture, anyRed, { ...page, bottom: 95 });
    near(head?.top, 37 + 35, 0.2);
    expect((head?.bottom ?? 0) - (head?.top ?? 0)).toBeLessThan(22);
    near(((head?.left ?? 0) + (head?.right ?? 0)) / 2, (28 + 184) / 2, 1);
    const number = placeOf(letters, '三政发〔2026〕8号');
    near((number.left + number.right) / 2, (28 + 184) / 2, 0.5);
    // Two lines free between the head and the number.
    const ink = inkBox(picture, black, { ...page, top: 90, bottom: 120 });
    near((ink?.top ?? 0) - (head?.bottom ?? 0), (2 * 225) / 22, 1);
    const line = inkBox(picture, anyRed, { ...page, top: 100 });
    near(line?.left, 28, 0.1);
    near(line?.right, 184, 0.1);
    near((line?.top ?? 0) - (ink?.bottom ?? 0), 4, 0.6);
    expect(textOf(letters)).toContain('国国国');
  });

  it('has its title two lines below the red line and the addressees one line below that', async () => {
    const picture = await drawn(pdf, 1);
    const line = inkBox(picture, anyRed, { ...page, top: 100 });
    const rows = bands(picture, black, { ...area, top: line?.bottom ?? 0 }, 'rows');
    near((rows[0]?.[0] ?? 0) - (line?.bottom ?? 0), (2 * 225) / 22, 1);
    const titleLines = 2;
    near((rows[titleLines]?.[0] ?? 0) - (rows[titleLines - 1]?.[1] ?? 0), 225 / 22 + 4.7, 1.5);
  });

  it('has page numbers 7 below the type area, the odd right and the even left, one character in', async () => {
    const foot = { ...page, top: 262 };
    for (const [number, side] of [
      [1, 'right'],
      [2, 'left'],
    ] as const) {
      const picture = await drawn(pdf, number);
      const box = inkBox(picture, black, foot);
      const dash = inkBox(picture, black, { ...foot, right: (box?.left ?? 0) + 3 });
      near(((dash?.top ?? 0) + (dash?.bottom ?? 0)) / 2, 262 + 7, 0.3);
      if (side === 'right') near(184 - (box?.right ?? 0), mm(14), 0.7);
      else near((box?.left ?? 0) - 28, mm(14), 0.7);
      expect(textOf((await lettersOf(pdf))[number - 1] ?? [])).toContain(`—${number}—`);
    }
  });
});

describe('what is signed', () => {
  const body = `${'国'.repeat(28 * 12)}\n\n${'国'.repeat(28 * 5 - 2)}`;
  const lines = async (letter: Letter) => {
    const [, letters = []] = await lettersOf(compose({ ...letter, attachments: [], body }));
    return { letters, bodyEnd: mm(letters.filter(({ text }) => text === '国').at(-1)?.line.bottom ?? 0) };
  };

  it('leaves room for a seal: the date four characters from the right, the office centred above it', async () => {
    const { letters, bodyEnd } = await lines(notice);
    const [office, date] = [placeOf(letters, '三村镇人民政府'), placeOf(letters, '2026年3月3日')];
    near(184 - date.right, 4 * 5.571, 1);
    near((office.left + office.right) / 2, (date.left + date.right) / 2, 0.3);
    // A seal of 42 mm whose centre is on the office's name begins within one line of the body (7.3.5).
    const sealTop = (office.top + office.bottom) / 2 - 21;
    expect(sealTop).toBeGreaterThan(bodyEnd);
    expect(sealTop - bodyEnd).toBeLessThan(225 / 22);
  });

  it('without a seal: the office two characters from the right, the date two characters after it', async () => {
    const { letters } = await lines({ ...notice, sealed: false });
    const [office, date] = [placeOf(letters, '三村镇人民政府'), placeOf(letters, '2026年3月3日')];
    near(184 - office.right, 2 * 5.571, 0.5);
    near(date.left - office.left, 2 * 5.571, 0.5);
  });

  it('never stands alone on a page, at whatever line the body ends', async () => {
    for (const end of ['\n\n特此通知。', '国'.repeat(150)])
      for (let extra = 1; extra < 28; extra += 1) {
        const long = `${'国'.repeat(28 * extra)}${end}`;
        const pages = await lettersOf(compose({ ...notice, body: long, attachments: [], note: undefined }));
        const signed = pages.find((letters) => textOf(letters).includes('2026年3月3日'));
        const [before = ''] = textOf(signed ?? []).split('三村镇人民政府2026年3月3日');
        expect([extra, end, before.slice(-1)]).toEqual([extra, end, end.slice(-1)]);
        expect(textOf(pages[0] ?? [])).toContain('：国国');
      }
  });
});

describe('the parts of an official letter', () => {
  it('ends with 版记 at the foot of its last page, between lines of 0.35 and 0.25', async () => {
    const pdf = compose(notice);
    const pages = await lettersOf(pdf);
    expect(textOf(pages.at(-1) ?? [])).toContain('抄送：县政务公开领导小组办公室，镇党委，镇人大主席团。');
    expect(textOf(pages.at(-1) ?? [])).toContain('三村镇党政办公室2026年3月4日印发');
    const picture = await drawn(pdf, pages.length, 4 * (254 / 72));
    const rules = bands(
      picture,
      black,
      { left: 28 * 4, right: 28 * 4 + 10, top: 230 * 4, bottom: 263 * 4 },
      'rows',
    );
    expect(rules).toHaveLength(3);
    const thick = rules.map(([from, to]) => (to - from) / 4);
    near(thick[0], 0.35, 0.05);
    near(thick[1], 0.25, 0.05);
    near(thick[2], 0.35, 0.05);
    near((rules[2]?.[1] ?? 0) / 4, 262, 0.5);
  });

  it('numbers 层次 that have no number and keeps those that were typed', async () => {
    const text = (await lettersOf(compose(notice))).map(textOf).join('');
    for (const words of [
      '一、总体要求',
      '二、重点任务',
      '（一）规范三栏一箱',
      '（二）建立台账。各单位',
      '1.报送',
      '2.涉及',
      '——坚持谁制作',
      '三、工作保障',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('一、一、');
  });

  it('lists attachments without punctuation after their names, and sets those that have text on a page of their own', async () => {
    const pages = (await lettersOf(compose(notice))).map(textOf);
    expect(pages.join('')).toMatch(/附件：1\.2026年政务公开工作要点任务分工表2\.三村镇.*组长名单(?!。)/);
    expect(pages.at(-1)).toMatch(/^附件12026年政务公开工作要点任务分工表一、任务分工/);
  });

  it('reads Markdown as text and never as a program', async () => {
    const body =
      '#panic("x") *加粗* $x$ <script>alert(1)</script> @ref \\\\ #let a = 1 `#eval("1")` [链接](javascript:1)';
    const text = (await lettersOf(compose({ ...notice, body }))).map(textOf).join('');
    expect(text).toContain('#panic("x")加粗$x$alert(1)@ref\\#leta=1#eval("1")');
  });

  it('gives the same bytes for the same letter', () => {
    expect(Buffer.compare(compose(notice), compose(notice))).toBe(0);
  });
});

describe('what it refuses', () => {
  const refused = (change: object) => {
    const made = composeForm('official-letter', { ...notice, ...change }, createdAt);
    return made.ok ? undefined : made.error.details;
  };
  it.each([
    [{ number: '三政发[2026]08号' }, 'number', '发文字号（如 三政发〔2026〕8号）'],
    [{ number: '三政发〔2026〕08号' }, 'number', '发文字号（如 三政发〔2026〕8号）'],
    [{ title: ' ' }, 'title', '标题'],
    [{ date: '2026-02-30' }, 'date', '成文日期'],
    [{ offices: [] }, 'offices', '发文机关'],
    [{ attachments: [{ title: '甲' }, { title: '' }] }, 'attachments.1.title', '附件（第 2 项）名称'],
    [{ 密级: '机密' }, '密级', '密级'],
    [{ body: `${'- '.repeat(2500)}深` }, 'body', '正文'],
    [{ attachments: [{ title: '甲', body: `${'> '.repeat(4000)}深` }] }, 'body', '正文'],
  ])('%j, naming the field', (change, key, fieldZh) => {
    expect(refused(change)).toMatchObject({ key, fieldZh });
  });
});

// After a change of layout that was meant: GONGKAI_PICTURES=write, look at each, commit them.
it.each([
  ['notice', notice],
  ['reply', reply],
  ['report', report],
] as const)('looks as the picture that was looked at: %s', async (name, letter) => {
  const pdf = compose(letter);
  const pages = (await lettersOf(pdf)).length;
  for (let number = 1; number <= pages; number += 1) {
    const picture = await drawn(pdf, number, 0.6);
    const file = new URL(`./pictures/${name}-${number}.png`, import.meta.url);
    if (process.env.GONGKAI_PICTURES === 'write') {
      const png = new PNG({ width: picture.width, height: picture.height });
      png.data = Buffer.from(picture.data);
      writeFileSync(file, PNG.sync.write(png, { colorType: 2 }));
    }
    const kept = PNG.sync.read(readFileSync(file));
    expect(difference(picture, kept)).toBeLessThan(0.0005);
  }
});
