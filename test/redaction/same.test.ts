import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProofAsked } from '@gongkai/core';
import {
  decodePDFRawStream,
  type PDFArray,
  type PDFDocument,
  PDFName,
  type PDFRawStream,
  type PDFRef,
  rgb,
} from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { withPdf } from '../../packages/render/src/pdfium/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { changed, plan, stampOf, typeset } from '../../packages/render/src/release/specimen.ts';

/** Issue 4: "nothing else changed", also of a release in which nothing was redacted: every page is compared. */

const jpeg = createRequire(new URL('../../packages/render/package.json', import.meta.url))('jpeg-js');
const folder = mkdtempSync(join(tmpdir(), 'gongkai-same-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const articles = (page: number): string =>
  Array.from(
    { length: 8 },
    (_, i) => `第${page}.${i + 1}条　三村镇本月支出 ${page}${i}200 元，收入 ${page}${i}350 元。`,
  ).join('\n\n');
const pagesOf = (...numbers: readonly number[]): Uint8Array =>
  typeset(numbers.map(articles).join('\n#pagebreak()\n'));
const source = pagesOf(1, 2, 3);
const asked: ProofAsked = { redactions: [], own: [stampOf.indexNumber, stampOf.office, stampOf.publishedOn] };

const made = async (pdf: Uint8Array): Promise<Uint8Array> => {
  const out = await release(pdf, plan({ stamp: stampOf }));
  if (!out.ok) throw new Error(JSON.stringify(out.error));
  return out.value.pdf;
};
const proven = async (before: Uint8Array, after: Uint8Array) => {
  const [pages, released] = [join(folder, 'pages.pdf'), join(folder, 'release.pdf')];
  await Promise.all([writeFile(pages, before), writeFile(released, after)]);
  const said = await prove(pages, released, asked);
  return said.ok ? 'proven' : `${said.error.code}: ${said.error.details?.detail}`;
};
const good = await made(source);

/** Operators before or behind what a page draws. */
const drawing =
  (page: number, operators: string, where: 'before' | 'behind' = 'behind') =>
  (document: PDFDocument): void => {
    const { context } = document;
    const { node } = document.getPage(page - 1);
    const old = (context.lookup(node.get(PDFName.of('Contents'))) as PDFArray).asArray();
    const more = context.register(context.stream(operators));
    node.set(PDFName.of('Contents'), context.obj(where === 'before' ? [more, ...old] : [...old, more]));
  };

/** Other words in what a page draws. */
const replacing =
  (page: number, what: string | RegExp, by: string) =>
  (document: PDFDocument): void => {
    const { context } = document;
    const contents = context.lookup(document.getPage(page - 1).node.get(PDFName.of('Contents'))) as PDFArray;
    for (const part of contents.asArray()) {
      const drawn = Buffer.from(decodePDFRawStream(context.lookup(part) as PDFRawStream).decode());
      const other = drawn.toString('latin1').replaceAll(what as string, by);
      context.assign(part as PDFRef, context.flateStream(Buffer.from(other, 'latin1')));
    }
  };

it('a release that is its pages with a strip is proven', async () => {
  expect(await proven(source, good)).toBe('proven');
});

describe('a release without redactions is stopped', () => {
  it.each<[string, (document: PDFDocument) => void, RegExp]>([
    ['when a line was painted over', drawing(2, 'q 1 g 60 480 200 14 re f Q'), /p\. 2 looks/],
    ['when a line was blacked', drawing(3, 'q 0 g 60 480 200 14 re f Q'), /p\. 3 looks/],
    ['when a drawing came', drawing(2, 'q 1 0 0 RG 2 w 100 100 80 40 re S Q'), /p\. 2 looks/],
    ['when its letters are there and unseen', replacing(2, '0 Tr', '3 Tr'), /p\. 2 looks/],
    ['when its letters are there and white', replacing(2, '0 Tr', '0 Tr 1 1 1 scn 1 g'), /p\. 2 looks/],
    ['when it is shifted', drawing(1, '1 0 0 1 14 0 cm', 'before'), /p\. 1 looks/],
    ['when a page is empty', replacing(2, /[\s\S]+/g, ''), /p\. 2 lacks/],
  ])('%s', async (_, sabotage, sentence) => {
    expect(await proven(source, await changed(good, sabotage))).toMatch(sentence);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['when a page is missing', pagesOf(1, 3), /release-differs: 2 pages instead of 3/],
    ['when a page came', pagesOf(1, 2, 3, 4), /release-differs: 4 pages instead of 3/],
    ['when pages changed places', pagesOf(1, 3, 2), /release-differs: p\. 2/],
    ['when it is another document of the office', pagesOf(4, 5, 6), /release-differs: p\. 1/],
    [
      'when one figure is another',
      typeset([1, 2, 3].map(articles).join('\n#pagebreak()\n').replace('21200', '21900')),
      /release-differs: p\. 2/,
    ],
    [
      'when two figures changed places',
      typeset(
        [1, 2, 3]
          .map(articles)
          .join('\n#pagebreak()\n')
          .replace('21200', 'xxxxx')
          .replace('21350', '21200')
          .replace('xxxxx', '21350'),
      ),
      /release-differs: p\. 2/,
    ],
  ])('%s', async (_, other, sentence) => {
    expect(await proven(source, await made(other))).toMatch(sentence);
  });

  it('when a word in a picture of a page was painted over', async () => {
    const seen = await withPdf(pagesOf(1), (open) => open.withPage(1, (one) => one.render(2)));
    if (!seen.ok || seen.value === undefined) throw new Error('no picture');
    const { width, height, data } = seen.value;
    const bytes: Buffer = jpeg.encode({ width, height, data: Buffer.from(data) }, 85).data;
    const [across, down] = [width / 2, height / 2];
    const scan = await changed(typeset('', `width: ${across}pt, height: ${down}pt`), async (document) => {
      document
        .getPage(0)
        .drawImage(await document.embedJpg(bytes), { x: 0, y: 0, width: across, height: down });
    });
    const released = await made(scan);
    expect(await proven(scan, released)).toBe('proven');
    const painted = await changed(released, (document) => {
      const page = document.getPage(0);
      page.drawRectangle({ x: 70, y: page.getHeight() - 100, width: 40, height: 20, color: rgb(1, 1, 1) });
    });
    expect(await proven(scan, painted)).toMatch(/release-differs: p\. 1 looks/);
  });
});
