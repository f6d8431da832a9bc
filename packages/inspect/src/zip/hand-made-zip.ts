import { crc32, deflateRawSync } from 'node:zlib';

/**
 * ZIP packages written by hand for the tests, so that each lie can be told on purpose. Every field defaults to
 * the truth.
 */
export type HandMadePart = {
  readonly name: string;
  readonly body?: string | Buffer;
  readonly stored?: boolean;
  readonly localName?: string;
  readonly declaredSize?: number;
  readonly localSize?: number;
  readonly crc?: number;
  readonly attributes?: number;
  /** Points at the data of the part with this index instead of bringing its own (overlap). */
  readonly sameDataAs?: number;
};

const header = (
  central: boolean,
  name: Buffer,
  part: HandMadePart,
  raw: Buffer,
  packed: Buffer,
  offset: number,
): Buffer => {
  const size = part.declaredSize ?? raw.length;
  const fields = Buffer.alloc(central ? 46 : 30);
  let at = fields.writeUInt32LE(central ? 0x02014b50 : 0x04034b50, 0);
  if (central) at = fields.writeUInt16LE((3 << 8) | 20, at);
  at = fields.writeUInt16LE(20, at);
  at = fields.writeUInt16LE(0x800, at);
  at = fields.writeUInt16LE(part.stored ? 0 : 8, at);
  at = fields.writeUInt32LE(0, at);
  at = fields.writeUInt32LE(part.crc ?? crc32(raw), at);
  at = fields.writeUInt32LE(packed.length, at);
  at = fields.writeUInt32LE(central ? size : (part.localSize ?? size), at);
  at = fields.writeUInt16LE(name.length, at);
  at = fields.writeUInt16LE(0, at);
  if (central) {
    at = fields.writeUInt16LE(0, at);
    at = fields.writeUInt16LE(0, at);
    at = fields.writeUInt16LE(0, at);
    at = fields.writeUInt32LE(part.attributes ?? 0, at);
    fields.writeUInt32LE(offset, at);
  }
  return Buffer.concat([fields, name]);
};

/** @param before bytes that stand in front of the package, with all offsets right. */
export const handMadeZip = (parts: readonly HandMadePart[], before: Buffer = Buffer.alloc(0)): Buffer => {
  const body: Buffer[] = [before];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let length = before.length;
  for (const part of parts) {
    const source = part.sameDataAs === undefined ? part : (parts[part.sameDataAs] ?? part);
    const raw = Buffer.isBuffer(source.body) ? source.body : Buffer.from(source.body ?? '');
    const packed = source.stored ? raw : deflateRawSync(raw);
    const offset = part.sameDataAs === undefined ? length : (offsets[part.sameDataAs] ?? 0);
    offsets.push(offset);
    if (part.sameDataAs === undefined) {
      const local = header(false, Buffer.from(part.localName ?? part.name), part, raw, packed, 0);
      body.push(local, packed);
      length += local.length + packed.length;
    }
    directory.push(header(true, Buffer.from(part.name), part, raw, packed, offset));
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(length, 16);
  return Buffer.concat([...body, central, end]);
};

const main = 'application/vnd.openxmlformats-officedocument';
const types = (type: string): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="${type}"/></Types>`;
const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** A docx whose body is `body`, with more parts. */
export const handMadeDocx = (body: string, more: readonly HandMadePart[] = []): Buffer =>
  handMadeZip([
    { name: '[Content_Types].xml', body: types(`${main}.wordprocessingml.document.main+xml`) },
    { name: 'word/document.xml', body: `<w:document ${word}><w:body>${body}</w:body></w:document>` },
    ...more,
  ]);

export const handMadeXlsx = (sheets: string, more: readonly HandMadePart[] = []): Buffer =>
  handMadeZip([
    { name: '[Content_Types].xml', body: types(`${main}.spreadsheetml.sheet.main+xml`) },
    { name: 'xl/workbook.xml', body: `<workbook><sheets>${sheets}</sheets></workbook>` },
    ...more,
  ]);

export const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

/** A relationship part of the main document. */
export const relationship = (type: string, target: string, mode = 'External'): HandMadePart => ({
  name: 'word/_rels/document.xml.rels',
  body: `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="${mode}"/></Relationships>`,
});
