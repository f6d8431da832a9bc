import {
  decodePDFRawStream,
  PDFArray,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFStream,
} from 'pdf-lib';

const name = (text: string): PDFName => PDFName.of(text);

/** The bytes of a stream without its filters; of an image, or where a filter fails, undefined. */
export const decoded = (stream: PDFObject | undefined): Uint8Array | undefined => {
  if (!(stream instanceof PDFRawStream)) {
    if (!(stream instanceof PDFStream)) return undefined;
    const own: unknown = 'getUnencodedContents' in stream ? stream.getUnencodedContents : undefined;
    return typeof own === 'function' ? (own.call(stream) as Uint8Array) : undefined;
  }
  try {
    return decodePDFRawStream(stream).decode();
  } catch {
    return undefined;
  }
};

export const contentsOf = (page: PDFPage): PDFObject[] => {
  const own = page.node.get(name('Contents'));
  const contents = page.node.context.lookup(own);
  if (contents instanceof PDFArray) return contents.asArray();
  return own !== undefined && contents instanceof PDFStream ? [own] : [];
};

/** The whole content of a page, decoded, its streams joined as a reader would. */
export const pageContent = (page: PDFPage): Uint8Array =>
  Buffer.concat(
    contentsOf(page).flatMap((it) => [
      decoded(page.node.context.lookup(it)) ?? new Uint8Array(),
      new Uint8Array([10]),
    ]),
  );
