import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { withPdf } from '../pdfium/index.ts';
import { composeForm, type FormData } from './index.ts';

const createdAt = new Date('2026-11-23T08:00:00+08:00');
const hash = '3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b';

const sheet: FormData['review-sheet'] = {
  number: 'SC-2026-0013',
  office: '三村镇人民政府',
  title: '2026年第三季度村级财务收支情况公示',
  department: '党政办公室',
  handler: '李小明',
  disclosure: '主动公开',
  findings: [{ page: 2, kind: '居民身份证号', text: '110101********1234', answer: '遮盖', person: '李小明' }],
  decisions: [
    { checkpoint: 'self', verdict: 'approve', name: '李小明', at: '2026-11-23T00:05:00Z' },
    {
      checkpoint: 'first',
      verdict: 'return',
      name: '王芳',
      at: '2026-11-23T09:15:00+08:00',
      opinion: '第二页有误',
    },
    { checkpoint: 'first', verdict: 'approve', name: '王芳', at: '2026-11-23T10:15:00+08:00' },
  ],
  files: [{ name: '正文.pdf', sha256: hash }],
  binding: hash,
};

const notice: FormData['withdrawal-notice'] = {
  office: '三村镇人民政府',
  title: '2026年第三季度村级财务收支情况公示',
  indexNumber: '000014349/2026-00013',
  publishedOn: '2026-11-03',
  withdrawnOn: '2026-11-23',
  reason: '因部分数据有误。',
};

const text = async (name: keyof FormData, data: unknown): Promise<string> => {
  const made = composeForm(name, data, createdAt);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const read = await withPdf(made.value, (pdf) =>
    Array.from({ length: pdf.pages }, (_, i) =>
      pdf.withPage(i + 1, (page) =>
        page
          .characters()
          .map((it) => it.text)
          .join(''),
      ),
    ).join('\n'),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.replace(/[^\S\n]/g, '');
};

describe('the review sheet', () => {
  it('shows every checkpoint with its decisions in Beijing time, and what the decisions are bound to', async () => {
    const shown = await text('review-sheet', sheet);
    for (const words of [
      '李小明2026-11-2308:05',
      '退回修改：第二页有误',
      '王芳2026-11-2310:15',
      '主要负责人',
    ])
      expect(shown).toContain(words);
    expect(shown).toContain(hash.slice(0, 32));
    expect(shown).toContain('第2页居民身份证号110101********1234遮盖');
  });

  it('runs over several pages when much was found, each with the number of the review', async () => {
    const findings = Array.from({ length: 80 }, (_, i) => ({
      page: i + 1,
      kind: '手机号码',
      text: '138****8000',
      answer: '遮盖',
    }));
    const pages = (await text('review-sheet', { ...sheet, findings })).split('\n');
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page).toContain('SC-2026-0013');
  });

  it('is a tagged document with a title', async () => {
    const made = composeForm('review-sheet', sheet, createdAt);
    const pdf = await PDFDocument.load(made.ok ? made.value : new Uint8Array());
    expect(pdf.getTitle()).toBe(`政府信息公开保密审查表：${sheet.title}`);
    expect(pdf.catalog.toString()).toContain('/StructTreeRoot');
  });
});

describe('the withdrawal notice', () => {
  it('says what was withdrawn, why and since when, in one clean sentence', async () => {
    const shown = await text('withdrawal-notice', notice);
    expect(shown).toContain('于2026年11月3日公开的');
    expect(shown).toContain('，因部分数据有误，现予撤回，自2026年11月23日起停止公开。');
    expect(shown).not.toContain('代替');
  });

  it('points to what stands in its place', async () => {
    const replacement = { title: '更正后的公示', indexNumber: '000014349/2026-00021' };
    expect(await text('withdrawal-notice', { ...notice, replacement })).toContain(
      '000014349/2026-00021）代替',
    );
  });
});

describe('composeForm', () => {
  it('gives the same bytes for the same data', () => {
    const [first, second] = [1, 2].map(() => composeForm('review-sheet', sheet, createdAt));
    expect(first?.ok && second?.ok && Buffer.compare(first.value, second.value)).toBe(0);
  });

  it('keeps what people typed from being read as markup', async () => {
    const title = '#panic("x") *加粗* $x$ <b> \\';
    expect(await text('withdrawal-notice', { ...notice, title })).toContain('#panic("x")*加粗*$x$<b>\\');
  });

  it('names the field that is wrong', () => {
    expect(
      composeForm('withdrawal-notice', { ...notice, publishedOn: '2026-02-30' }, createdAt),
    ).toMatchObject({
      error: { code: 'form-field', details: { key: 'publishedOn' } },
    });
  });

  it('refuses a name that no font can write, and says which character', () => {
    expect(composeForm('withdrawal-notice', { ...notice, office: '\u{e801}镇' }, createdAt)).toMatchObject({
      error: { code: 'glyph-missing', details: { character: '\u{e801}' } },
    });
  });
});
