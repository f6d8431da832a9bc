import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { acceptRevisions, resolveRevisions } from './revisions.ts';

const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
const deleted = (text: string) => `<w:del w:id="1"><w:r><w:delText>${text}</w:delText></w:r></w:del>`;

it.each([
  ['drops what was deleted', `<w:p>${run('留')}${deleted('删')}</w:p>`, `<w:p>${run('留')}</w:p>`],
  ['keeps what was inserted', `<w:p><w:ins w:id="1">${run('增')}</w:ins></w:p>`, `<w:p>${run('增')}</w:p>`],
  [
    'drops an insertion that was deleted again',
    `<w:p><w:ins>${deleted('删')}${run('增')}</w:ins></w:p>`,
    `<w:p>${run('增')}</w:p>`,
  ],
  [
    'takes moved text from its new place only',
    `<w:p><w:moveFromRangeStart w:id="1"/><w:moveFrom>${run('移')}</w:moveFrom><w:moveFromRangeEnd w:id="1"/></w:p><w:p><w:moveTo>${run('移')}</w:moveTo></w:p>`,
    `<w:p></w:p><w:p>${run('移')}</w:p>`,
  ],
  [
    'drops the former properties',
    '<w:p><w:pPr><w:jc w:val="center"/><w:pPrChange><w:pPr/></w:pPrChange></w:pPr></w:p>',
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr></w:p>',
  ],
  [
    'joins a paragraph whose mark is deleted to the next',
    `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>${run('甲')}</w:p><w:p><w:pPr><w:jc/></w:pPr>${run('乙')}</w:p>`,
    `<w:p><w:pPr><w:jc/></w:pPr>${run('甲')}${run('乙')}</w:p>`,
  ],
  [
    'drops a deleted row',
    `<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc><w:p>${run('删')}</w:p></w:tc></w:tr><w:tr><w:tc><w:p>${run('留')}</w:p></w:tc></w:tr></w:tbl>`,
    `<w:tbl><w:tr><w:tc><w:p>${run('留')}</w:p></w:tc></w:tr></w:tbl>`,
  ],
  [
    'leaves everything else byte for byte',
    `<?xml version="1.0"?>\n<!-- <w:del> --><w:p w:a='1>2'>${deleted('x')}&amp;<![CDATA[<w:del>]]></w:p>`,
    `<?xml version="1.0"?>\n<!-- <w:del> --><w:p w:a='1>2'>&amp;<![CDATA[<w:del>]]></w:p>`,
  ],
])('%s', (_, before, after) => expect(acceptRevisions(before)).toBe(after)); // prettier-ignore

it('loses no text when nothing follows a deleted paragraph mark', () => {
  const xml = `<w:body><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>${run('末')}</w:p></w:body>`;
  expect(acceptRevisions(xml)).toContain(run('末'));
});

it('refuses XML whose tags do not match', () => {
  expect(() => acceptRevisions(`<w:p>${deleted('x')}</w:q>`)).toThrow(SyntaxError);
});

it('rewrites every part of a .docx that has changes, headers too, and gives an unchanged one back as it is', () => {
  const part = (inner: string) => strToU8(`<w:hdr>${inner}</w:hdr>`);
  const docx = zipSync({
    'word/document.xml': part(deleted('一')),
    'word/header1.xml': part(deleted('二')),
    'word/media/a.xml': part(deleted('三')),
  });
  const files = unzipSync(resolveRevisions(docx));
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  expect(text('word/document.xml')).toBe('<w:hdr></w:hdr>');
  expect(text('word/header1.xml')).toBe('<w:hdr></w:hdr>');
  expect(text('word/media/a.xml')).toContain('三');
  const clean = zipSync({ 'word/document.xml': part(run('一')) });
  expect(resolveRevisions(clean)).toBe(clean);
});
