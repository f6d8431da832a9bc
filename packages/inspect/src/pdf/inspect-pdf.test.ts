import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { Inspection } from '@gongkai/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HandMade, handMadePdf, line, streamObject, withRevision } from './hand-made-pdf.ts';
import { inspectPdf } from './inspect-pdf.ts';

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongkai-inspect-'));
});
afterAll(() => rm(folder, { recursive: true }));

const written = async (bytes: Buffer): Promise<string> => {
  const path = join(folder, `${count++}.pdf`);
  await writeFile(path, bytes);
  return path;
};
const outcome = async (made: HandMade | Buffer) =>
  inspectPdf({ path: await written(Buffer.isBuffer(made) ? made : handMadePdf(made)) });
const inspected = async (made: HandMade | Buffer): Promise<Inspection> => {
  const result = await outcome(made);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const rules = ({ findings }: Inspection): string[] => findings.map(({ rule }) => rule);

const mobile = '13812345678';

describe('a clean page', () => {
  it('comes out clean, with its text and size', async () => {
    const { pages, findings } = await inspected({ content: line('Notice of the town', 50, 500) });
    expect(findings).toEqual([]);
    expect(pages).toEqual([{ page: 1, width: 400, height: 600, text: 'Notice of the town' }]);
  });

  it('may have a filled table head, a white box under text and a transparent seal over it', async () => {
    const page = await inspected({
      resources: '/ExtGState<</G<</ca 0.3/Type/ExtGState>>>>',
      content: [
        '0.2 0.3 0.6 rg 40 480 300 30 re f\n',
        line('White on a dark head', 50, 490, 12, '1 g 0 Tr'),
        '1 g 40 380 300 30 re f\n',
        line('Black on a white box', 50, 390),
        line('Signed by the office', 50, 300),
        '/G gs 1 0 0 rg 60 280 60 60 re f\n',
      ].join(''),
    });
    expect(page.findings).toEqual([]);
  });

  it('may be blank', async () => {
    expect((await inspected({ content: '' })).findings).toEqual([]);
  });
});

describe('where a finding is', () => {
  it('has a box around exactly its characters, from the top left', async () => {
    const { findings } = await inspected({ content: line(`Call ${mobile} now`, 50, 500) });
    const box = findings[0]?.boxes[0];
    expect(findings.map(({ rule, text }) => [rule, text])).toEqual([['mobile', mobile]]);
    expect(box?.page).toBe(1);
    // "Call " is 24 pt wide in 12 pt Helvetica, eleven digits 73.4 pt; the baseline is at 100 from the top.
    expect(box?.x).toBeGreaterThan(72);
    expect(box?.x).toBeLessThan(76);
    expect(box?.width).toBeGreaterThan(71);
    expect(box?.width).toBeLessThan(77);
    expect(box?.y).toBeGreaterThan(88);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(103);
  });

  it('follows /Rotate and the CropBox', async () => {
    const { pages, findings } = await inspected({
      content: line(mobile, 60, 500),
      page: '/CropBox[50 50 350 550]/Rotate 90',
    });
    expect(pages[0]).toMatchObject({ width: 500, height: 300 });
    const box = findings[0]?.boxes[0];
    // Displayed x runs along the page's y: 500 - 50 = 450; displayed y along its x: 60 - 50 = 10.
    expect(box?.x).toBeCloseTo(449, -1);
    expect(box?.y).toBeCloseTo(10, -1);
    expect(box?.height).toBeGreaterThan(70);
    expect(box?.width).toBeLessThan(15);
  });

  it('has one box a line when the number is broken over two lines', async () => {
    const { findings } = await inspected({
      content: line('Phone 1381234', 50, 500) + line('5678 of Mr. Li', 50, 480),
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.boxes).toHaveLength(2);
    expect(findings[0]?.boxes[1]?.y).toBeGreaterThan(findings[0]?.boxes[0]?.y ?? 0);
  });

  it('gives the same bytes the same ids', async () => {
    const made = { content: line(mobile, 50, 500) };
    expect((await inspected(made)).findings[0]?.id).toBe((await inspected(made)).findings[0]?.id);
  });
});

describe('text that a reader does not see', () => {
  it.each([
    ['under a black bar', `${line(mobile, 50, 500)}0 g 40 495 200 20 re f\n`, 'covered-text'],
    ['under a white box', `${line(mobile, 50, 500)}1 g 40 495 200 20 re f\n`, 'covered-text'],
    ['under a thick line', `${line(mobile, 50, 500)}0 G 20 w 40 504 m 240 504 l S\n`, 'covered-text'],
    ['under a bar that leaves a sliver', `${line(mobile, 50, 500)}0 g 40 499 200 9.2 re f\n`, 'covered-text'],
    ['outside its clip', `q 300 300 20 20 re W n ${line(mobile, 50, 500)}Q\n`, 'covered-text'],
    ['in white on white', line(mobile, 50, 500, 12, '1 g 0 Tr'), 'white-text'],
    ['in nearly white', line(mobile, 50, 500, 12, '0.97 g 0 Tr'), 'white-text'],
    ['in render mode 3', line(mobile, 50, 500, 12, '0 g 3 Tr'), 'invisible-text'],
    ['half a point small', line(mobile, 50, 500, 0.5), 'tiny-text'],
    ['off the page', line(mobile, 50, 700), 'off-page-text'],
  ])('%s is found, and so is the number in it', async (_, content, rule) => {
    const page = await inspected({ content });
    expect(rules(page)).toContain(rule);
    expect(page.findings.find((found) => found.rule === rule)?.text).toContain(mobile);
    expect(page.findings.find((found) => found.rule === rule)?.severity).toBe('high');
    expect(rules(page)).toContain('mobile');
  });

  it('inside a form XObject is found', async () => {
    const page = await inspected({
      resources: '/XObject<</X 6 0 R>>',
      content: 'q 1 0 0 1 10 20 cm /X Do Q 0 g 40 495 300 40 re f\n',
      objects: [
        streamObject(
          '/Type/XObject/Subtype/Form/BBox[0 0 400 600]/Resources<</Font<</F 5 0 R>>>>',
          line(mobile, 50, 490),
        ),
      ],
    });
    expect(rules(page)).toContain('covered-text');
  });

  it('on a layer that is off is found', async () => {
    const page = await inspected({
      catalog: '/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]/Order[]>>>>',
      resources: '/Properties<</L 6 0 R>>',
      content: `/OC /L BDC\n${line(mobile, 50, 500)}EMC\n${line('Visible', 50, 300)}`,
      objects: ['<</Type/OCG/Name(Hidden)>>'],
    });
    expect(page.findings.filter(({ rule }) => rule === 'layer-off').map(({ text }) => text)).toEqual([
      mobile,
    ]);
  });

  it('under a square annotation or an unapplied redaction is found', async () => {
    const under = (subtype: string) => ({
      content: line(mobile, 50, 500),
      page: '/Annots[6 0 R]',
      resources: '',
      objects: [
        `<</Type/Annot/Subtype/${subtype}/Rect[40 495 240 520]/C[0 0 0]/IC[0 0 0]/F 4/AP<</N 7 0 R>>>>`,
        streamObject('/Type/XObject/Subtype/Form/BBox[0 0 200 25]', '0 g 0 0 200 25 re f'),
      ],
    });
    expect(rules(await inspected(under('Square')))).toContain('covered-by-annotation');
    expect(rules(await inspected(under('Redact')))).toContain('unapplied-redaction');
  });

  it('over a scan is one low finding, and the page counts as searched', async () => {
    const words = Array.from({ length: 30 }, (_, index) =>
      line(`Recognised words ${index}`, 20, 580 - index * 18, 12, '3 Tr'),
    );
    const page = await inspected({
      resources: '/XObject<</I 6 0 R>>',
      content: `q 400 0 0 600 0 0 cm /I Do Q\n${words.join('')}`,
      objects: [
        streamObject(
          '/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8',
          '\xc8',
        ),
      ],
    });
    expect(page.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['ocr-layer', 'low']]);
  });
});

describe('a page that no machine can read', () => {
  const scan = (extra: string) => ({
    resources: '/XObject<</I 6 0 R>>',
    content: `q 400 0 0 600 0 0 cm /I Do Q\n${extra}`,
    objects: [
      streamObject(
        '/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8',
        '\xc8',
      ),
    ],
  });
  it.each([
    ['is a picture', scan('')],
    ['is a picture with a page number stamped on it', scan(line('- 1 -', 190, 20))],
    ['has only drawn outlines', { content: '10 10 m 200 200 l 300 10 l f\n' }],
  ])('%s: a person must look', async (_, made) => {
    const page = await inspected(made);
    expect(page.findings.filter(({ rule }) => rule === 'not-searched')).toMatchObject([
      { severity: 'high', boxes: [{ page: 1, width: 400, height: 600 }] },
    ]);
  });
});

describe('what travels with a document', () => {
  it('finds comments, with the personal data in them', async () => {
    const page = await inspected({
      content: line('Notice', 50, 500),
      page: '/Annots[6 0 R]',
      objects: [`<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(Ask Li, ${mobile})>>`],
    });
    expect(rules(page)).toEqual(['pdf-annotation', 'mobile']);
  });

  it('finds form values, scripts, launches, attachments and metadata', async () => {
    const page = await inspected({
      content: line('Notice', 50, 500),
      catalog:
        '/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AcroForm<</Fields[6 0 R]>>/Names<</EmbeddedFiles<</Names[(a)7 0 R]>>>>',
      page: '/Annots[6 0 R 9 0 R]',
      info: '/Author(Zhang San)/Title(Notice)/Producer(x)',
      objects: [
        '<</Type/Annot/Subtype/Widget/FT/Tx/T(f)/V(secret value)/Rect[10 10 90 30]/P 3 0 R>>',
        '<</Type/Filespec/F(list.xlsx)/UF(list.xlsx)/EF<</F 8 0 R>>>>',
        streamObject('/Type/EmbeddedFile', 'x'),
        '<</Type/Annot/Subtype/Link/Rect[10 50 90 70]/A<</S/URI/URI(file://server/share/x.doc)>>>>',
      ],
    });
    const found = (rule: string) => page.findings.find((finding) => finding.rule === rule);
    expect(found('pdf-form-value')).toMatchObject({
      kind: 'form-value',
      text: 'secret value',
      severity: 'medium',
    });
    expect(found('pdf-action')).toMatchObject({
      kind: 'active-content',
      text: 'JavaScript',
      removedByRender: true,
    });
    expect(found('pdf-attachment')).toMatchObject({ text: 'list.xlsx', severity: 'high' });
    expect(found('pdf-information')).toMatchObject({
      text: 'Zhang San',
      part: 'Info/Author',
      severity: 'low',
    });
    expect(found('pdf-link')).toMatchObject({ kind: 'active-content', severity: 'high' });
  });

  it('treats a web link as harmless', async () => {
    const page = await inspected({
      content: line('See www.gov.cn', 50, 500),
      page: '/Annots[6 0 R]',
      objects: ['<</Type/Annot/Subtype/Link/Rect[10 50 90 70]/A<</S/URI/URI(https://www.gov.cn/)>>>>'],
    });
    expect(page.findings.map(({ kind, severity }) => [kind, severity])).toEqual([['external-link', 'low']]);
  });

  it('finds what an earlier revision still holds', async () => {
    const page = await inspected(
      withRevision(handMadePdf({ content: line(`Li ${mobile}`, 50, 500) }), line('Li', 50, 500)),
    );
    expect(page.pages[0]?.text).toBe('Li');
    const revision = page.findings.find(({ rule }) => rule === 'pdf-earlier-revision');
    expect(revision).toMatchObject({ severity: 'high', text: `Li ${mobile}`, removedByRender: true });
    expect(rules(page)).toContain('mobile');
  });

  it('lets an earlier revision with the same text pass as low: a seal is an incremental update', async () => {
    const page = await inspected(
      withRevision(handMadePdf({ content: line('Same', 50, 500) }), line('Same', 50, 500)),
    );
    expect(page.findings.map(({ severity }) => severity)).toEqual(['low']);
  });

  it('finds a number in a bookmark', async () => {
    const page = await inspected({
      content: line('Notice', 50, 500),
      catalog: '/Outlines 6 0 R',
      objects: [
        '<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>',
        `<</Title(${mobile})/Parent 6 0 R/Dest[3 0 R/Fit]>>`,
      ],
    });
    expect(page.findings).toMatchObject([{ rule: 'mobile', part: 'document strings' }]);
  });
});

describe('what cannot be inspected', () => {
  it('is refused with its reason', async () => {
    const xfa = {
      content: '',
      catalog: '/AcroForm<</Fields[]/XFA 6 0 R>>',
      objects: [streamObject('', '<xdp/>')],
    };
    expect(await outcome(xfa)).toEqual({ ok: false, error: { code: 'xfa-form' } });
    expect(await outcome(Buffer.from('%PDF-1.7\nnothing'))).toMatchObject({
      ok: false,
      error: { code: 'damaged' },
    });
    expect(await outcome(Buffer.alloc(0))).toEqual({ ok: false, error: { code: 'empty-file' } });
    const long = await inspectPdf({ path: await written(handMadePdf({ content: '' })), maxPages: 0 });
    expect(long).toMatchObject({
      ok: false,
      error: { code: 'too-many-pages', details: { pages: 1, limit: 0 } },
    });
  });
});

describe('a hostile structure costs no more than a refusal or a finding', () => {
  const timed = async (bytes: Buffer): Promise<string> => {
    const started = performance.now();
    const result = await outcome(bytes);
    expect(performance.now() - started).toBeLessThan(20_000);
    return result.ok ? 'inspected' : result.error.code;
  };
  const text = (pdf: Buffer): string => pdf.toString('latin1');

  it('a page tree that is its own child', async () => {
    const cycle = text(handMadePdf({ content: '' })).replace('/Kids[3 0 R]', '/Kids[2 0 R]');
    expect(await timed(Buffer.from(cycle, 'latin1'))).toMatch(/inspected|no-pages|damaged|inspection-failed/);
  });

  it('a form that draws itself', async () => {
    const self = streamObject(
      '/Type/XObject/Subtype/Form/BBox[0 0 400 600]/Resources<</XObject<</X 6 0 R>>>>',
      '/X Do',
    );
    expect(
      await timed(handMadePdf({ resources: '/XObject<</X 6 0 R>>', content: '/X Do', objects: [self] })),
    ).toBe('inspected');
  });

  // Twenty steps and more end in the cage's time limit: pdfium parses every instance anew.
  it('a chain of forms that doubles at every step', async () => {
    const forms = Array.from({ length: 13 }, (_, index) =>
      streamObject(
        `/Type/XObject/Subtype/Form/BBox[0 0 400 600]/Resources<</XObject<</X ${Math.min(index + 7, 18)} 0 R>>>>`,
        index === 12 ? '' : '/X Do /X Do',
      ),
    );
    expect(
      await timed(handMadePdf({ resources: '/XObject<</X 6 0 R>>', content: '/X Do', objects: forms })),
    ).toBe('inspected');
  });

  it('a content stream that unpacks to 40 MB', async () => {
    const packed = deflateSync(deflateSync(Buffer.alloc(40 * 1024 * 1024, 0x20))).toString('latin1');
    const pdf = text(handMadePdf({ content: 'X' })).replace(
      '<</Length 1>>\nstream\nX',
      `<</Filter[/FlateDecode/FlateDecode]/Length ${packed.length}>>\nstream\n${packed}`,
    );
    expect(await timed(Buffer.from(pdf, 'latin1'))).toMatch(/inspected|inspection-failed|damaged/);
  });

  it('and the next file is inspected as if nothing had happened', async () => {
    expect((await inspected({ content: line('Notice', 50, 500) })).findings).toEqual([]);
  });
});
