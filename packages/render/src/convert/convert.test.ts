import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileType } from '@gongkai/core';
import { DeletedTextRun, Document, InsertedTextRun, Packer, Paragraph, TextRun } from 'docx';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Picture, withPdf } from '../pdfium/index.ts';
import { type ConvertJob, convert } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'convert-'));
const job = (
  name: string,
  type: FileType,
  bytes: string | Uint8Array,
  more: Partial<ConvertJob> = {},
): ConvertJob => {
  const input = join(folder, name);
  writeFileSync(input, bytes);
  return { input, type, name, output: `${input}.pdf`, ...more };
};

/** All text of a PDF, and its first page as pixels. */
const read = async (path: string): Promise<{ text: string; picture: Picture | undefined }> => {
  const seen = await withPdf(readFileSync(path), (pdf) => {
    const pages = Array.from({ length: pdf.pages }, (_, i) =>
      pdf.withPage(i + 1, (page) =>
        page
          .characters()
          .map((it) => it.text)
          .join(''),
      ),
    ); // prettier-ignore
    return { text: pages.join(''), picture: pdf.withPage(1, (page) => page.render(2)) };
  });
  if (!seen.ok) throw new Error(JSON.stringify(seen.error));
  return seen.value;
};
const ink = (picture: Picture | undefined): number => {
  let dark = 0;
  for (let i = 0; i < (picture?.data.length ?? 0); i += 4) if ((picture?.data[i] ?? 255) < 128) dark++;
  return dark;
};

describe('texts, pictures and PDF', () => {
  it.each([
    ['quotations', '> '.repeat(4000)],
    ['lists', '- '.repeat(2500)],
    ['a few too many', '- '.repeat(16)],
  ])('refuses Markdown that is nested too deep with a sentence: %s', async (_, marks) => {
    expect(await convert(job('deep.md', 'md', `# 标题\n\n${marks}深`))).toMatchObject({
      error: { code: 'conversion-failed', details: { detailZh: '列表或引用嵌套太深' } },
    });
    expect((await convert(job('less.md', 'md', `${'- '.repeat(15)}深`))).ok).toBe(true);
  });

  it('sets a text with its Hanzi drawn', async () => {
    const text = job('a.txt', 'txt', '政务公开方案\n一、总体要求\n公开为常态，=1+1。');
    expect(await convert(text)).toEqual({ ok: true, value: { pages: 1, substitutedFonts: [] } });
    const { text: found, picture } = await read(text.output);
    expect(found).toContain('公开为常态');
    // Boxes would be alike: a page of 一 has less ink than a page of 鑫.
    const [thin, thick] = [job('b.txt', 'txt', '一'.repeat(30)), job('c.txt', 'txt', '鑫'.repeat(30))];
    await convert(thin);
    await convert(thick);
    expect(ink((await read(thick.output)).picture)).toBeGreaterThan(
      ink((await read(thin.output)).picture) * 4,
    );
    expect(ink(picture)).toBeGreaterThan(500);
  });

  it('gives the same bytes for the same text', async () => {
    const [one, two] = [job('d.md', 'md', '# 题\n\n文'), job('d2.md', 'md', '# 题\n\n文', { name: 'd.md' })];
    await convert(one);
    await convert(two);
    expect(readFileSync(one.output).equals(readFileSync(two.output))).toBe(true);
  });

  it.each([
    ['an empty text', job('e.txt', 'txt', ' \n'), 'no-pages'],
    ['binary data called text', job('f.txt', 'txt', Buffer.from([0, 1, 2, 255])), 'text-encoding'],
    ['a character that no font has', job('g.txt', 'txt', '好\u{1f600}'), 'glyph-missing'],
    ['an OFD that is no archive', job('h.ofd', 'ofd', 'x'), 'damaged'],
    ['too many pages', job('i.txt', 'txt', '行\n'.repeat(60), { maxPages: 2 }), 'too-many-pages'],
    ['a broken PDF', job('j.pdf', 'pdf', '%PDF-1.7 nothing'), 'damaged'],
    [
      'an encrypted PDF',
      job('k.pdf', 'pdf', '%PDF-1.7\ntrailer <</Root 1 0 R /Encrypt 5 0 R>>'),
      'encrypted',
    ],
  ])('refuses %s', async (_, refused, code) => {
    expect(await convert(refused)).toMatchObject({ ok: false, error: { code } });
    expect(existsSync(refused.output)).toBe(false);
  });

  it('copies a PDF untouched', async () => {
    const text = job('l.txt', 'txt', '公开');
    await convert(text);
    const pdf = job('m.pdf', 'pdf', readFileSync(text.output));
    expect(await convert(pdf)).toMatchObject({ ok: true, value: { pages: 1 } });
    expect(readFileSync(pdf.output).equals(readFileSync(pdf.input))).toBe(true);
  });
});

describe('office documents', () => {
  const out: Record<string, ConvertJob> = {};
  let results: {
    ok: boolean;
    value?: { pages: number; substitutedFonts: string[] };
    error?: { code: string };
  }[] = [];

  const docx = async (children: Paragraph[]): Promise<Buffer> =>
    Packer.toBuffer(new Document({ sections: [{ children }] }));
  const line = (text: string, font: string): Paragraph =>
    new Paragraph({ children: [new TextRun({ text, font, size: 32 })] });
  const change = { id: 1, author: '张', date: '2024-01-01T00:00:00Z' };

  beforeAll(async () => {
    const seed = readFileSync(fileURLToPath(new URL('./fixtures/seed.txt', import.meta.url)), 'utf8');
    const paragraphs = seed
      .split('\n')
      .filter((it) => it !== '')
      .map((it, i) => line(it, i === 0 ? '方正小标宋简体' : '仿宋_GB2312')); // prettier-ignore
    out.seed = job('seed.docx', 'docx', await docx(paragraphs));
    out.thin = job('thin.docx', 'docx', await docx([line('一'.repeat(30), '仿宋_GB2312')]));
    out.thick = job('thick.docx', 'docx', await docx([line('鑫'.repeat(30), '仿宋_GB2312')]));
    out.bold = job('bold.docx', 'docx', await docx([line('鑫'.repeat(30), '方正小标宋简体')]));
    const names = '㐂𠮷𬭎𡘙 ☐☒□ 123';
    out.rare = job('rare.docx', 'docx', await docx([line(names, '仿宋_GB2312'), line(names, '楷体')]));
    const after = new Paragraph({ pageBreakBefore: true, children: [new TextRun('李𪚥')] });
    out.hole = job('hole.docx', 'docx', await docx([line('公开', '宋体'), after]));
    out.own = job('own.docx', 'docx', await docx([line('造\u{e801}字', '宋体')]));
    const tracked = [
      new Paragraph({
        children: [
          new TextRun('保留'),
          new DeletedTextRun({ text: '删去', ...change }),
          new InsertedTextRun({ text: '新增', ...change }),
        ],
      }),
    ];
    out.tracked = job('tracked.docx', 'docx', await docx(tracked));
    const rtf =
      '{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\*\\revtbl{Unknown;}{A;}}kept {\\deleted\\revauthdel1 struck}{\\revised\\revauth1 added}\\par}';
    out.rtf = job('tracked.rtf', 'rtf', rtf);
    out.broken = job('broken.docx', 'docx', 'PK\x03\x04 not a zip');
    out.nonsense = job('nonsense.xls', 'xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    const run = fileURLToPath(new URL('./fixtures/run.ts', import.meta.url));
    const converted = (): string =>
      execFileSync(process.execPath, [run, JSON.stringify(Object.values(out))], {
        encoding: 'utf8',
        timeout: 90_000,
        killSignal: 'SIGKILL',
      });
    let printed: string;
    try {
      printed = converted();
    } catch (cause) {
      // LibreOffice hangs now and then where it starts on a busy machine: the product's cage ends it and begins again.
      if ((cause as NodeJS.ErrnoException).code !== 'ETIMEDOUT') throw cause;
      printed = converted();
    }
    results = JSON.parse(printed);
  }, 240_000);

  const result = (name: string) => results[Object.keys(out).indexOf(name)];
  const page = (name: string) => read(out[name]?.output ?? '');

  it('come out with their text and the names of the fonts that were replaced', async () => {
    expect(result('seed')).toEqual({
      ok: true,
      value: { pages: 1, substitutedFonts: ['仿宋_GB2312', '方正小标宋简体'] },
    });
    expect((await page('seed')).text).toContain('政务公开');
  });

  it('have their Hanzi drawn, not boxes, and 小标宋 bold', async () => {
    const [thin, thick, bold] = await Promise.all(
      ['thin', 'thick', 'bold'].map(async (it) => ink((await page(it)).picture)),
    );
    expect(thick).toBeGreaterThan((thin ?? 0) * 4);
    expect(bold).toBeGreaterThan((thick ?? 0) * 1.15);
  });

  it.each(['tracked', 'rtf'])('come out without what was struck out (%s)', async (name) => {
    const { text } = await page(name);
    expect(text).toMatch(name === 'rtf' ? /kept\s*added/ : /保留新增/);
    expect(text).not.toMatch(/删去|struck/);
  });

  it('bring rare characters of names, and are refused where no font has one, with its page', async () => {
    expect(result('rare')).toMatchObject({ ok: true });
    // LibreOffice writes what comes from another font behind the rest of its line.
    for (const one of '㐂𠮷𬭎𡘙') expect((await page('rare')).text).toContain(one);
    const missing = (character: string, number: number) => ({
      ok: false,
      error: { code: 'glyph-missing', details: { character, page: number } },
    });
    expect(result('hole')).toMatchObject(missing('𪚥', 2));
    expect(result('own')).toMatchObject(missing('\u{e801}', 1));
  });

  it('that cannot be read are refused', () => {
    expect(result('broken')).toMatchObject({ ok: false, error: { code: 'conversion-failed' } });
    expect(result('nonsense')).toMatchObject({ ok: false, error: { code: 'conversion-failed' } });
  });
});
