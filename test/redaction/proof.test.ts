import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProofAsked } from '@gongkai/core';
import { type PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, type PDFRef } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { changed, plan, redacting, stampOf, typeset } from '../../packages/render/src/release/specimen.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-proof-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ID = '110101199001011234';
const body = `= 公示\n姓名张三丰，身份证号${ID}，电话13800138000。\n\n第二段：村级财务收支，经办人李四光。`;
const source = typeset(body);

type Made = { readonly pdf: Uint8Array; readonly asked: ProofAsked };
const made = async (pdf: Uint8Array, ...words: string[]): Promise<Made> => {
  const redactions = await Promise.all(words.map((it) => redacting(pdf, it)));
  const out = await release(pdf, plan({ redactions, stamp: stampOf }));
  if (!out.ok) throw new Error(JSON.stringify(out.error));
  return {
    pdf: out.value.pdf,
    asked: { redactions, own: [stampOf.indexNumber, stampOf.office, stampOf.publishedOn] },
  };
};

let files = 0;
const proven = async (before: Uint8Array, after: Uint8Array, asked: ProofAsked) => {
  files += 1;
  const [pages, released] = [join(folder, `${files}.pdf`), join(folder, `${files}-release.pdf`)];
  await Promise.all([writeFile(pages, before), writeFile(released, after)]);
  const said = await prove(pages, released, asked);
  return said.ok ? said.value : (said.error.details?.detail ?? said.error.code);
};

const good = await made(source, '张三丰', ID);

it('a release that holds is proven: every box, every word', async () => {
  expect(await proven(source, good.pdf, good.asked)).toEqual({ boxes: 2, words: 2 });
});

it('the same words may stand where nobody covered them', async () => {
  const twice = typeset('= 公示\n张三丰申请低保。\n\n经办人张三丰签字。');
  const { pdf, asked } = await made(twice, '张三丰申请');
  expect(await proven(twice, pdf, asked)).toEqual({ boxes: 1, words: 1 });
});

describe('a renderer that leaves something behind is stopped', () => {
  const page = (document: PDFDocument) => document.getPage(0).node;
  const said = (text: string) => PDFHexString.fromText(text);
  const note = (document: PDFDocument, key: string, text: string) =>
    document.catalog.set(
      PDFName.of('Outlines'),
      document.context.register(document.context.obj({ [key]: said(text) })),
    );
  const draw = (document: PDFDocument, operators: string) => {
    const { context } = document;
    const contents = page(document).get(PDFName.of('Contents'));
    const more = context.register(context.stream(operators));
    page(document).set(
      PDFName.of('Contents'),
      context.obj([...(context.lookup(contents) as PDFArray).asArray(), more]),
    );
  };
  const below = (document: PDFDocument, operators: string) => {
    const { context } = document;
    const contents = context.lookup(page(document).get(PDFName.of('Contents'))) as PDFArray;
    page(document).set(
      PDFName.of('Contents'),
      context.obj([context.register(context.stream(operators)), ...contents.asArray()]),
    );
  };
  const [box] = good.asked.redactions[0]?.boxes ?? [];
  if (box === undefined) throw new Error('no box');
  const foot = 595 - box.y - box.height;
  const at = (x: number, y: number): string => `${(box.x + x).toFixed(2)} ${(foot + y).toFixed(2)}`;

  it.each<[string, (document: PDFDocument) => unknown, string]>([
    [
      'a bookmark',
      (it) => note(it, 'Title', '关于张三丰的决定'),
      'redaction 1 on p. 1 covers still stands: object',
    ],
    ['traditional characters', (it) => note(it, 'Title', '張三豐'), 'redaction 1'],
    [
      'full-width digits, spaced',
      (it) => note(it, 'Title', '１１０１０１ １９９００１０１ １２３４'),
      'redaction 2',
    ],
    ['Arabic digits', (it) => note(it, 'Title', '١١٠١٠١١٩٩٠٠١٠١١٢٣٤'), 'redaction 2'],
    ['a link’s escapes', (it) => note(it, 'Title', encodeURIComponent('张三丰')), 'redaction 1'],
    ['a name', (it) => it.catalog.set(PDFName.of('Lang'), PDFName.of(`x${ID}`)), 'redaction 2'],
    ['replacement text', (it) => draw(it, `/Span <</ActualText ${said(ID)}>> BDC EMC`), 'redaction 2'],
    [
      'a stream of no kind',
      (it) => it.catalog.set(PDFName.of('Outlines'), it.context.register(it.context.stream(`x ${ID}`))),
      'redaction 2',
    ],
    [
      'GB 18030 bytes of a picture',
      (it) => {
        const picture = it.context.stream(Buffer.from('d5c5c8fdb7e1', 'hex'), {
          Type: 'XObject',
          Subtype: 'Image',
        });
        it.catalog.set(PDFName.of('Outlines'), it.context.register(picture));
      },
      'redaction 1',
    ],
    [
      'an object that belongs to nothing',
      (it) => it.context.register(it.context.obj(['x'])),
      'belongs to nothing',
    ],
    ['an attachment', (it) => it.attach(Buffer.from(ID), 'list.txt'), 'redaction 2'],
    [
      'a form',
      (it) => it.catalog.set(PDFName.of('AcroForm'), it.context.obj({ Fields: [] })),
      'the catalogue has /AcroForm',
    ],
    [
      'a script',
      (it) => it.catalog.set(PDFName.of('OpenAction'), it.context.obj({ S: 'JavaScript' })),
      '/OpenAction',
    ],
    [
      'private data',
      (it) => page(it).set(PDFName.of('PieceInfo'), it.context.obj({})),
      'p. 1 has /PieceInfo',
    ],
    [
      'further properties',
      (it) =>
        (it.context.lookup(it.context.trailerInfo.Info) as PDFDict).set(PDFName.of('Company'), said('x')),
      'the properties have /Company',
    ],
    [
      'a comment',
      (it) => page(it).set(PDFName.of('Annots'), it.context.obj([{ Type: 'Annot', Subtype: 'Text' }])),
      'no link',
    ],
    ['a thumbnail', (it) => page(it).set(PDFName.of('Thumb'), it.context.obj({})), 'p. 1 has /Thumb'],
    [
      'the metadata of before',
      (it) => {
        const packet = it.context.stream(Buffer.from('<x:xmpmeta><dc:title>关于张三丰的决定'), {
          Type: 'Metadata',
          Subtype: 'XML',
        });
        it.catalog.set(PDFName.of('Metadata'), it.context.register(packet));
      },
      'redaction 1 on p. 1 covers still stands: object',
    ],
    [
      'text in many small pieces',
      (it) => {
        const font = it.context.obj({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' });
        const fonts = page(it).Resources()?.lookup(PDFName.of('Font')) as PDFDict;
        fonts.set(PDFName.of('Pieces'), it.context.register(font));
        const pieces = [...ID].map((digit) => `[(${digit})] TJ 4 0 Td`).join(' ');
        draw(it, `BT /Pieces 1 Tf 100 300 Td ${pieces} ET`);
      },
      'redaction 2 on p. 1 covers still stands: p. 1',
    ],
    [
      'replacement text of a tag',
      (it) => {
        const tag = it.context.obj({ Type: 'StructElem', S: 'Span', ActualText: said(ID) });
        const root = it.context.obj({ Type: 'StructTreeRoot', K: it.context.register(tag) });
        it.catalog.set(PDFName.of('StructTreeRoot'), it.context.register(root));
      },
      'redaction 2 on p. 1 covers still stands: object',
    ],
    [
      'a key that no release has',
      (it) => {
        const [, font] =
          it.context
            .enumerateIndirectObjects()
            .find(([, one]) => one instanceof PDFDict && one.has(PDFName.of('FontFile2'))) ?? [];
        (font as PDFDict).set(PDFName.of('Note'), said('x'));
      },
      'has /Note',
    ],
    [
      'a string where a number belongs',
      (it) => page(it).set(PDFName.of('UserUnit'), said('x')),
      'has /UserUnit',
    ],
    [
      'letters drawn as curves',
      (it) => below(it, `${at(2, 2)} m ${at(5, 9)} l ${at(8, 2)} l f`),
      'redaction 1 on p. 1: a drawing',
    ],
    [
      'a picture',
      (it) =>
        below(
          it,
          `q ${box.width} 0 0 ${box.height} ${at(0, 0)} cm BI /W 2 /H 1 /CS /G /BPC 8 ID \x00\xff EI Q`,
        ),
      'redaction 1 on p. 1: a picture',
    ],
    ['a light patch', (it) => draw(it, `q 0.6 g ${at(3, 1)} 8 6 re f Q`), 'redaction 1 on p. 1'],
    [
      'a bar over more than was decided',
      (it) => draw(it, `0 g ${at(-9, -30)} 120 50 re f`),
      'p. 1 looks otherwise',
    ],
    ['a change beside it', (it) => draw(it, `q 0 g 100 200 60 30 re f Q`), 'p. 1 looks otherwise'],
    ['something gone beside it', (it) => draw(it, `q 1 g 80 ${foot - 60} 200 40 re f Q`), 'p. 1'],
  ])('%s', async (_, sabotage, sentence) => {
    const bad = await changed(good.pdf, sabotage);
    expect(await proven(source, bad, good.asked)).toContain(sentence);
  });

  it('bars over text that is still there', async () => {
    const bars = await changed(source, (it) => {
      for (const { boxes } of good.asked.redactions)
        for (const one of boxes)
          it.getPage(0).drawRectangle({
            x: one.x,
            y: 595 - one.y - one.height,
            width: one.width,
            height: one.height,
          });
    });
    const clean = await release(bars, plan());
    if (!clean.ok) throw new Error(clean.error.code);
    expect(await proven(source, clean.value.pdf, good.asked)).toMatch(
      /redaction 1 on p. 1: text stands in it/,
    );
  });

  it('a ground that says other words, though of the same letters', async () => {
    const [first] = await Promise.all([redacting(source, '张三丰')]);
    const out = await release(source, plan({ redactions: [{ ...first, label: '私人个隐' }] }));
    if (!out.ok) throw new Error(out.error.code);
    const asked = { redactions: [{ ...first, label: '个人隐私' }], own: [] };
    expect(await proven(source, out.value.pdf, asked)).toContain('redaction 1 on p. 1: text stands in it');
  });

  it('the page of before, kept as an earlier revision of the same file', async () => {
    const document = await PDFDocument.load(source, { forIncrementalUpdate: true });
    const { context } = document;
    const contents = page(document).get(PDFName.of('Contents'));
    context.assign(contents as PDFRef, context.stream('q Q'));
    const twice = await document.save({ useObjectStreams: false });
    expect(Buffer.from(twice).indexOf(source.subarray(0, 2000))).toBe(0); // the old bytes are all there
    expect(await proven(source, twice, good.asked)).toContain('more than one revision');
  });

  it('a second revision', async () => {
    const twice = Buffer.concat([good.pdf, Buffer.from('\nstartxref\n9\n%%EOF\n')]);
    expect(await proven(source, twice, good.asked)).toContain('more than one revision');
  });

  it('nothing covered at all', async () => {
    const bare = await release(source, plan());
    if (!bare.ok) throw new Error(bare.error.code);
    expect(await proven(source, bare.value.pdf, good.asked)).toContain('redaction 1 on p. 1');
  });

  it('the letters of a font, in the order of the name', async () => {
    const bad = await changed(good.pdf, (it) => {
      const map = it.context
        .enumerateIndirectObjects()
        .find(([, one]) => one instanceof PDFDict && one.has(PDFName.of('ToUnicode')));
      const letters =
        '1 begincodespacerange <0000> <ffff> endcodespacerange 3 beginbfchar <0001> <5f20> <0002> <4e09> <0003> <4e30> endbfchar';
      if (map?.[1] instanceof PDFDict)
        map[1].set(PDFName.of('ToUnicode'), it.context.register(it.context.stream(letters)));
    });
    expect(await proven(source, bad, good.asked)).toContain('redaction 1');
  });
});
