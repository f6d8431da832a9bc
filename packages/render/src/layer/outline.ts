import { PDFDocument, type PDFEmbeddedPage, PDFName } from 'pdf-lib';
import { loading } from '../in-one-go.ts';
import { pageContent } from './page-content.ts';

const rounded = (content: string, digits: number): string =>
  content
    .split('\n')
    .map((line) =>
      line.endsWith(' cm')
        ? line
        : line.replace(/-?\d+\.\d{2,}/g, (number) =>
            Number(number)
              .toFixed(digits)
              .replace(/\.?0+$/, ''),
          ),
    )
    .join('\n');

/**
 * Takes a page of drawing alone (no text: every number in it is a place) into `document`, to be laid over its pages. Places
 * keep `digits` behind the point: with the eight that they come with, a drawing is twice as large.
 */
export const embedOutlined = async (
  document: PDFDocument,
  pdf: Uint8Array,
  digits: number,
): Promise<PDFEmbeddedPage> => {
  const drawn = await PDFDocument.load(pdf, loading);
  const page = drawn.getPage(0);
  const content = rounded(Buffer.from(pageContent(page)).toString('latin1'), digits);
  page.node.set(PDFName.of('Contents'), drawn.context.register(drawn.context.flateStream(content)));
  const [embedded] = await document.embedPdf(drawn, [0]);
  if (embedded === undefined) throw new Error('a drawing without a page');
  return embedded;
};
