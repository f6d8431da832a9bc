import { PDFDocument, PDFName } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { textOf } from '../release/specimen.ts';
import { compileTypst } from './index.ts';

const createdAt = new Date('2026-11-23T08:00:00+08:00');
const serif = '#set text(font: "Noto Serif SC")\n';

it('sets what it is given now, not what it was given before with the same last byte', async () => {
  // 王 E7 8E 8B and 洋 E6 B4 8B; 周 杨 丨 end in A8.
  for (const words of ['洋周', '王杨', '洋丨', '王周', '王丨']) {
    const made = compileTypst({ source: `${serif}姓名：${words}，电话`, createdAt });
    if (!made.ok) throw new Error(made.error.code);
    expect(await textOf(made.value)).toEqual([`姓名：${words}，电话`]);
  }
});

describe('compileTypst', () => {
  it('gives the same bytes for the same job', () => {
    const job = { source: `${serif}政府信息公开 #sys.inputs.who`, inputs: { who: '三村镇' }, createdAt };
    const [first, second] = [compileTypst(job), compileTypst(job)];
    expect(first.ok && second.ok && Buffer.compare(first.value, second.value)).toBe(0);
  });

  it('reads the files it was given, and forgets them afterwards', () => {
    const source = `${serif}#json("/data.json").title`;
    const files = { '/data.json': Buffer.from('{"title":"关于道路整修的公示"}') };
    expect(compileTypst({ source, files, createdAt }).ok).toBe(true);
    expect(compileTypst({ source, createdAt })).toMatchObject({
      ok: false,
      error: { code: 'conversion-failed' },
    });
  });

  it('refuses a character that no font has, with its page', () => {
    const source = `${serif}第一页 #pagebreak() 第二页 \u{1F600}`;
    const refused = { code: 'glyph-missing', details: { page: 2, character: '\u{1F600}', code: 'U+1F600' } };
    expect(compileTypst({ source, createdAt })).toEqual({ ok: false, error: refused });
    const accessible = `#set document(title: "t")\n${source}`;
    expect(compileTypst({ source: accessible, createdAt, standard: 'ua-1' })).toEqual({
      ok: false,
      error: refused,
    });
  });

  it('has readers show the title of what is read aloud, whatever stands in it', async () => {
    const title = '/Type /Catalog /ViewerPreferences << startxref 1 %%EOF 通知';
    const source = `#set document(title: ${JSON.stringify(title)})\n#set text(lang: "zh")\n${serif}正文`;
    const made = compileTypst({ source, createdAt, standard: 'a-2a' });
    if (!made.ok) throw new Error(made.error.code);
    const document = await PDFDocument.load(made.value);
    expect(document.getTitle()).toBe(title);
    expect(String(document.catalog.lookup(PDFName.of('ViewerPreferences')))).toContain(
      '/DisplayDocTitle true',
    );
    expect(await textOf(made.value)).toEqual(['正文']);
  });

  it('says that it is PDF/UA only where Typst finds nothing against it', () => {
    const claims = (source: string): boolean => {
      const made = compileTypst({ source, createdAt, standard: 'a-2a' });
      if (!made.ok) throw new Error(made.error.code);
      return Buffer.from(made.value).includes('<pdfuaid:part>1<');
    };
    const head = `#set document(title: "通知")\n#set text(lang: "zh")\n${serif}`;
    expect(claims(`${head}= 通知\n正文`)).toBe(true);
    expect(claims(`${serif}没有题名`)).toBe(false);
    expect(claims(`${head}= 一\n=== 三，没有二`)).toBe(false);
  });

  it('names a character that cannot be printed', () => {
    expect(compileTypst({ source: `${serif}\u{e123}`, createdAt })).toMatchObject({
      error: { code: 'glyph-missing', details: { page: 1, character: '\u{e123}' } },
    });
  });

  it('does not fall back on a font of the machine', () => {
    const greek = compileTypst({ source: '#set text(font: "DejaVu Sans")\n公开', createdAt });
    expect(greek.ok && Buffer.from(greek.value).includes('DejaVuSans')).toBe(false);
  });

  it('says what is wrong with a template', () => {
    expect(compileTypst({ source: '#unknown', createdAt })).toEqual({
      ok: false,
      error: { code: 'conversion-failed', details: { detail: 'typst: unknown variable: unknown' } },
    });
  });

  it('cannot read the disk', () => {
    for (const path of ['/etc/passwd', '../../etc/passwd'])
      expect(compileTypst({ source: `#read("${path}")`, createdAt }).ok).toBe(false);
  });
});
