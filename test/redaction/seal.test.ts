import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Box, type ProofAsked, placeSeals, type ReleasePlan } from '@gongkai/core';
import { type PDFArray, type PDFDocument, PDFName } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectPdf } from '../../packages/inspect/src/index.ts';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { changed, plan, redacting, stampOf, typeset } from '../../packages/render/src/release/specimen.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-seal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const kept = async (pdf: Uint8Array): Promise<string> => {
  const path = join(folder, `${++files}.pdf`);
  await writeFile(path, pdf);
  return path;
};

const office = '三村镇人民政府';
const seal = { enabled: true, emblem: 'star', diameterMm: 42, otherwise: 'nowhere', paging: true } as const;
const source = typeset(
  `= 公示\n经办人张三丰。\n\n特此公告。#v(40pt)#align(right, block({ set align(center); [${office}\\ 2026年11月23日] }))
   #pagebreak() 附表一 #pagebreak() 附表二`,
);
const before = await kept(source);
const seen = await inspectPdf({ path: before });
if (!seen.ok) throw new Error(seen.error.code);
const { pages, signOffs = [] } = seen.value;
const redactions = [await redacting(source, '张三丰')];
const covered = redactions.flatMap(({ boxes }) => boxes);
const { at, edges } = placeSeals({ seal, office, pages, signOffs, covered });
if (at === undefined) throw new Error('no sign-off');
const impressions = [at, ...edges];
const laid: Partial<ReleasePlan> = {
  stamp: stampOf,
  watermark: '公示',
  seal: { name: office, emblem: 'star', impressions },
};
const made = async (over: Partial<ReleasePlan>): Promise<Uint8Array> => {
  const out = await release(source, plan(over));
  if (!out.ok) throw new Error(JSON.stringify(out.error));
  return out.value.pdf;
};
const seals = impressions.map(({ shown }) => shown);
const asked = (over: Partial<ProofAsked> = {}): ProofAsked => ({
  redactions: [],
  own: [stampOf.indexNumber, stampOf.office, stampOf.publishedOn],
  seals,
  ...over,
});
const said = async (pdf: Uint8Array, what: ProofAsked): Promise<unknown> => {
  const answer = await prove(before, await kept(pdf), what);
  return answer.ok ? answer.value : answer.error.details?.detail;
};

describe('the gate’s proof of a sealed release', () => {
  it('passes it, with redactions and without', async () => {
    expect(await said(await made(laid), asked())).toEqual({ boxes: 0, words: 0 });
    expect(await said(await made({ ...laid, redactions }), asked({ redactions }))).toEqual({
      boxes: 1,
      words: 1,
    });
  });

  it.each<[string, Box[]]>([
    ['no seal was decided', []],
    ['it was to stand elsewhere', seals.map((it) => ({ ...it, x: it.x - 150 }))],
    ['only the edges were to be sealed', edges.map(({ shown }) => shown)],
  ])('stops it where %s', async (_, places) => {
    expect(await said(await made({ ...laid, watermark: undefined }), asked({ seals: places }))).toMatch(
      /p\. 1 (looks|has)/,
    );
  });

  const [left, foot] = [at.x, 595 - at.y - at.diameter];
  const place = (x: number, y: number): string => `${(left + x).toFixed(1)} ${(foot + y).toFixed(1)}`;
  it.each<[string, string]>([
    ['a black bar under the seal', `0 g ${place(30, 50)} 60 8 re f`],
    ['a white one over what it is pressed on', `1 g ${place(10, 30)} 100 30 re f`],
    ['small letters between its star and ring', `0 g BT /Stray 12 Tf ${place(40, 20)} Td (xxxxxx) Tj ET`],
    ['red ink beside it', `1 0 0 rg 60 480 40 20 re f`],
    ['a second seal’s worth of red on another place', `1 0.1 0.1 RG 5 w 60 100 80 80 re S`],
    ['a dark word in the watermark', `0.3 g 190 330 50 12 re f`],
  ])('still catches %s', async (_, operators) => {
    const pdf = await changed(await made(laid), (document: PDFDocument) => {
      const { context } = document;
      const { node } = document.getPage(0);
      const font = context.register(
        context.obj({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica', Encoding: 'WinAnsiEncoding' }),
      );
      node.setFontDictionary(PDFName.of('Stray'), font);
      const contents = context.lookup(node.get(PDFName.of('Contents'))) as PDFArray;
      const more = context.register(context.stream(`q ${operators} Q`));
      node.set(PDFName.of('Contents'), context.obj([...contents.asArray(), more]));
    });
    expect(await said(pdf, asked())).toMatch(/p\. 1 (looks|has)/);
  });
});

it('an inspection of the release finds in it no words that the document did not have', async () => {
  const again = await inspectPdf({ path: await kept(await made({ ...laid, stamp: undefined })) });
  if (!again.ok) throw new Error(again.error.code);
  expect(again.value.pages.map(({ text }) => text)).toEqual(pages.map(({ text }) => text));
  const known = new Set(seen.value.findings.map(({ rule, text }) => `${rule} ${text}`));
  const strange = again.value.findings.filter(({ rule, text }) => !known.has(`${rule} ${text}`));
  // What every release says of itself; and the letters of watermark and seals, which the gate knows (release/gate.ts).
  expect(new Set(strange.map(({ rule }) => rule))).toEqual(
    new Set(['pdf-information', 'pdf-xmp', 'outlines-not-searched']),
  );
});
