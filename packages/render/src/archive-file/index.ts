import type { ArchivalLevel, FileType } from '@gongkai/core';
import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfStream, PdfString } from '@libpdf/core';

/** 6.8: an attached file says what it is. */
const mediaTypes: Readonly<Record<FileType, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  doc: 'application/msword',
  wps: 'application/vnd.ms-works',
  odt: 'application/vnd.oasis.opendocument.text',
  rtf: 'application/rtf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xls: 'application/vnd.ms-excel',
  et: 'application/vnd.ms-excel',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ppt: 'application/vnd.ms-powerpoint',
  odp: 'application/vnd.oasis.opendocument.presentation',
  pdf: 'application/pdf',
  ofd: 'application/ofd',
  png: 'image/png',
  jpg: 'image/jpeg',
  tiff: 'image/tiff',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
};

export type Original = {
  readonly name: string;
  readonly type: FileType;
  readonly bytes: Uint8Array;
  /** When the office received it. ISO 8601. */
  readonly receivedAt: string;
};

export type ArchiveFile = {
  readonly pdf: Uint8Array;
  /** It is PDF/A-3 of this level; undefined where the release is no PDF/A. */
  readonly level: ArchivalLevel | undefined;
};

/** Without what a file system or a reader could take for a path. */
const fileName = (name: string): string => name.replace(/[/\\\p{Cc}]/gu, '_');

const claim = /<pdfaid:part>2<\/pdfaid:part><pdfaid:conformance>([AB])<\/pdfaid:conformance>/;

/**
 * 归档文件: a release with its original inside (PDF/A-3, ISO 19005-3, 6.8; AFRelationship Source). Every byte of the release
 * stays, one increment is added: its hash, and a signature on it, can be proven by the first bytes of this file. **For the
 * archive only**: an original holds what was covered in the release. It opens nothing but a release of our own.
 */
export const archiveFile = async (release: Uint8Array, original: Original): Promise<ArchiveFile> => {
  const document = await PDF.load(release);
  const catalog = document.getCatalog();
  const held = catalog.getRef('Metadata');
  const metadata = held && document.getObject(held);
  const packet = metadata instanceof PdfStream ? Buffer.from(metadata.getDecodedData()).toString('utf8') : '';
  const level = claim.exec(packet)?.[1] as ArchivalLevel | undefined;
  if (level !== undefined) {
    const said = packet.replace('<pdfaid:part>2<', '<pdfaid:part>3<');
    const stream = PdfStream.fromDict(
      { Type: PdfName.of('Metadata'), Subtype: PdfName.of('XML') },
      Buffer.from(said),
    );
    catalog.set('Metadata', document.register(stream));
  }
  const received = new Date(original.receivedAt).toISOString().replace(/\D/g, '').slice(0, 14);
  const embedded = PdfStream.fromDict(
    {
      Type: PdfName.of('EmbeddedFile'),
      Subtype: PdfName.of(mediaTypes[original.type]),
      Params: PdfDict.of({
        Size: PdfNumber.of(original.bytes.length),
        ModDate: PdfString.fromString(`D:${received}Z`),
      }),
    },
    original.bytes,
  );
  const name = PdfString.fromString(fileName(original.name));
  const stream = document.register(embedded);
  const file = document.register(
    PdfDict.of({
      Type: PdfName.of('Filespec'),
      F: name,
      UF: name,
      Desc: PdfString.fromString('原件，仅供归档，不得公开'),
      AFRelationship: PdfName.of('Source'),
      EF: PdfDict.of({ F: stream, UF: stream }),
    }),
  );
  catalog.set('AF', PdfArray.of(file));
  // A release has named places at most (release/strip.ts); they stay.
  const names = catalog.get('Names', (ref) => document.getObject(ref));
  const own = names instanceof PdfDict ? new PdfDict(names) : new PdfDict();
  own.set('EmbeddedFiles', PdfDict.of({ Names: PdfArray.of(name, file) }));
  catalog.set('Names', own);
  return { pdf: await document.save({ incremental: true, compressStreams: false }), level };
};
