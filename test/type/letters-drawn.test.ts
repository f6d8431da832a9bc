import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeForm, type FormData } from '@gongkai/render';
import { type FontRole, families, fontFiles } from '@gongkai/render/fonts';
import { beforeAll, describe, expect, it } from 'vitest';
import { withSecondEngine } from '../../packages/inspect/src/proof/second-engine.ts';
import { type Character, withPdf } from '../../packages/render/src/pdfium/index.ts';
import { notRun } from '../not-run.ts';
import { type Mask, maskOf, type Pixels, unlike } from './mask.ts';

/** Comes with the inspector, which draws by pdf.js. */
type Canvas = {
  getContext(kind: '2d'): {
    font: string;
    fillStyle: string;
    fillRect(x: number, y: number, width: number, height: number): void;
    fillText(text: string, x: number, y: number): void;
    getImageData(x: number, y: number, width: number, height: number): Pixels;
  };
};
const { createCanvas, GlobalFonts } = createRequire(
  new URL('../../packages/inspect/package.json', import.meta.url),
)('@napi-rs/canvas') as {
  createCanvas(width: number, height: number): Canvas;
  GlobalFonts: { registerFromPath(path: string, name: string): unknown };
};

const createdAt = new Date('2026-11-23T08:00:00+08:00');
const scale = 300 / 72;
/** Of names: three that every font list forgets, rare ones of 通用规范汉字表, and of Noto Serif HK and JP. */
const rare = ['㐂', '𠮷', '𬭎', '䶮', '㛃', '𬱖', '𬍛', '𦈡', '𬘭', '犇', '璟', '頔', '堃', '〇', '𡘙'];
const latin = ['2', '0', '6', 'A', 'g', 'R'];
const apart = (letters: readonly string[]): string => letters.join('　');

const letter: FormData['official-letter'] = {
  offices: ['示例镇'],
  number: '示政发〔2026〕8号',
  title: apart(['任', '𠮷', '㐂', '𬭎', '2', 'R']),
  body: `## ${apart([...rare, ...latin])}\n\n### ${apart([...rare, ...latin])}\n\n${apart([...rare, ...latin])}\n`,
  date: '2026-03-03',
};
/** Where each line of the letter is: its role, its size in points, its letters. */
const lines: readonly (readonly [FontRole, number, readonly string[]])[] = [
  ['xiaobiaosong', 22, ['任', '𠮷', '㐂', '𬭎', '2', 'R']],
  ['hei', 15.79, [...rare, ...latin]],
  ['kai', 15.79, [...rare, ...latin]],
  ['fang', 15.79, [...rare, ...latin]],
];

/** The letter as this font file draws it, by another rasteriser and with no PDF in between. */
const fromFont = (path: string, text: string, size: number): Mask | undefined => {
  const name = `f${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;
  GlobalFonts.registerFromPath(path, name);
  const side = Math.ceil(size * scale * 2);
  const context = createCanvas(side, side).getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, side);
  context.fillStyle = '#000';
  context.font = `${size * scale}px ${name}`;
  context.fillText(text, side / 4, side * 0.7);
  return maskOf(context.getImageData(0, 0, side, side), { left: 0, top: 0, right: side, bottom: side });
};

/** Files that a role may take a letter from, best first. A title is set in the bold ones. */
const chain = (role: FontRole): string[] => {
  const fonts = fontFiles('');
  const heavy = role === 'xiaobiaosong';
  return families(role, fonts).flatMap((family) => {
    const faces = fonts.filter((font) => font.family === family);
    return (faces.filter(({ weight }) => weight === (heavy ? 700 : 400)) || faces).map(({ path }) => path);
  });
};

type Seen = {
  readonly letters: readonly Character[];
  readonly pictures: Readonly<Record<string, Pixels>>;
  readonly text: string;
};
let pdf: Uint8Array;
let seen: Seen;

const noPoppler = (): boolean => {
  let there = true;
  try {
    execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' });
  } catch {
    there = false;
  }
  return notRun(!there, 'letters drawn by poppler', 'there is no pdftoppm');
};

/** PPM, as pdftoppm writes it: a head of three numbers and RGB. */
const poppler = (bytes: Uint8Array): Pixels => {
  const folder = mkdtempSync(join(tmpdir(), 'poppler-'));
  writeFileSync(join(folder, 'a.pdf'), bytes);
  execFileSync('pdftoppm', [
    '-r',
    '300',
    '-f',
    '1',
    '-l',
    '1',
    '-singlefile',
    join(folder, 'a.pdf'),
    join(folder, 'a'),
  ]);
  const ppm = readFileSync(join(folder, 'a.ppm'));
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', 0, 40));
  const [width, height] = [Number(head?.[1]), Number(head?.[2])];
  const rgb = ppm.subarray(head?.[0].length ?? 0);
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i += 1) data.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
  return { width, height, data };
};

beforeAll(async () => {
  const made = composeForm('official-letter', letter, createdAt);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  pdf = made.value;
  const first = await withPdf(pdf, (it) =>
    it.withPage(1, (page) => ({ letters: page.characters(), picture: page.render(scale) })),
  );
  if (!first.ok || !first.value) throw new Error('pdfium');
  const second = await withSecondEngine(pdf, async (page) => {
    const one = await page(1);
    const { pixels, width, height } = await one.draw(scale);
    return { text: one.text, picture: { data: pixels, width, height } };
  });
  const third = noPoppler() ? {} : { poppler: poppler(pdf) };
  seen = {
    letters: whole(first.value.letters),
    text: second.text,
    pictures: { pdfium: first.value.picture, 'pdf.js': second.picture, ...third },
  };
}, 60_000);

/** pdfium counts what lies beyond the first plane as two halves of one place. */
const whole = (letters: readonly Character[]): Character[] =>
  letters.flatMap((one, i) => {
    const next = letters[i + 1]?.text ?? '';
    if (/^[\uD800-\uDBFF]$/.test(one.text)) return [{ ...one, text: one.text + next }];
    return /^[\uDC00-\uDFFF]$/.test(one.text) ? [] : [one];
  });

/** The letters of a line, found behind its number (一、 （一）) or the title's first word. */
const inLine = (at: number): readonly Character[] => {
  const shown = seen.letters.filter(({ text }) => text.trim() !== '');
  const [, , wanted] = lines[at] ?? lines[0] ?? ['fang', 0, []];
  const text = shown.map((one) => one.text);
  const begins = text.flatMap((_, i) => (wanted.every((one, n) => text[i + n] === one) ? [i] : []));
  const which = at === 0 ? 0 : at - 1;
  const begin = begins[which];
  if (begin === undefined) throw new Error(`line ${at} is not there`);
  return shown.slice(begin, begin + wanted.length);
};
const drawnBy = (engine: string, { line }: Character): Mask | undefined => {
  const picture = seen.pictures[engine];
  if (picture === undefined) return undefined;
  const pad = 1;
  return maskOf(picture, {
    left: line.left * scale - pad,
    top: line.top * scale - pad,
    right: line.right * scale + pad,
    bottom: line.bottom * scale + pad,
  });
};

describe('rare characters and Latin in every face', () => {
  it('extract as they were typed, in pdfium and in pdf.js', () => {
    const plain = (text: string) => text.replace(/\s/g, '');
    const all = [...rare, ...latin].join('');
    const extracted = plain(seen.letters.map(({ text }) => text).join(''));
    for (const text of [extracted, plain(seen.text)]) {
      expect(text).toContain(`一、${all}（一）${all}${all}`);
      expect(text).toContain('任𠮷㐂𬭎2R');
    }
  });

  it.each([0, 1, 2, 3])('are drawn by every reader as the font draws them: line %i', (at) => {
    const [role, size, wanted] = lines[at] ?? ['fang', 0, []];
    const letters = inLine(at);
    expect(letters.map(({ text }) => text)).toEqual(wanted);
    for (const one of letters) {
      const faces = chain(role).map((path) => fromFont(path, one.text, size));
      for (const engine of Object.keys(seen.pictures)) {
        const least = Math.min(...faces.map((face) => unlike(drawnBy(engine, one), face)));
        expect(least, `${one.text} (${role}) in ${engine}`).toBeLessThan(0.05);
      }
    }
  });

  it('take letters and numerals from the face of the Chinese beside them', () => {
    for (const at of [1, 2, 3]) {
      const [role, size] = lines[at] ?? ['fang', 0];
      const letters = inLine(at).filter(({ text }) => latin.includes(text));
      const away = (face: FontRole): number =>
        Math.max(
          ...letters.map((one) =>
            unlike(drawnBy('pdfium', one), fromFont(chain(face)[0] ?? '', one.text, size)),
          ),
        );
      expect(away(role), role).toBeLessThan(0.05);
      for (const other of ['hei', 'kai', 'song'] as const)
        if (chain(other)[0] !== chain(role)[0])
          expect(away(other), `${role}, not ${other}`).toBeGreaterThan(0.15);
    }
  });

  it('are each another drawing: none is the box of a missing glyph', () => {
    const drawn = inLine(3).map((one) => drawnBy('pdfium', one));
    for (const [i, a] of drawn.entries())
      for (const b of drawn.slice(i + 1)) expect(unlike(a, b)).toBeGreaterThan(0.05);
  });
});

describe('a character that no font has', () => {
  it.each([
    ['𪚥', '𪚥'],
    ['\u{e801}', '\u{e801}'],
    ['😀', '😀'],
  ])('is refused with its page: %s', (typed, character) => {
    const body = `${'公开'.repeat(200)}\n\n${typed}`;
    expect(composeForm('official-letter', { ...letter, body }, createdAt)).toMatchObject({
      ok: false,
      error: { code: 'glyph-missing', details: { character, page: 2 } },
    });
  });
});

describe('the bytes', () => {
  it('are the same when another process makes them', () => {
    const program = `import { composeForm } from '@gongkai/render';
      import { createHash } from 'node:crypto';
      const made = composeForm('official-letter', ${JSON.stringify(letter)}, new Date(${createdAt.getTime()}));
      console.log(made.ok && createHash('sha256').update(made.value).digest('hex'));`;
    const other = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: import.meta.dirname,
      timeout: 60_000,
    });
    expect(other.toString().trim()).toBe(createHash('sha256').update(pdf).digest('hex'));
  });

  it('are few: a letter of one page with four faces is below 80 kB', () => {
    expect(pdf.length).toBeLessThan(80_000);
  });
});
