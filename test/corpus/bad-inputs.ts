import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { constants, deflateSync } from 'node:zlib';
import { utils, write } from 'cfb';
import {
  handMadePdf,
  line,
  streamObject,
  withRevision,
} from '../../packages/inspect/src/pdf/hand-made-pdf.ts';
import {
  type HandMadePart,
  handMadeDocx,
  handMadeXlsx,
  handMadeZip,
  paragraph,
  relationship,
} from '../../packages/inspect/src/zip/hand-made-zip.ts';
import { pdfWithPages, png } from '../outsider/wrong-files.ts';

/**
 * The bad inputs that the product was asked to bear, 1 to 58 (../shared/reference/bad-inputs.md). A file ends as
 * refused with one of these codes, or open with this finding (severity and rule) for a person; `clean` is taken as any
 * other. What is no file is tested elsewhere: there, by that name.
 */
export type BadInput = { readonly number: number; readonly what: string } & (
  | {
      readonly name: string;
      readonly bytes: () => Buffer;
      /** From ../shared/corpus, which a clone elsewhere may lack. */
      readonly real?: true;
      readonly end: { readonly refused: readonly string[] } | { readonly finds: string } | 'clean';
    }
  /** Not borne as it was asked, and why. */
  | { readonly missing: string }
  | { readonly elsewhere: readonly [file: string, test: string] }
);

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

const pdf = handMadePdf({ content: line('Notice', 50, 500) });
const docx = handMadeDocx(paragraph('通知'));
const mobile = '13812345678';
const withPart = (name: string, body: string | Buffer, more: Partial<HandMadePart> = {}): Buffer =>
  handMadeDocx(paragraph('通知'), [{ name, body, ...more }]);
const field = (instruction: string): Buffer =>
  handMadeDocx(`<w:p><w:fldSimple w:instr="${instruction}"/></w:p>`);
const compound = (streams: Readonly<Record<string, Buffer>>): Buffer => {
  const container = utils.cfb_new();
  for (const [name, body] of Object.entries(streams)) utils.cfb_add(container, `/${name}`, body);
  return Buffer.from(write(container, { type: 'buffer' }) as Buffer);
};
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
/** A page whose content is so many times deflated. */
const deflated = (body: Buffer, times: number, already = 0): Buffer => {
  let packed = body;
  for (let n = 0; n < times; n += 1) packed = deflateSync(packed, { level: 9 });
  const filters = '/FlateDecode '.repeat(times + already);
  return latin1(
    handMadePdf({ content: 'X' })
      .toString('latin1')
      .replace(
        '<</Length 1>>\nstream\nX',
        `<</Filter[${filters}]/Length ${packed.length}>>\nstream\n${packed.toString('latin1')}`,
      ),
  );
};
const picture = (dictionary: string): Buffer =>
  handMadePdf({
    content: 'q 400 0 0 600 0 0 cm /I Do Q',
    resources: '/XObject<</I 6 0 R>>',
    objects: [streamObject(`/Type/XObject/Subtype/Image${dictionary}`, 'x')],
  });
/** A cross-reference stream that says it is enormous. */
const hugeXref = (): Buffer => {
  const packed = deflateSync(Buffer.alloc(1_000_000)).toString('latin1');
  return latin1(
    `%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 2000000000/W[1000000 1000000 1000000]/Root 2 0 R/Index[0 2000000000]/Filter/FlateDecode/Length ${packed.length}>>\nstream\n${packed}\nendstream\nendobj\nstartxref\n9\n%%EOF\n`,
  );
};
/** An object stream of 200 MB in some kilobytes. */
const objectStreamBomb = (): Buffer => {
  const packed = deflateSync(deflateSync(Buffer.alloc(200_000_000, 0x20), { level: 9 }), { level: 9 });
  return handMadePdf({
    content: line('Notice', 50, 500),
    objects: [
      streamObject(
        '/Type/ObjStm/N 1000000/First 100000000/Filter[/FlateDecode/FlateDecode]',
        packed.toString('latin1'),
      ),
    ],
  });
};
/** The block that a megabyte of blanks makes, two thousand times, deflated once more. */
const twoGigabytes = (): Buffer => {
  const whole = deflateSync(Buffer.alloc(1 << 20, 0x20), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const block = whole.subarray(2);
  return deflated(
    Buffer.concat([whole.subarray(0, 2), ...Array.from({ length: 2000 }, () => block), text('\x03\0')]),
    1,
    1,
  );
};
/** Forms that draw the next one twice: 2^30 pages of nothing. */
const doubling = (): Buffer =>
  handMadePdf({
    resources: '/XObject<</X 6 0 R>>',
    content: '/X Do',
    objects: Array.from({ length: 30 }, (_, n) =>
      streamObject(
        `/Type/XObject/Subtype/Form/BBox[0 0 400 600]/Resources<</XObject<</X ${Math.min(n + 7, 35)} 0 R>>>>`,
        n === 29 ? '' : '/X Do /X Do',
      ),
    ),
  });
const attachment = {
  catalog: '/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>',
  objects: [
    '<</Type/Filespec/F(list.xlsx)/UF(list.xlsx)/EF<</F 7 0 R>>>>',
    streamObject('/Type/EmbeddedFile', 'x'),
  ],
};
const text = (body: string | Buffer): Buffer => Buffer.from(body);

const refused = (...codes: readonly string[]) => ({ refused: codes });
const file = (
  number: number,
  what: string,
  name: string,
  bytes: Buffer | (() => Buffer),
  end: Extract<BadInput, { end: unknown }>['end'],
): BadInput => ({ number, what, name, bytes: typeof bytes === 'function' ? bytes : () => bytes, end });
const real = (
  number: number,
  what: string,
  path: string,
  end: Extract<BadInput, { end: unknown }>['end'],
): BadInput => ({
  ...{ number, what, end, real: true },
  name: path.slice(path.lastIndexOf('/') + 1),
  bytes: () => readFileSync(corpus + path),
});
const elsewhere = (number: number, what: string, at: string, test: string): BadInput => ({
  number,
  what,
  elsewhere: [at, test],
});

const missing = (number: number, what: string, why: string): BadInput => ({ number, what, missing: why });

export const badInputs: readonly BadInput[] = [
  file(1, 'zero bytes', 'a.docx', Buffer.alloc(0), refused('empty-file')),
  elsewhere(
    2,
    'one byte over the limit',
    'packages/inspect/src/intake/examine.test.ts',
    'one byte over the limit is too large, at the limit it is not',
  ),
  elsewhere(
    3,
    'an upload that breaks off',
    'test/contract/uploads-contract.ts',
    'keeps what arrived before the connection broke, and goes on from there',
  ),
  file(4, 'a docx named pdf', 'a.pdf', docx, refused('type-mismatch')),
  file(
    5,
    'a header that is not at the beginning',
    'a.pdf',
    Buffer.concat([text('\n'), pdf]),
    refused('polyglot'),
  ),
  file(
    6,
    'a PDF that is a ZIP',
    'a.pdf',
    () => Buffer.concat([pdf, handMadeZip([{ name: 'a', body: 'x' }])]),
    refused('polyglot'),
  ),
  file(
    6,
    'a PDF that is a web page',
    'a.pdf',
    latin1(pdf.toString('latin1').replace('%PDF-1.7\n', '%PDF-1.7\n<script>alert(1)</script>\n')),
    refused('polyglot'),
  ),
  file(6, 'a picture that is a PDF', 'a.png', () => Buffer.concat([png(10, 10), pdf]), refused('polyglot')),
  file(7, 'bytes behind the end', 'a.pdf', () => Buffer.concat([pdf, text(`call ${mobile} at night`)]), {
    finds: 'pdf-data-after-end',
  }),
  real(8, 'a password to open', 'opf/encryption_openpassword.pdf', refused('encrypted')),
  real(9, 'a password to print only', 'pdfjs/encrypted-attachment.pdf', { finds: 'pdf-owner-password' }),
  file(
    10,
    'an encrypted docx',
    'a.docx',
    () => compound({ EncryptionInfo: text('x'), EncryptedPackage: text('x') }),
    refused('encrypted'),
  ),
  file(
    11,
    'parts that overlap',
    'a.docx',
    () =>
      handMadeDocx('', [
        { name: 'a', body: 'x' },
        { name: 'b', sameDataAs: 2, localName: 'a' },
      ]),
    refused('archive-inconsistent'),
  ),
  file(
    12,
    'a part that unpacks 1 : 1000',
    'a.docx',
    () => withPart('word/media/a.bin', Buffer.alloc(9 << 20)),
    refused('archive-bomb'),
  ),
  file(
    13,
    '10,001 parts',
    'a.docx',
    () =>
      handMadeDocx(
        '',
        Array.from({ length: 10_001 }, (_, n) => ({ name: `p${n}`, stored: true })),
      ),
    refused('archive-bomb'),
  ),
  file(
    14,
    'an archive in an archive',
    'a.docx',
    () => withPart('word/media/a.png', docx),
    refused('archive-nested'),
  ),
  file(
    15,
    'two parts of one name',
    'a.docx',
    () =>
      handMadeDocx('', [
        { name: 'word/a.xml', body: '<a/>' },
        { name: 'word/a.xml', body: '<b/>' },
      ]),
    refused('archive-inconsistent'),
  ),
  file(
    15,
    'names that differ in case only',
    'a.docx',
    () =>
      handMadeDocx('', [
        { name: 'word/A.xml', body: '<a/>' },
        { name: 'word/a.XML', body: '<a/>' },
      ]),
    refused('archive-inconsistent'),
  ),
  file(
    16,
    'another name in the local header',
    'a.docx',
    () => withPart('word/a.xml', '<a/>', { localName: 'word/b.xml' }),
    refused('archive-inconsistent'),
  ),
  file(
    17,
    'a lie about the size',
    'a.docx',
    () => withPart('word/a.xml', '<a>long enough</a>', { declaredSize: 10 }),
    refused('archive-inconsistent'),
  ),
  file(
    17,
    'a wrong CRC',
    'a.docx',
    () => withPart('word/a.xml', '<a/>', { crc: 1 }),
    refused('archive-inconsistent'),
  ),
  file(18, 'a path that climbs', 'a.docx', () => withPart('../../etc/passwd', 'x'), refused('path-escape')),
  file(18, 'an absolute path', 'a.docx', () => withPart('/etc/passwd', 'x'), refused('path-escape')),
  file(
    18,
    'a symbolic link',
    'a.docx',
    () => withPart('link', '/etc', { attributes: 0o120777 * 0x10000 }),
    refused('path-escape'),
  ),
  file(
    19,
    'billion laughs',
    'a.xlsx',
    () =>
      handMadeXlsx('', [
        {
          name: 'xl/a.xml',
          body: `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "${'&a;'.repeat(100)}">]><a>&b;</a>`,
        },
      ]),
    refused('xml-dangerous'),
  ),
  file(
    20,
    'an external entity',
    'a.docx',
    () => withPart('docProps/app.xml', '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'),
    refused('xml-dangerous'),
  ),
  file(
    21,
    'XML 300 deep',
    'a.docx',
    () => handMadeDocx('<w:tbl>'.repeat(300) + '</w:tbl>'.repeat(300)),
    refused('xml-dangerous'),
  ),
  file(
    22,
    'a picture from the network',
    'a.docx',
    () => handMadeDocx('', [relationship('image', 'http://h/x.png')]),
    refused('external-reference'),
  ),
  file(
    22,
    'a picture from the network in a web page',
    'a.html',
    text('<!doctype html><html><body><img src="http://h/x.png">通知</body></html>'),
    { finds: 'html-external-link' },
  ),
  file(
    23,
    'a template from the network',
    'a.docx',
    () => handMadeDocx('', [relationship('attachedTemplate', 'http://h/x.dotm')]),
    refused('external-reference'),
  ),
  file(
    23,
    'a linked object',
    'a.docx',
    () => handMadeDocx('', [relationship('oleObject', 'file:///c:/x.xls')]),
    refused('external-reference'),
  ),
  file(
    23,
    'an altChunk',
    'a.docx',
    () => handMadeDocx('', [relationship('aFChunk', 'x.html', 'Internal')]),
    refused('embedded-object'),
  ),
  file(24, 'VBA in a .docx name', 'a.docx', () => withPart('word/vbaProject.bin', 'x'), refused('macros')),
  file(
    24,
    'an XLM sheet',
    'a.xlsx',
    () => handMadeXlsx('', [{ name: 'xl/macrosheets/sheet1.xml', body: '<x/>' }]),
    refused('macros'),
  ),
  file(
    25,
    'a DDE field',
    'a.docx',
    () => field('DDEAUTO c:\\\\cmd.exe &quot;/k calc&quot;'),
    refused('external-reference'),
  ),
  file(
    25,
    'an INCLUDETEXT field',
    'a.docx',
    () => field('INCLUDETEXT &quot;c:\\\\x&quot;'),
    refused('external-reference'),
  ),
  file(
    25,
    'a link to a file server',
    'a.docx',
    () => handMadeDocx('', [relationship('hyperlink', '\\\\server\\share\\x')]),
    refused('external-reference'),
  ),
  file(
    26,
    'a tracked change',
    'a.docx',
    () => handMadeDocx('<w:p><w:ins w:author="王"><w:r><w:t>加</w:t></w:r></w:ins></w:p>'),
    { finds: 'high word-change' },
  ),
  file(
    26,
    'hidden text',
    'a.docx',
    () => handMadeDocx('<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>'),
    { finds: 'high hidden' },
  ),
  file(
    27,
    'a workbook in a docx',
    'a.docx',
    () => withPart('word/embeddings/Microsoft_Excel_Sheet1.xlsx', docx),
    refused('embedded-object'),
  ),
  file(
    28,
    'a hidden sheet',
    'a.xlsx',
    () => handMadeXlsx('<sheet name="底稿" sheetId="1" state="veryHidden" r:id="rId1"/>'),
    { finds: 'high hidden-sheet' },
  ),
  file(29, 'deflated fifty times', 'a.pdf', () => deflated(text(line(mobile, 50, 500)), 50), {
    finds: 'medium mobile',
  }),
  file(
    29,
    '2 GB in a kilobyte',
    'a.pdf',
    twoGigabytes,
    refused('inspection-failed', 'out-of-memory', 'damaged'),
  ),
  file(30, 'a table of references of 6 petabytes', 'a.pdf', hugeXref, refused('damaged', 'no-pages')),
  file(30, 'an object stream of 200 MB', 'a.pdf', objectStreamBomb, 'clean'),
  file(
    31,
    'a drawing that doubles at every step',
    'a.pdf',
    doubling,
    refused('out-of-time', 'out-of-memory'),
  ),
  file(
    32,
    'a page tree that is its own child',
    'a.pdf',
    latin1(handMadePdf({ content: '' }).toString('latin1').replace('/Kids[3 0 R]', '/Kids[2 0 R]')),
    refused('no-pages', 'damaged', 'inspection-failed'),
  ),
  file(
    32,
    'arrays 600 deep',
    'a.pdf',
    () => handMadePdf({ content: line('Notice', 50, 500), page: `/X ${'['.repeat(600)}${']'.repeat(600)}` }),
    'clean',
  ),
  file(33, '11,000 pages', 'a.pdf', () => pdfWithPages(11_000), refused('too-many-pages')),
  file(
    34,
    'a page of 200 km',
    'a.pdf',
    () => pdfWithPages(1, '[0 0 600000000 600000000]'),
    refused('damaged', 'image-too-large', 'inspection-failed'),
  ),
  file(
    35,
    'a flood of pixels',
    'a.png',
    () => png(40_000, 40_000, deflateSync(Buffer.alloc(10))),
    refused('image-too-large'),
  ),
  file(
    35,
    'a JBIG2 flood in a PDF',
    'a.pdf',
    () => picture('/Width 100000/Height 100000/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode'),
    { finds: 'not-searched' },
  ),
  file(35, 'a JPX flood in a PDF', 'a.pdf', () => picture('/Width 100000/Height 100000/Filter/JPXDecode'), {
    finds: 'not-searched',
  }),
  file(
    36,
    'JavaScript',
    'a.pdf',
    () =>
      handMadePdf({
        content: line('Notice', 50, 500),
        catalog: '/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>',
      }),
    { finds: 'pdf-action' },
  ),
  file(
    37,
    'a file in the file',
    'a.pdf',
    () => handMadePdf({ content: line('Notice', 50, 500), ...attachment }),
    { finds: 'high pdf-attachment' },
  ),
  file(
    38,
    'an XFA form',
    'a.pdf',
    () =>
      handMadePdf({
        content: '',
        catalog: '/AcroForm<</Fields[]/XFA 6 0 R>>',
        objects: [streamObject('', '<xdp/>')],
      }),
    refused('xfa-form'),
  ),
  file(
    39,
    'a layer that is off',
    'a.pdf',
    () =>
      handMadePdf({
        content: `/OC /L BDC ${line(mobile, 50, 500)}EMC`,
        catalog: '/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>',
        resources: '/Properties<</L 6 0 R>>',
        objects: ['<</Type/OCG/Name(Hidden)>>'],
      }),
    { finds: 'high layer-off' },
  ),
  file(
    40,
    'an older revision',
    'a.pdf',
    () => withRevision(handMadePdf({ content: line(mobile, 50, 500) }), line('Notice', 50, 500)),
    { finds: 'high pdf-earlier-revision' },
  ),
  file(
    41,
    'an author',
    'a.pdf',
    () => handMadePdf({ content: line('Notice', 50, 500), info: '/Author(Zhang San)' }),
    { finds: 'pdf-information' },
  ),
  file(
    42,
    'a field’s hidden value',
    'a.pdf',
    () =>
      handMadePdf({
        content: line('Notice', 50, 500),
        catalog: '/AcroForm<</Fields[6 0 R]>>',
        page: '/Annots[6 0 R]',
        objects: ['<</Type/Annot/Subtype/Widget/FT/Tx/T(f)/V(secret value)/Rect[10 10 90 30]/F 2/P 3 0 R>>'],
      }),
    { finds: 'form-value' },
  ),
  file(
    43,
    'a signature',
    'a.pdf',
    () =>
      handMadePdf({
        content: line('Notice', 50, 500),
        catalog: '/AcroForm<</Fields[6 0 R]/SigFlags 3>>',
        page: '/Annots[6 0 R]',
        objects: [
          '<</Type/Annot/Subtype/Widget/FT/Sig/T(s)/V 7 0 R/Rect[10 10 90 30]/P 3 0 R>>',
          '<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 10 20 10]/Contents<00>>>',
        ],
      }),
    { finds: 'signature' },
  ),
  missing(44, 'text that lies about its glyphs', 'needs the page to be read by eye (OCR)'),
  file(
    45,
    'text that nobody sees',
    'a.pdf',
    () => handMadePdf({ content: line(mobile, 50, 500, 12, '0 g 3 Tr') }),
    { finds: 'high invisible-text' },
  ),
  file(
    46,
    'a page that is a picture',
    'a.pdf',
    () => picture('/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8'),
    { finds: 'not-searched' },
  ),
  elsewhere(47, 'a QR code', 'test/ocr/recognise.test.ts', 'that is a code gives its words to the detectors'),
  file(48, 'a name that is written backwards', '通知\u202excod.txt', text('通知'), { finds: 'file-name' }),
  file(48, 'a name with NUL and line ends', 'a\u0000b\r\nX: y.txt', text('通知'), { finds: 'file-name' }),
  file(48, 'a name with zero width', '通\u200b知.txt', text('通知'), { finds: 'file-name' }),
  file(49, 'a secret in the name', `张三${mobile}.txt`, text('通知'), { finds: 'medium mobile' }),
  elsewhere(50, 'a cell that is a formula', 'packages/console/src/publications/csv.test.ts', 'formula'),
  file(
    51,
    'a script in a web page',
    'a.html',
    text('<!doctype html><html><body><script>alert(1)</script><p onclick="x()">通知</p></body></html>'),
    { finds: 'html-active-content' },
  ),
  file(
    52,
    'UTF-16 that says nothing of it',
    'a.csv',
    Buffer.from('中文abc', 'utf16le'),
    refused('text-encoding'),
  ),
  file(
    52,
    'UTF-7',
    'a.html',
    text('<html><body>+ADw-script+AD4-alert(1)</body></html>'),
    refused('text-encoding'),
  ),
  file(
    52,
    'half UTF-8, half GBK',
    'a.txt',
    () => Buffer.concat([text('政务公开'), Buffer.from([0xd5, 0xfe, 0xce, 0xf1, 0xff])]),
    refused('text-encoding'),
  ),
  elsewhere(53, 'a virus', 'packages/embedded/src/scanner/clam-scanner.test.ts', 'EICAR'),
  elsewhere(
    54,
    'the same bytes twice',
    'test/scenario/stations.test.ts',
    'the same upload attached twice is one file',
  ),
  elsewhere(
    55,
    'replaced after a decision',
    'test/scenario/stations.test.ts',
    'a recall before the hour makes the decisions void, after it there is only the withdrawal',
  ),
  elsewhere(
    56,
    'events late, early, of deleted versions',
    'packages/aws/src/lambda/lambda.test.ts',
    'do nothing for a wake-up that comes twice, late, or for work that is in other hands',
  ),
  elsewhere(
    57,
    'dates that are none, or over',
    'packages/core/src/release/display-period.test.ts',
    'takes 29 February in a leap year',
  ),
  elsewhere(
    58,
    'a file that kills its reader',
    'packages/embedded/src/cage/cage.test.ts',
    'that crashes (%s) is told apart from a refusal',
  ),
];
