import { deflateRawSync, deflateSync } from 'node:zlib';
import {
  handMadeDocx,
  handMadeXlsx,
  handMadeZip,
  paragraph,
} from '../../packages/inspect/src/zip/hand-made-zip.ts';

/** Files as no office should send them, made here byte by byte. */

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes: Buffer): number => {
  let c = 0xffffffff;
  for (const byte of bytes) c = (crcTable[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};
const chunk = (type: string, body: Buffer): Buffer => {
  const head = Buffer.from(type);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc(Buffer.concat([head, body])));
  return Buffer.concat([length, head, body, sum]);
};
export const png = (width: number, height: number, rows?: Buffer): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', rows ?? deflateSync(Buffer.alloc(height * (width + 1), 0xff))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** A PDF of these objects, number 1 the catalogue; the table of references is right. */
const pdfOf = (objects: readonly string[], trailer = ''): Buffer => {
  let text = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n';
  const places = objects.map((object, n) => {
    const at = Buffer.byteLength(text, 'latin1');
    text += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = Buffer.byteLength(text, 'latin1');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places
    .map((at) => `${String(at).padStart(10, '0')} 00000 n \n`)
    .join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
};

const catalogue = '<< /Type /Catalog /Pages 2 0 R >>';
const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const show = (text: string): string => {
  const content = `BT /F1 12 Tf 72 720 Td (${text}) Tj ET`;
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
};
const page = (content: number, box = '[0 0 595 842]'): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox ${box} /Contents ${content} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`;

export const pdfWithPages = (count: number, box?: string, text = 'Notice'): Buffer =>
  pdfOf([
    catalogue,
    `<< /Type /Pages /Count ${count} /Kids [${Array.from({ length: count }, (_, n) => `${n + 5} 0 R`).join(' ')}] >>`,
    font,
    show(text),
    ...Array.from({ length: count }, () => page(4, box)),
  ]);

const bombStream = (): string => {
  const once = deflateSync(Buffer.alloc(200_000_000, 0x20), { level: 9 });
  const twice = deflateSync(once, { level: 9 });
  return `<< /Length ${twice.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n${twice.toString('latin1')}\nendstream`;
};

const validId = (n: number): string => {
  const body = `11010119${String(60 + (n % 40)).padStart(2, '0')}0${1 + (n % 9)}${10 + (n % 18)}${String(n % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + '10X98765432'[sum % 11];
};

/** A list as offices have them: three thousand households with number and telephone. */
export const householdList = (count: number): Buffer =>
  Buffer.from(
    `姓名,身份证号,电话\n${Array.from(
      { length: count },
      (_, n) => `张三${n},${validId(n)},138${String(10_000_000 + n * 37)}`,
    ).join('\n')}\n`,
  );

const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const docx = handMadeDocx(paragraph('通知'));
const xml = '<?xml version="1.0"?>';

export type WrongFile = {
  readonly what: string;
  readonly name: string;
  readonly bytes: Buffer;
  /** `refused`, `findings` or `either`; what must not be is silence, a dead letter or a hang. */
  readonly end: 'refused' | 'findings' | 'either';
};

export const wrongFiles = (): readonly WrongFile[] => [
  { what: 'a docx named pdf', name: '通知.pdf', bytes: docx, end: 'refused' },
  {
    what: 'a PDF behind a zip',
    name: '通知.docx',
    bytes: Buffer.concat([docx, pdfWithPages(1)]),
    end: 'refused',
  },
  {
    what: 'a PDF with a web page before it',
    name: 'a.pdf',
    bytes: Buffer.concat([Buffer.from('<html>'), pdfWithPages(1)]),
    end: 'refused',
  },
  { what: 'half a docx', name: 'a.docx', bytes: docx.subarray(0, docx.length >> 1), end: 'refused' },
  { what: 'half a PDF', name: 'a.pdf', bytes: pdfWithPages(5).subarray(0, 400), end: 'refused' },
  {
    what: 'a part that inflates 1 : 1000',
    name: 'a.docx',
    bytes: handMadeDocx('', [{ name: 'word/media/a.bin', body: Buffer.alloc(60_000_000) }]),
    end: 'refused',
  },
  {
    what: 'a macro in a .docx name',
    name: 'a.docx',
    bytes: handMadeDocx('', [{ name: 'word/vbaProject.bin', body: 'x' }]),
    end: 'refused',
  },
  {
    what: 'DOCTYPE in a part',
    name: 'a.docx',
    bytes: handMadeDocx('', [
      {
        name: 'word/footnotes.xml',
        body: `${xml}<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`,
      },
    ]),
    end: 'refused',
  },
  {
    what: '10,001 parts',
    name: 'a.docx',
    bytes: handMadeDocx(
      '',
      Array.from({ length: 10_001 }, (_, n) => ({ name: `word/p${n}.xml`, body: '' })),
    ),
    end: 'refused',
  },
  {
    what: 'tables in tables, 5,000 deep',
    name: 'a.docx',
    bytes: handMadeDocx(`${'<w:tbl><w:tr><w:tc>'.repeat(5_000)}${'</w:tc></w:tr></w:tbl>'.repeat(5_000)}`),
    end: 'refused',
  },
  {
    what: 'a zip in a zip',
    name: 'a.docx',
    bytes: handMadeDocx('', [
      { name: 'word/embeddings/a.zip', body: handMadeZip([{ name: 'b', body: 'x' }]) },
    ]),
    end: 'either',
  },
  {
    what: 'a page of 200 km',
    name: 'a.pdf',
    bytes: pdfWithPages(1, '[0 0 600000000 600000000]'),
    end: 'refused',
  },
  { what: '11,000 pages', name: 'a.pdf', bytes: pdfWithPages(11_000), end: 'refused' },
  {
    what: 'a page tree that is its own child',
    name: 'a.pdf',
    bytes: pdfOf([catalogue, '<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>']),
    end: 'refused',
  },
  {
    what: 'no pages',
    name: 'a.pdf',
    bytes: pdfOf([catalogue, '<< /Type /Pages /Count 0 /Kids [] >>']),
    end: 'refused',
  },
  {
    what: 'a stream of 200 MB in 1 kB',
    name: 'a.pdf',
    bytes: pdfOf([catalogue, '<< /Type /Pages /Count 1 /Kids [5 0 R] >>', font, bombStream(), page(4)]),
    end: 'either',
  },
  {
    what: 'a PDF that asks for a password',
    name: 'a.pdf',
    bytes: pdfOf(
      [catalogue, '<< /Type /Pages /Count 1 /Kids [5 0 R] >>', font, show('x'), page(4)],
      `/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <${'00'.repeat(32)}> /U <${'11'.repeat(32)}> >> /ID [<00><00>] `,
    ),
    end: 'refused',
  },
  {
    what: 'a flood of pixels',
    name: 'a.png',
    bytes: png(60_000, 60_000, deflateSync(Buffer.alloc(1_000))),
    end: 'refused',
  },
  {
    what: 'a picture without its pixels',
    name: 'a.png',
    bytes: png(800, 600, deflateRawSync(Buffer.alloc(10))),
    end: 'either',
  },
  {
    what: 'UTF-16 that says nothing of it',
    name: 'a.csv',
    bytes: Buffer.from('中文abc', 'utf16le'),
    end: 'refused',
  },
  {
    what: 'half UTF-8, half GBK',
    name: 'a.txt',
    bytes: Buffer.concat([Buffer.from('政务公开'), Buffer.from([0xd5, 0xfe, 0xce, 0xf1, 0xff])]),
    end: 'refused',
  },
  { what: 'EICAR as text', name: 'a.txt', bytes: Buffer.from(eicar), end: 'either' },
  {
    what: 'a page of HTML, 20,000 deep',
    name: 'a.html',
    bytes: Buffer.from(`<!doctype html><html><body>${'<div>'.repeat(20_000)}x`),
    end: 'either',
  },
  { what: 'one line of 4 MB', name: 'a.txt', bytes: Buffer.from('公'.repeat(1_300_000)), end: 'either' },
  {
    what: 'a sheet a million rows down',
    name: 'a.xlsx',
    bytes: handMadeXlsx('<sheet name="a" sheetId="1" r:id="rId1"/>', [
      {
        name: 'xl/worksheets/sheet1.xml',
        body: `${xml}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>`,
      },
    ]),
    end: 'either',
  },
  { what: 'three thousand households', name: '低保名单.csv', bytes: householdList(3_000), end: 'findings' },
  {
    what: 'a text direction in the name',
    name: '通知\u202excod.txt',
    bytes: Buffer.from('通知'),
    end: 'either',
  },
  {
    what: 'a name that climbs',
    name: '../../../../etc/passwd.txt',
    bytes: Buffer.from('通知 13812345678'),
    end: 'findings',
  },
  {
    what: 'a name with NUL and line ends',
    name: 'a\u0000b\r\nX: y.txt',
    bytes: Buffer.from('通知 13812345678'),
    end: 'findings',
  },
  {
    what: 'a name of 600 bytes',
    name: `${'长'.repeat(200)}.txt`,
    bytes: Buffer.from('通知 13812345678'),
    end: 'findings',
  },
];
