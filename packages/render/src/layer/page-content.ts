import { deflateSync, inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFStream,
} from 'pdf-lib';

const name = (text: string): PDFName => PDFName.of(text);

/** A compressed stream, by Node's own deflate: pdf-lib's is a third of the time of a stamp. */
export const packed = (
  context: PDFContext,
  contents: string | Uint8Array,
  dict: Readonly<Record<string, string | number>> = {},
): PDFRawStream =>
  // A copy: what zlib gives is the beginning of a block of 16 kB, of which a bound year holds thousands.
  context.stream(new Uint8Array(deflateSync(contents)), { ...dict, Filter: 'FlateDecode' });

/** Node's own inflate is many times as fast as pdf-lib's; what it does not take (a predictor, a damaged end) pdf-lib may. */
const inflated = ({ dict, contents }: PDFRawStream): Uint8Array | undefined => {
  const filter = dict.lookup(name('Filter'));
  const [only, more] = filter instanceof PDFArray ? [filter.lookup(0), filter.size() > 1] : [filter, false];
  if (more || only !== name('FlateDecode') || dict.has(name('DecodeParms'))) return undefined;
  try {
    return inflateSync(contents);
  } catch {
    return undefined;
  }
};

/** The bytes of a stream without its filters; of an image, or where a filter fails, undefined. */
export const decoded = (stream: PDFObject | undefined): Uint8Array | undefined => {
  if (!(stream instanceof PDFRawStream)) {
    if (!(stream instanceof PDFStream)) return undefined;
    const own: unknown = 'getUnencodedContents' in stream ? stream.getUnencodedContents : undefined;
    return typeof own === 'function' ? (own.call(stream) as Uint8Array) : undefined;
  }
  const simple = inflated(stream);
  if (simple !== undefined) return simple;
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
