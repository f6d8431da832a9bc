import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Examination, type Refusal, type RefusalCode, type Result, sentence } from '@gongkai/core';
import { utils, write } from 'cfb';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handMadePdf, line } from '../pdf/hand-made-pdf.ts';
import { handMadeDocx, handMadeXlsx, handMadeZip, paragraph, relationship } from '../zip/hand-made-zip.ts';
import { examine } from './examine.ts';

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongkai-examine-'));
});
afterAll(() => rm(folder, { recursive: true }));

const outcome = async (
  name: string,
  bytes: Buffer,
  limitBytes?: number,
): Promise<Result<Examination, Refusal>> => {
  const path = join(folder, `${count++}`);
  await writeFile(path, bytes);
  return examine({ path, name, ...(limitBytes === undefined ? {} : { limitBytes }) });
};
const told = async (name: string, bytes: Buffer): Promise<string[]> => {
  const result = await outcome(name, bytes);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.findings.map(({ severity, rule }) => `${severity} ${rule}`);
};

const png = (width: number, height: number): Buffer => {
  const header = Buffer.alloc(33);
  header.write('\x89PNG\r\n\x1a\n', 'latin1');
  header.writeUInt32BE(13, 8);
  header.write('IHDR', 12);
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  return Buffer.concat([header, Buffer.from('\0\0\0\0IEND\xae\x42\x60\x82', 'latin1')]);
};
const compound = (streams: Readonly<Record<string, Buffer>>): Buffer => {
  const container = utils.cfb_new();
  for (const [name, body] of Object.entries(streams)) utils.cfb_add(container, `/${name}`, body);
  return Buffer.from(write(container, { type: 'buffer' }) as Buffer);
};
const pdf = handMadePdf({ content: line('Notice', 50, 500) });
const docx = handMadeDocx(paragraph('通知'));
const zeros = Buffer.alloc(9 * 1024 * 1024);
const nestedTables = (depth: number): string => '<w:tbl>'.repeat(depth) + '</w:tbl>'.repeat(depth);
const bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>';

const hostile: readonly (readonly [string, RefusalCode, string, Buffer])[] = [
  ['zero bytes', 'empty-file', 'a.docx', Buffer.alloc(0)],
  ['a docx named pdf', 'type-mismatch', 'a.pdf', docx],
  ['a pdf named docx', 'type-mismatch', 'a.docx', pdf],
  ['a docx named as program', 'type-mismatch', 'a.docx.exe', docx],
  ['text named docx', 'type-mismatch', 'a.docx', Buffer.from('hello')],
  ['an unknown archive', 'type-not-accepted', 'a.zip', handMadeZip([{ name: 'a.txt', body: 'x' }])],
  ['an OFD named docx', 'type-mismatch', 'a.docx', handMadeZip([{ name: 'OFD.xml', body: '<ofd/>' }])],
  [
    'a program',
    'type-not-accepted',
    'setup',
    Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0', 'latin1'),
  ],
  ['a PDF with bytes before its header', 'polyglot', 'a.pdf', Buffer.concat([Buffer.from('\n\n'), pdf])],
  [
    'a PDF that is also a ZIP',
    'polyglot',
    'a.pdf',
    Buffer.concat([pdf, handMadeZip([{ name: 'a', body: 'x' }])]),
  ],
  [
    'a PDF that is also HTML',
    'polyglot',
    'a.pdf',
    Buffer.from(
      pdf.toString('latin1').replace('%PDF-1.7\n', '%PDF-1.7\n<script>alert(1)</script>\n'),
      'latin1',
    ),
  ],
  [
    'a ZIP with bytes before it',
    'polyglot',
    'a.docx',
    handMadeZip([{ name: 'mimetype', body: 'x' }], Buffer.from('PK\x03\x04 something else')),
  ],
  ['a picture that is also a PDF', 'polyglot', 'a.png', Buffer.concat([png(10, 10), pdf])],
  ['a flood of pixels', 'image-too-large', 'a.png', png(40_000, 40_000)],
  [
    'a flood of pixels inside',
    'image-too-large',
    'a.docx',
    handMadeDocx('', [{ name: 'word/media/a.png', body: png(20_000, 20_000) }]),
  ],
  [
    'an encrypted docx',
    'encrypted',
    'a.docx',
    compound({ EncryptionInfo: Buffer.from('x'), EncryptedPackage: Buffer.from('x') }),
  ],
  [
    'an xls with a password',
    'encrypted',
    'a.xls',
    compound({ Workbook: Buffer.from([0x2f, 0, 2, 0, 1, 1]) }),
  ],
  [
    'an xls with an XLM sheet',
    'macros',
    'a.xls',
    compound({ Workbook: Buffer.from([0x85, 0, 9, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0x41]) }),
  ],
  [
    'a doc with VBA',
    'macros',
    'a.doc',
    compound({ WordDocument: Buffer.alloc(512), 'Macros/VBA/dir': Buffer.from('x') }),
  ],
  ['VBA in a .docx name', 'macros', 'a.docx', handMadeDocx('', [{ name: 'word/vbaProject.bin', body: 'x' }])],
  [
    'an XLM sheet',
    'macros',
    'a.xlsx',
    handMadeXlsx('', [{ name: 'xl/macrosheets/sheet1.xml', body: '<x/>' }]),
  ],
  ['a high ratio', 'archive-bomb', 'a.docx', handMadeDocx('', [{ name: 'word/media/a.bin', body: zeros }])],
  [
    'too much in all',
    'archive-bomb',
    'a.docx',
    handMadeDocx('', [{ name: 'a', body: 'x', declaredSize: 201 * 1024 * 1024 }]),
  ],
  [
    '10,001 entries',
    'archive-bomb',
    'a.docx',
    handMadeZip(Array.from({ length: 10_001 }, (_, index) => ({ name: `${index}`, stored: true }))),
  ],
  [
    'overlapping entries',
    'archive-inconsistent',
    'a.docx',
    handMadeDocx('', [
      { name: 'a', body: 'x' },
      { name: 'a', sameDataAs: 2, localName: 'a' },
    ]),
  ],
  [
    'names that differ in case only',
    'archive-inconsistent',
    'a.docx',
    handMadeDocx('', [
      { name: 'word/A.xml', body: '<a/>' },
      { name: 'word/a.XML', body: '<a/>' },
    ]),
  ],
  [
    'another name in the local header',
    'archive-inconsistent',
    'a.docx',
    handMadeDocx('', [{ name: 'word/a.xml', localName: 'word/b.xml', body: '<a/>' }]),
  ],
  [
    'another size in the local header',
    'archive-inconsistent',
    'a.docx',
    handMadeDocx('', [{ name: 'word/a.xml', body: '<a/>', localSize: 3 }]),
  ],
  [
    'a lie about the size',
    'archive-inconsistent',
    'a.docx',
    handMadeDocx('', [{ name: 'word/a.xml', body: '<a>long enough</a>', declaredSize: 10 }]),
  ],
  [
    'a wrong CRC',
    'archive-inconsistent',
    'a.docx',
    handMadeDocx('', [{ name: 'word/a.xml', body: '<a/>', crc: 1 }]),
  ],
  ['a climbing path', 'path-escape', 'a.docx', handMadeDocx('', [{ name: '../../etc/passwd', body: 'x' }])],
  ['an absolute path', 'path-escape', 'a.docx', handMadeDocx('', [{ name: '/etc/passwd', body: 'x' }])],
  [
    'a symbolic link',
    'path-escape',
    'a.docx',
    handMadeDocx('', [{ name: 'link', body: '/etc', attributes: 0o120777 * 0x10000 }]),
  ],
  [
    'an archive inside',
    'archive-nested',
    'a.docx',
    handMadeDocx('', [{ name: 'word/media/image1.png', body: docx }]),
  ],
  [
    'billion laughs',
    'xml-dangerous',
    'a.docx',
    handMadeZip([
      { name: '[Content_Types].xml', body: '<T>wordprocessingml.document.main+xml</T>' },
      { name: 'word/document.xml', body: bomb },
    ]),
  ],
  [
    'an external entity',
    'xml-dangerous',
    'a.docx',
    handMadeDocx('', [{ name: 'docProps/app.xml', body: '<!DOCTYPE x SYSTEM "http://h/x.dtd"><x/>' }]),
  ],
  ['an undeclared entity', 'xml-dangerous', 'a.docx', handMadeDocx(paragraph('&xxe;'))],
  ['deep nesting', 'xml-dangerous', 'a.docx', handMadeDocx(nestedTables(300))],
  [
    'a remote picture',
    'external-reference',
    'a.docx',
    handMadeDocx('', [relationship('image', 'http://h/x.png')]),
  ],
  [
    'a remote template',
    'external-reference',
    'a.docx',
    handMadeDocx('', [relationship('attachedTemplate', 'http://h/x.dotm')]),
  ],
  [
    'a linked OLE object',
    'external-reference',
    'a.docx',
    handMadeDocx('', [relationship('oleObject', 'file:///c:/x.xls')]),
  ],
  [
    'a link to a file server',
    'external-reference',
    'a.docx',
    handMadeDocx('', [relationship('hyperlink', '\\\\server\\share\\x')]),
  ],
  [
    'an altChunk',
    'embedded-object',
    'a.docx',
    handMadeDocx('', [relationship('aFChunk', 'x.html', 'Internal')]),
  ],
  [
    'an INCLUDETEXT field',
    'external-reference',
    'a.docx',
    handMadeDocx(
      '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT "c:\\x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    ),
  ],
  [
    'a DDE field',
    'external-reference',
    'a.docx',
    handMadeDocx('<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\cmd.exe &quot;/k calc&quot;"/></w:p>'),
  ],
  [
    'a DDE formula',
    'external-reference',
    'a.xlsx',
    handMadeXlsx('', [
      { name: 'xl/worksheets/sheet1.xml', body: "<worksheet><f>cmd|'/c calc'!A1</f></worksheet>" },
    ]),
  ],
  [
    'an embedded workbook',
    'embedded-object',
    'a.docx',
    handMadeDocx('', [{ name: 'word/embeddings/Microsoft_Excel_Sheet1.xlsx', body: docx }]),
  ],
  [
    'an object in an RTF',
    'embedded-object',
    'a.rtf',
    Buffer.from('{\\rtf1 {\\object\\objemb{\\*\\objdata 0105}}}'),
  ],
  [
    'a DDE field in an RTF',
    'external-reference',
    'a.rtf',
    Buffer.from('{\\rtf1 {\\field{\\*\\fldinst {DDEAUTO cmd "/c calc"}}}}'),
  ],
  ['text in UTF-16 without a mark', 'text-encoding', 'a.csv', Buffer.from('中文abc', 'utf16le')],
  [
    'text in UTF-7',
    'text-encoding',
    'a.html',
    Buffer.from('<html><body>+ADw-script+AD4-alert(1)</body></html>'),
  ],
  [
    'a charset that lies',
    'text-encoding',
    'a.html',
    iconv.encode('<html><meta charset="utf-8"><body>中华人民共和国政府信息公开条例</body></html>', 'gb18030'),
  ],
  ['broken bytes', 'text-encoding', 'a.txt', Buffer.from([0xd6, 0xd0, 0xff, 0xff, 0xb9, 0xfa, 0x41])],
];

describe('hostile files are refused with a sentence', () => {
  it.each(hostile)('%s: %s', async (_, code, name, bytes) => {
    const result = await outcome(name, bytes);
    expect(result.ok ? result.value : result.error.code).toBe(code);
    if (result.ok) return;
    const { zh, en } = sentence(result.error);
    // Every blank of the sentence is filled.
    expect(zh).not.toContain('—）');
    expect(`${zh}${en}`).not.toMatch(/\(—\)|（—|：—|undefined/);
  });

  it('one byte over the limit is too large, at the limit it is not', async () => {
    expect(await outcome('a.docx', docx, docx.length - 1)).toMatchObject({ error: { code: 'too-large' } });
    expect((await outcome('a.docx', docx, docx.length)).ok).toBe(true);
  });
});

describe('ordinary files are accepted', () => {
  const gb = iconv.encode(
    '关于做好政府信息公开工作的通知\n各乡镇人民政府：现将有关事项通知如下。',
    'gb18030',
  );
  it.each([
    ['a.docx', docx, 'docx'],
    ['通知.wps', docx, 'wps'],
    ['通知.wps', compound({ WordDocument: Buffer.alloc(512) }), 'wps'],
    ['台账.et', compound({ Workbook: Buffer.alloc(8) }), 'et'],
    ['A.DOCX', docx, 'docx'],
    ['upload', docx, 'docx'],
    ['通知.2024', docx, 'docx'],
    ['a.pdf', pdf, 'pdf'],
    ['a.png', png(100, 100), 'png'],
    ['a.txt', Buffer.from('通知'), 'txt'],
    ['a.txt', gb, 'txt'],
    ['a.md', Buffer.from('# 通知'), 'md'],
    ['a.csv', Buffer.from('姓名,金额\n张,-5\n'), 'csv'],
    ['a.html', Buffer.from('<!doctype html><html><body><p>通知</p></body></html>'), 'html'],
    ['a.rtf', Buffer.from('{\\rtf1\\ansi Notice}'), 'rtf'],
    ['a.doc', Buffer.from('{\\rtf1\\ansi Notice}'), 'rtf'],
    [
      'a.odt',
      handMadeZip([
        { name: 'mimetype', body: 'application/vnd.oasis.opendocument.text', stored: true },
        { name: 'content.xml', body: '<office:document-content xmlns:office="o"/>' },
      ]),
      'odt',
    ],
  ])('%s', async (name, bytes, type) => {
    const result = await outcome(name, bytes);
    expect(result.ok ? result.value : result.error).toEqual({ type, size: bytes.length, findings: [] });
  });
});

describe('hidden things become findings', () => {
  it('tracked changes, comments and hidden text, with their authors and words', async () => {
    const body = `<w:p><w:ins w:author="王"><w:r><w:t>加</w:t></w:r></w:ins><w:del w:author="李"><w:r><w:delText>删 13812345678</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r></w:p>`;
    const result = await outcome(
      'a.docx',
      handMadeDocx(body, [
        {
          name: 'word/comments.xml',
          body: '<w:comments><w:comment w:author="赵"><w:p><w:r><w:t>不妥</w:t></w:r></w:p></w:comment></w:comments>',
        },
      ]),
    );
    const findings = result.ok ? result.value.findings : [];
    expect(
      findings.map(({ kind, severity, text, removedByRender }) => [kind, severity, text, removedByRender]),
    ).toEqual([
      ['tracked-change', 'high', '+王: 加', false],
      ['tracked-change', 'high', '−李: 删 13812345678', false],
      ['mobile', 'medium', '13812345678', false],
      ['hidden-text', 'high', '藏', false],
      ['comment', 'medium', '赵: 不妥', false],
    ]);
  });

  it('text hidden by its style', async () => {
    const styles = {
      name: 'word/styles.xml',
      body: '<w:styles><w:style w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>',
    };
    const body = '<w:p><w:r><w:rPr><w:rStyle w:val="H"/></w:rPr><w:t>藏</w:t></w:r></w:p>';
    expect(await told('a.docx', handMadeDocx(body, [styles]))).toEqual(['high hidden-run']);
  });

  it('a watermark with a secret mark stops: once converted it has no letters', async () => {
    const head = '<w:hdr><w:p><w:r><w:pict><v:textpath string="机密★5年"/></w:pict></w:r></w:p></w:hdr>';
    const marked = handMadeDocx(paragraph('通知'), [{ name: 'word/header1.xml', body: head }]);
    expect(await told('a.docx', marked)).toContain('stop state-secret-mark');
  });
  it('metadata goes away by itself, but a secret mark in it stops', async () => {
    const core = (title: string) => ({
      name: 'docProps/core.xml',
      body: `<c:p xmlns:c="c" xmlns:dc="d"><dc:creator>张三</dc:creator><dc:title>${title}</dc:title></c:p>`,
    });
    const result = await outcome('a.docx', handMadeDocx('', [core('通知')]));
    expect(
      result.ok &&
        result.value.findings.every(({ severity, removedByRender }) => severity === 'low' && removedByRender),
    ).toBe(true);
    expect(await told('a.docx', handMadeDocx('', [core('机密★5年 通知')]))).toContain(
      'stop state-secret-mark',
    );
  });

  it('hidden sheets, rows, columns, pivot caches and linked workbooks', async () => {
    const sheets = '<sheet name="公开"/><sheet name="工资" state="veryHidden"/>';
    const found = await told(
      'a.xlsx',
      handMadeXlsx(sheets, [
        {
          name: 'xl/worksheets/sheet1.xml',
          body: '<worksheet><cols><col min="2" max="3" hidden="1"/></cols><row r="7" hidden="1"/><row r="8"/></worksheet>',
        },
        { name: 'xl/pivotCache/pivotCacheRecords1.xml', body: '<r/>' },
        {
          name: 'xl/externalLinks/_rels/externalLink1.xml.rels',
          body: '<Relationships><Relationship Type="x/externalLinkPath" Target="file:///c:/b.xlsx" TargetMode="External"/></Relationships>',
        },
      ]),
    );
    expect(found.sort()).toEqual([
      'high external-workbook',
      'high hidden-rows-columns',
      'high hidden-sheet',
      'high pivot-cache',
    ]);
  });

  it('speaker notes and hidden slides', async () => {
    const types =
      '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>';
    const deck = handMadeZip([
      { name: '[Content_Types].xml', body: types },
      { name: 'ppt/slides/slide1.xml', body: '<p:sld show="0"/>' },
      { name: 'ppt/notesSlides/notesSlide1.xml', body: '<p:notes><a:t>别念</a:t></p:notes>' },
    ]);
    expect(await told('a.pptx', deck)).toEqual(['high hidden-slide', 'medium speaker-notes']);
  });

  it('web links are one low finding, a template on the author’s own disk too', async () => {
    expect(
      await told('a.docx', handMadeDocx('', [relationship('hyperlink', 'https://www.gov.cn/')])),
    ).toEqual(['low office-link']);
    expect(
      await told(
        'a.docx',
        handMadeDocx('', [relationship('attachedTemplate', 'file:///C:\\Users\\a\\x.dotx')]),
      ),
    ).toEqual(['low attached-template']);
  });

  it('scripts and hidden elements of HTML, formulas of CSV, comments of RTF', async () => {
    const html =
      '<html><body onload="x()"><script>y()</script><p style="display:none">藏</p><img src="//h/x.png"></body></html>';
    expect(await told('a.html', Buffer.from(html))).toEqual([
      'medium html-active-content',
      'medium html-active-content',
      'high html-hidden-text',
      'low html-external-link',
    ]);
    expect(await told('a.csv', Buffer.from('a,=1+1\nb,-3\n'))).toEqual(['medium csv-formula']);
    expect(
      await told('a.rtf', Buffer.from('{\\rtf1 a{\\v hid}{\\*\\annotation note}{\\deleted gone}}')),
    ).toEqual(['medium rtf-comment', 'high hidden-run', 'high rtf-change']);
  });

  it('RTF text in GBK and in Unicode escapes, with binary data skipped', async () => {
    const rtf = iconv.encode(
      '{\\rtf1\\ansicpg936{\\*\\pict\\bin6 }}}}}}}{\\*\\annotation 赵\\u-30679?}}',
      'gb18030',
    );
    const result = await outcome('a.rtf', rtf);
    expect(result.ok && result.value.findings.map(({ text }) => text)).toEqual([
      '赵蠩'.replace('蠩', String.fromCharCode(65536 - 30679)),
    ]);
  });

  it.each([
    ['机密★5年 关于某事.docx', 'stop state-secret-mark'],
    ['【秘密】关于某事.docx', 'stop state-secret-mark'],
    ['通知\u202excod.docx', 'low file-name'],
    ['张三13812345678.docx', 'medium mobile'],
  ])('the name %s', async (name, expected) => {
    expect(await told(name, docx)).toContain(expected);
  });
});
