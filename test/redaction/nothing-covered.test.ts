import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { degrees } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { withPdf } from '../../packages/render/src/pdfium/index.ts';
import { changed, typeset } from '../../packages/render/src/release/specimen.ts';
import { notRun } from '../not-run.ts';
import { type Compared, compareStamped } from './nothing-covered.ts';

const jpeg = createRequire(new URL('../../packages/render/package.json', import.meta.url))('jpeg-js');

const home = fileURLToPath(new URL('../../', import.meta.url));
const corpus = join(home, '../shared/corpus');
const made = join(home, 'packages/local/documents/made');

/** One pixel in twenty thousand: pages of other heights are drawn a fraction of a pixel apart. */
const few = 5e-5;
const holds = (one: Compared | string): boolean =>
  typeof one !== 'string' &&
  one.sameLinks &&
  one.covered <= few &&
  one.lighter <= few &&
  one.strange <= few &&
  one.otherText.length === 0;

const text = (columns: number): string =>
  `#set page(columns: ${columns})\n${Array.from({ length: 60 }, (_, i) => `第${i + 1}条　财务收支情况每月公开一次，接受群众监督。#link("https://www.gov.cn/")[依据]`).join('\n\n')}`;

const papers: readonly [string, number, number][] = [
  ['A4', 595, 842],
  ['A4 landscape', 842, 595],
  ['A3', 842, 1191],
  ['A5', 420, 595],
  ['a receipt', 227, 612],
];

/** A page that is a photograph of the text, as a copier sends it. */
const scan = async (width: number, height: number): Promise<Uint8Array> => {
  const page = typeset(text(1), `margin: 12pt, width: ${width}pt, height: ${height}pt`);
  const seen = await withPdf(page, (open) => open.withPage(1, (one) => one.render(1.5)));
  if (!seen.ok || seen.value === undefined) throw new Error('no picture');
  const { width: across, height: down, data } = seen.value;
  for (let at = 0; at < data.length; at += 4)
    for (const one of [0, 1, 2]) data[at + one] = Math.max(0, (data[at + one] ?? 0) - 8 - ((at * 7919) % 11));
  const bytes: Buffer = jpeg.encode({ width: across, height: down, data: Buffer.from(data) }, 80).data;
  return changed(typeset('', `width: ${width}pt, height: ${height}pt`), async (document) => {
    document.getPage(0).drawImage(await document.embedJpg(bytes), { x: 0, y: 0, width, height });
  });
};

describe('strip, watermark, seals and paging seal cover, move and lighten nothing', () => {
  it.each(papers)(
    'on %s, turned by 0°, 90°, 180° and 270°, with and without a crop',
    async (_, width, height) => {
      for (const rotation of [0, 90, 180, 270])
        for (const crop of [false, true]) {
          const pdf = await changed(
            typeset(text(1), `margin: 40pt, width: ${width}pt, height: ${height}pt`),
            (document) => {
              for (const page of document.getPages()) {
                page.setRotation(degrees(rotation));
                if (crop) page.setCropBox(15, 25, width - 40, height - 60);
              }
            },
          );
          const compared = await compareStamped(pdf);
          expect(compared, `${rotation}° ${crop ? 'cropped' : ''}`).toSatisfy(holds);
        }
    },
    120_000,
  );

  it.each([
    ['A4', 595, 842],
    ['a book', 433, 612],
    ['a slip', 842, 298],
  ])('on a scan of %s', async (_, width, height) => {
    expect(await compareStamped(await scan(width, height))).toSatisfy(holds);
  });

  it('on the PDFs of the demonstration', async () => {
    for (const name of readdirSync(made).filter((it) => it.endsWith('.pdf')))
      expect(await compareStamped(readFileSync(join(made, name))), name).toSatisfy(holds);
  });

  it.skipIf(notRun(!existsSync(corpus), 'stamping the corpus', `there is no ${corpus}`))(
    'on every PDF of the corpus that can be released and is as large as paper',
    async () => {
      const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((it) =>
        /\.pdf$/i.test(it),
      );
      let compared = 0;
      for (const name of names) {
        const one = await compareStamped(readFileSync(join(corpus, name)));
        if (typeof one === 'string' && /^(damaged|encrypted|no-pages|smaller than paper)$/.test(one))
          continue;
        expect(one, name).toSatisfy(holds);
        compared++;
      }
      expect(compared).toBeGreaterThan(190);
    },
    900_000,
  );
});
