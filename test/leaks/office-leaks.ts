import { utils, write } from 'cfb';
import {
  handMadePhotograph,
  type Known,
} from '../../packages/inspect/src/photograph/hand-made-photograph.ts';
import {
  type HandMadePart,
  handMadeDocx,
  handMadeXlsx,
  handMadeZip,
  paragraph,
  relationship,
} from '../../packages/inspect/src/zip/hand-made-zip.ts';
import { answer, type Leak, secret, shown } from './leak.ts';

const notice = paragraph('Notice of the town');
const run = (text: string, properties = ''): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t>${text}</w:t></w:r>`;
const docx = (body: string, ...more: HandMadePart[]): Buffer => handMadeDocx(notice + body, more);
const photographed = (known: Known): Buffer =>
  docx('', relationship('image', 'media/a.jpg', 'Internal'), {
    name: 'word/media/a.jpg',
    body: handMadePhotograph(known),
  });
const xlsx = (sheets: string, ...more: HandMadePart[]): Buffer =>
  handMadeXlsx(`<sheet name="公开"/>${sheets}`, more);
const watermark = (text: string): HandMadePart => ({
  name: 'word/header1.xml',
  body: `<w:hdr><w:p><w:r><w:pict><v:shape><v:textpath style="" string="${text}"/></v:shape></w:pict></w:r></w:p></w:hdr>`,
});
const sheet = (body: string): HandMadePart => ({
  name: 'xl/worksheets/sheet1.xml',
  body: `<worksheet>${body}</worksheet>`,
});
const pptx = (...parts: HandMadePart[]): Buffer =>
  handMadeZip([
    {
      name: '[Content_Types].xml',
      body: '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>',
    },
    {
      name: 'ppt/presentation.xml',
      body: '<p:presentation><p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
    },
    ...parts,
  ]);
const odf = (type: string, content: string): Buffer =>
  handMadeZip([
    { name: 'mimetype', body: `application/vnd.oasis.opendocument.${type}`, stored: true },
    { name: 'content.xml', body: `<office:document-content>${content}</office:document-content>` },
  ]);
const compound = (streams: Readonly<Record<string, Buffer>>): Buffer => {
  const container = utils.cfb_new();
  for (const [name, body] of Object.entries(streams)) utils.cfb_add(container, `/${name}`, body);
  return Buffer.from(write(container, { type: 'buffer' }) as Buffer);
};
/** A record of an xls: type, length, body. */
const biff = (type: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(body.length, 2);
  return Buffer.concat([head, body]);
};
const boundSheet = (state: number): Buffer =>
  biff(0x85, Buffer.concat([Buffer.from([0, 0, 0, 0, state, 0, secret.length, 0]), Buffer.from(secret)]));
const text = Buffer.from;

type Made = Omit<Leak, 'leak' | 'control'> & { readonly leak: Buffer; readonly control: Buffer };

const leaks: readonly Made[] = [
  {
    what: 'docx: a deletion that was not accepted',
    name: 'a.docx',
    leak: docx(`<w:p><w:del w:author="x"><w:r><w:delText>${secret}</w:delText></w:r></w:del></w:p>`),
    control: docx(''),
    caught: answer('word-change'),
  },
  {
    what: 'docx: an insertion that was not accepted',
    name: 'a.docx',
    leak: docx(`<w:p><w:ins w:author="x">${run(secret)}</w:ins></w:p>`),
    control: docx(`<w:p>${run('x')}</w:p>`),
    caught: answer('word-change'),
  },
  {
    what: 'docx: a passage moved away',
    name: 'a.docx',
    leak: docx(`<w:p><w:moveFrom w:author="x">${run(secret)}</w:moveFrom></w:p>`),
    control: docx(''),
    caught: answer('word-change'),
  },
  {
    what: 'docx: a comment',
    name: 'a.docx',
    leak: docx('', {
      name: 'word/comments.xml',
      body: `<w:comments><w:comment w:author="x">${paragraph(secret)}</w:comment></w:comments>`,
    }),
    control: docx('', { name: 'word/comments.xml', body: '<w:comments/>' }),
    caught: answer('word-comment'),
  },
  {
    what: 'docx: hidden text',
    name: 'a.docx',
    leak: docx(`<w:p>${run(secret, '<w:vanish/>')}</w:p>`),
    control: docx(`<w:p>${run('x', '<w:vanish w:val="0"/>')}</w:p>`),
    caught: answer('hidden-run'),
  },
  {
    what: 'docx: hidden text in the head of the page',
    name: 'a.docx',
    leak: docx('', {
      name: 'word/header1.xml',
      body: `<w:hdr><w:p>${run(secret, '<w:vanish/>')}</w:p></w:hdr>`,
    }),
    control: docx('', { name: 'word/header1.xml', body: `<w:hdr>${notice}</w:hdr>` }),
    caught: answer('hidden-run'),
  },
  {
    what: 'docx: text hidden by its style',
    name: 'a.docx',
    leak: docx(`<w:p>${run(secret, '<w:rStyle w:val="H"/>')}</w:p>`, {
      name: 'word/styles.xml',
      body: '<w:styles><w:style w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>',
    }),
    control: docx(`<w:p>${run('x', '<w:rStyle w:val="H"/>')}</w:p>`, {
      name: 'word/styles.xml',
      body: '<w:styles><w:style w:styleId="H"><w:rPr><w:b/></w:rPr></w:style></w:styles>',
    }),
    caught: answer('hidden-run'),
  },
  {
    what: 'docx: text in the building blocks',
    name: 'a.docx',
    leak: docx('', {
      name: 'word/glossary/document.xml',
      body: `<w:glossaryDocument><w:docParts>${paragraph(secret)}</w:docParts></w:glossaryDocument>`,
    }),
    control: docx('', { name: 'word/glossary/document.xml', body: '<w:glossaryDocument/>' }),
    caught: shown('glossary'),
  },
  {
    what: 'docx: a variable of the document',
    name: 'a.docx',
    leak: docx('', {
      name: 'word/settings.xml',
      body: `<w:settings><w:docVars><w:docVar w:name="n" w:val="${secret}"/></w:docVars></w:settings>`,
    }),
    control: docx('', {
      name: 'word/settings.xml',
      body: '<w:settings><w:zoom w:percent="100"/></w:settings>',
    }),
    caught: shown('document-variable'),
  },
  {
    what: 'docx: the description of a picture',
    name: 'a.docx',
    leak: docx(
      `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="${secret}"/></wp:inline></w:drawing></w:r></w:p>`,
    ),
    control: docx(
      '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"/></wp:inline></w:drawing></w:r></w:p>',
    ),
    caught: shown('picture-description'),
  },
  {
    what: 'docx: a watermark in its head',
    name: 'a.docx',
    leak: docx('', watermark(secret)),
    control: docx('', watermark('')),
    caught: shown('word-art'),
  },
  {
    what: 'docx: who changed it, and their addresses',
    name: 'a.docx',
    leak: docx('', {
      name: 'word/people.xml',
      body: `<w15:people><w15:person w15:author="${secret}"/></w15:people>`,
    }),
    control: docx('', { name: 'word/people.xml', body: '<w15:people/>' }),
    caught: shown('office-people'),
  },
  {
    what: 'docx: the author',
    name: 'a.docx',
    leak: docx('', { name: 'docProps/core.xml', body: `<c:p><dc:creator>${secret}</dc:creator></c:p>` }),
    control: docx('', { name: 'docProps/core.xml', body: '<c:p><c:revision>3</c:revision></c:p>' }),
    caught: shown('office-property'),
  },
  {
    what: 'docx: a property of its own making',
    name: 'a.docx',
    leak: docx('', {
      name: 'docProps/custom.xml',
      body: `<Properties><property name="审核人"><vt:lpwstr>${secret}</vt:lpwstr></property></Properties>`,
    }),
    control: docx('', { name: 'docProps/custom.xml', body: '<Properties/>' }),
    caught: shown('office-property'),
  },
  {
    what: 'docx: XML of another system',
    name: 'a.docx',
    leak: docx('', { name: 'customXml/item1.xml', body: `<a>${secret}</a>` }),
    control: docx('', { name: 'customXml/item1.xml', body: '<a/>' }),
    caught: shown('custom-xml'),
  },
  {
    what: 'docx: when and in how many sittings it was written',
    name: 'a.docx',
    leak: docx('', {
      name: 'word/settings.xml',
      body: '<w:settings><w:rsids><w:rsidRoot w:val="00A1"/><w:rsid w:val="00A2"/></w:rsids></w:settings>',
    }),
    control: docx('', { name: 'word/settings.xml', body: '<w:settings/>' }),
    caught: shown('editing-sessions'),
    untold: true,
  },
  {
    what: 'docx: a thumbnail of what it was',
    name: 'a.docx',
    leak: docx('', { name: 'docProps/thumbnail.jpeg', body: 'x' }),
    control: docx(''),
    caught: shown('office-thumbnail'),
    untold: true,
  },
  {
    what: 'docx: an embedded workbook',
    name: 'a.docx',
    leak: docx('', { name: 'word/embeddings/a.xlsx', body: 'x' }),
    control: docx(''),
    caught: { refused: 'embedded-object' },
  },
  {
    what: 'docx: another document taken in',
    name: 'a.docx',
    leak: docx('<w:altChunk r:id="r1"/>'),
    control: docx(''),
    caught: { refused: 'embedded-object' },
  },
  {
    what: 'docx: who took a photograph',
    name: 'a.docx',
    leak: photographed({ artist: secret }),
    control: photographed({}),
    caught: shown('image-author'),
  },
  {
    what: 'docx: a picture fetched from elsewhere',
    name: 'a.docx',
    leak: docx('', relationship('image', 'http://h/who-reads.png')),
    control: docx('', relationship('image', 'media/a.png', 'Internal')),
    caught: { refused: 'external-reference' },
  },
  {
    what: 'docx: a template fetched from elsewhere',
    name: 'a.docx',
    leak: docx('', relationship('attachedTemplate', 'http://h/x.dotm')),
    control: docx(''),
    caught: { refused: 'external-reference' },
  },
  {
    what: 'docx: a field that takes in a file',
    name: 'a.docx',
    leak: docx('<w:p><w:fldSimple w:instr="INCLUDETEXT c:\\\\a.docx"/></w:p>'),
    control: docx('<w:p><w:fldSimple w:instr="PAGE"/></w:p>'),
    caught: { refused: 'external-reference' },
  },
  {
    what: 'docx: macros',
    name: 'a.docx',
    leak: docx('', { name: 'word/vbaProject.bin', body: 'x' }),
    control: docx(''),
    caught: { refused: 'macros' },
  },
  {
    what: 'xlsx: a hidden sheet',
    name: 'a.xlsx',
    leak: xlsx(`<sheet name="${secret}" state="hidden"/>`),
    control: xlsx('<sheet name="b"/>'),
    caught: answer('hidden-sheet'),
  },
  {
    what: 'xlsx: a sheet that no menu shows',
    name: 'a.xlsx',
    leak: xlsx(`<sheet name="${secret}" state="veryHidden"/>`),
    control: xlsx('<sheet name="b" state="visible"/>'),
    caught: answer('hidden-sheet'),
  },
  {
    what: 'xlsx: hidden rows',
    name: 'a.xlsx',
    leak: xlsx('', sheet('<row r="7" hidden="1"/>')),
    control: xlsx('', sheet('<row r="7"/>')),
    caught: answer('hidden-rows-columns'),
    untold: true,
  },
  {
    what: 'xlsx: a column without width',
    name: 'a.xlsx',
    leak: xlsx('', sheet('<cols><col min="2" max="3" width="0" customWidth="1"/></cols>')),
    control: xlsx('', sheet('<cols><col min="2" max="3" width="9"/></cols>')),
    caught: answer('hidden-rows-columns'),
    untold: true,
  },
  {
    what: 'xlsx: a row without height',
    name: 'a.xlsx',
    leak: xlsx('', sheet('<row r="7" ht="0" customHeight="1"/>')),
    control: xlsx('', sheet('<row r="7" ht="14"/>')),
    caught: answer('hidden-rows-columns'),
    untold: true,
  },
  {
    what: 'xlsx: a number format that shows nothing',
    name: 'a.xlsx',
    leak: xlsx('', {
      name: 'xl/styles.xml',
      body: '<styleSheet><numFmt numFmtId="164" formatCode=";;;"/></styleSheet>',
    }),
    control: xlsx('', {
      name: 'xl/styles.xml',
      body: '<styleSheet><numFmt numFmtId="164" formatCode="0.00"/></styleSheet>',
    }),
    caught: answer('hidden-cells'),
    untold: true,
  },
  {
    what: 'xlsx: a hidden name',
    name: 'a.xlsx',
    leak: handMadeZip([
      {
        name: '[Content_Types].xml',
        body: '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
      },
      {
        name: 'xl/workbook.xml',
        body: `<workbook><definedNames><definedName name="n" hidden="1">"${secret}"</definedName></definedNames></workbook>`,
      },
    ]),
    control: handMadeZip([
      {
        name: '[Content_Types].xml',
        body: '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
      },
      {
        name: 'xl/workbook.xml',
        body: '<workbook><definedNames><definedName name="_xlnm.Print_Area">Sheet1!$A$1</definedName><definedName name="_xlnm._FilterDatabase" hidden="1">Sheet1!$A$1:$B$2</definedName></definedNames></workbook>',
      },
    ]),
    caught: answer('defined-name'),
  },
  {
    what: 'xlsx: the data behind a pivot table',
    name: 'a.xlsx',
    leak: xlsx('', { name: 'xl/pivotCache/pivotCacheRecords1.xml', body: '<r/>' }),
    control: xlsx(''),
    caught: answer('pivot-cache'),
    untold: true,
  },
  {
    what: 'xlsx: another workbook',
    name: 'a.xlsx',
    leak: xlsx('', {
      name: 'xl/externalLinks/_rels/externalLink1.xml.rels',
      body: `<Relationships><Relationship Type="x/externalLinkPath" Target="file:///c:/${secret}.xlsx" TargetMode="External"/></Relationships>`,
    }),
    control: xlsx(''),
    caught: answer('external-workbook'),
  },
  {
    what: 'xlsx: a comment',
    name: 'a.xlsx',
    leak: xlsx('', { name: 'xl/comments1.xml', body: `<comments><t>${secret}</t></comments>` }),
    control: xlsx('', { name: 'xl/comments1.xml', body: '<comments/>' }),
    caught: answer('office-comment'),
  },
  {
    what: 'xlsx: a database behind it',
    name: 'a.xlsx',
    leak: xlsx('', { name: 'xl/connections.xml', body: '<connections/>' }),
    control: xlsx(''),
    caught: answer('data-connection'),
    untold: true,
  },
  {
    what: 'xlsx: who commented',
    name: 'a.xlsx',
    leak: xlsx('', {
      name: 'xl/persons/person.xml',
      body: `<personList><person displayName="${secret}"/></personList>`,
    }),
    control: xlsx('', { name: 'xl/persons/person.xml', body: '<personList/>' }),
    caught: shown('office-people'),
  },
  {
    what: 'xlsx: a formula that asks a program (DDE)',
    name: 'a.xlsx',
    leak: xlsx('', sheet("<f>cmd|'/c calc'!A1</f>")),
    control: xlsx('', sheet('<f>A1+B1</f>')),
    caught: { refused: 'external-reference' },
  },
  {
    what: 'pptx: notes of the speaker',
    name: 'a.pptx',
    leak: pptx({ name: 'ppt/notesSlides/notesSlide1.xml', body: `<p:notes><a:t>${secret}</a:t></p:notes>` }),
    control: pptx({ name: 'ppt/notesSlides/notesSlide1.xml', body: '<p:notes/>' }),
    caught: answer('speaker-notes'),
  },
  {
    what: 'pptx: a hidden slide',
    name: 'a.pptx',
    leak: pptx({ name: 'ppt/slides/slide1.xml', body: '<p:sld show="0"/>' }),
    control: pptx({ name: 'ppt/slides/slide1.xml', body: '<p:sld/>' }),
    caught: answer('hidden-slide'),
    untold: true,
  },
  {
    what: 'pptx: a box beside the slide',
    name: 'a.pptx',
    leak: pptx({
      name: 'ppt/slides/slide1.xml',
      body: `<p:sld><p:sp><p:spPr><a:xfrm><a:off x="9500000" y="0"/><a:ext cx="100000" cy="100000"/></a:xfrm></p:spPr><p:txBody><a:t>${secret}</a:t></p:txBody></p:sp></p:sld>`,
    }),
    control: pptx({
      name: 'ppt/slides/slide1.xml',
      body: '<p:sld><p:sp><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="100000" cy="100000"/></a:xfrm></p:spPr><p:txBody><a:t>Seen</a:t></p:txBody></p:sp></p:sld>',
    }),
    caught: answer('off-slide'),
  },
  {
    what: 'pptx: who commented',
    name: 'a.pptx',
    leak: pptx({
      name: 'ppt/commentAuthors.xml',
      body: `<p:cmAuthorLst><p:cmAuthor name="${secret}"/></p:cmAuthorLst>`,
    }),
    control: pptx({ name: 'ppt/commentAuthors.xml', body: '<p:cmAuthorLst/>' }),
    caught: shown('office-people'),
  },
  {
    what: 'odt: a tracked change',
    name: 'a.odt',
    leak: odf('text', `<text:changed-region><text:deletion>${secret}</text:deletion></text:changed-region>`),
    control: odf('text', '<text:p>x</text:p>'),
    caught: answer('odf-tracked-change'),
  },
  {
    what: 'odt: a comment',
    name: 'a.odt',
    leak: odf('text', `<office:annotation>${secret}</office:annotation>`),
    control: odf('text', '<text:p>x</text:p>'),
    caught: answer('odf-comment'),
  },
  {
    what: 'odt: hidden text',
    name: 'a.odt',
    leak: odf('text', `<text:hidden-text text:string-value="${secret}"/>`),
    control: odf('text', '<text:p>x</text:p>'),
    caught: answer('odf-hidden-text'),
  },
  {
    what: 'odt: a style that shows nothing',
    name: 'a.odt',
    leak: odf(
      'text',
      `<style:style style:name="H"><style:text-properties text:display="none"/></style:style><text:span text:style-name="H">${secret}</text:span>`,
    ),
    control: odf(
      'text',
      '<style:style style:name="H"><style:text-properties fo:color="#000000"/></style:style><text:span text:style-name="H">x</text:span>',
    ),
    caught: answer('odf-hidden-text'),
  },
  {
    what: 'ods: a hidden sheet',
    name: 'a.ods',
    leak: odf(
      'spreadsheet',
      `<style:style style:name="H"><style:table-properties table:display="false"/></style:style><table:table table:name="${secret}" table:style-name="H"/>`,
    ),
    control: odf('spreadsheet', '<table:table table:name="x"/>'),
    caught: answer('hidden-sheet'),
  },
  {
    what: 'ods: a hidden column',
    name: 'a.ods',
    leak: odf('spreadsheet', '<table:table-column table:visibility="collapse"/>'),
    control: odf('spreadsheet', '<table:table-column/>'),
    caught: answer('hidden-rows-columns'),
    untold: true,
  },
  {
    what: 'odp: notes of the speaker',
    name: 'a.odp',
    leak: odf('presentation', `<presentation:notes>${secret}</presentation:notes>`),
    control: odf('presentation', '<presentation:notes/>'),
    caught: answer('odf-speaker-notes'),
  },
  {
    what: 'xls: a hidden sheet',
    name: 'a.xls',
    leak: compound({ Workbook: boundSheet(1) }),
    control: compound({ Workbook: boundSheet(0) }),
    caught: answer('hidden-sheet'),
  },
  {
    what: 'xls: a hidden row',
    name: 'a.xls',
    leak: compound({
      Workbook: biff(0x208, Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0])),
    }),
    control: compound({ Workbook: biff(0x208, Buffer.alloc(16)) }),
    caught: answer('hidden-rows-columns'),
    untold: true,
  },
  {
    what: 'rtf: a comment',
    name: 'a.rtf',
    leak: text(`{\\rtf1 Notice{\\*\\annotation ${secret}}}`),
    control: text('{\\rtf1 Notice}'),
    caught: answer('rtf-comment'),
  },
  {
    what: 'rtf: hidden text',
    name: 'a.rtf',
    leak: text(`{\\rtf1 Notice{\\v ${secret}}}`),
    control: text('{\\rtf1 Notice{\\v0 x}}'),
    caught: answer('hidden-run'),
  },
  {
    what: 'rtf: a deletion',
    name: 'a.rtf',
    leak: text(`{\\rtf1 Notice{\\deleted ${secret}}}`),
    control: text('{\\rtf1 Notice}'),
    caught: answer('rtf-change'),
  },
  {
    what: 'rtf: a watermark',
    name: 'a.rtf',
    leak: text(`{\\rtf1 Notice{\\shp{\\sp{\\sn gtextUNICODE}{\\sv ${secret}}}}}`),
    control: text('{\\rtf1 Notice{\\shp{\\sp{\\sn gtextFont}{\\sv Arial}}}}'),
    caught: shown('word-art'),
  },
  {
    what: 'rtf: the author',
    name: 'a.rtf',
    leak: text(`{\\rtf1{\\info{\\author ${secret}}}Notice}`),
    control: text('{\\rtf1{\\info}Notice}'),
    caught: shown('office-property'),
  },
  {
    what: 'html: an element that is not shown',
    name: 'a.html',
    leak: text(`<html><body>Notice<p style="display:none">${secret}</p></body></html>`),
    control: text('<html><body>Notice<p>x</p></body></html>'),
    caught: answer('html-hidden-text'),
  },
  {
    what: 'html: a remark in the source',
    name: 'a.html',
    leak: text(`<html><body>Notice<!-- ${secret} --></body></html>`),
    control: text('<html><body>Notice</body></html>'),
    caught: shown('html-comment'),
  },
  {
    what: 'html: a script',
    name: 'a.html',
    leak: text('<html><body>Notice<script>x()</script></body></html>'),
    control: text('<html><body>Notice</body></html>'),
    caught: shown('html-active-content'),
    untold: true,
  },
  {
    what: 'csv: a formula',
    name: 'a.csv',
    leak: text('a,=HYPERLINK("http://h")\n'),
    control: text('a,-3\n'),
    caught: answer('csv-formula'),
    untold: true,
  },
  {
    what: 'name: a mark that turns the writing round',
    name: 'notice\u202exslx.pdf.docx',
    leak: docx(''),
    control: docx(''),
    caught: shown('file-name'),
    untold: true,
  },
  {
    what: 'name: letters without width',
    name: 'no\u200btice.docx',
    leak: docx(''),
    control: docx(''),
    caught: shown('file-name'),
    untold: true,
  },
  {
    what: 'name: the number of a person',
    name: '13812345678 of Zhang.docx',
    leak: docx(''),
    control: docx(''),
    caught: answer('mobile'),
    untold: true,
  },
];

export const officeLeaks: readonly Leak[] = leaks.map(({ leak, control, ...rest }) => ({
  ...rest,
  leak: () => leak,
  control: () => control,
}));
