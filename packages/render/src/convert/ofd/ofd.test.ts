import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fontFiles } from '../../fonts/index.ts';
import { type Picture, withPdf } from '../../pdfium/index.ts';
import { readFace } from './face.ts';
import { handMadeOfd, text } from './hand-made-ofd.ts';
import { type DrawnOfd, ofdToPdf } from './index.ts';

const limit = 10;
const drawn = async (given: Parameters<typeof handMadeOfd>[0]): Promise<DrawnOfd> => {
  const made = await ofdToPdf(handMadeOfd(given), limit);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
};
const refused = async (given: Parameters<typeof handMadeOfd>[0]) => {
  const made = await ofdToPdf(handMadeOfd(given), limit);
  return made.ok ? undefined : made.error;
};
const perMillimetre = 72 / 25.4;
type Seen = {
  text: string;
  boxes: { left: number; top: number; right: number; bottom: number }[];
  picture: Picture;
  size: number[];
};
/** The first page: letters with their boxes in millimetres, and a picture at four pixels a millimetre. */
const seen = async ({ pdf }: DrawnOfd, page = 1): Promise<Seen> => {
  const looked = await withPdf(pdf, (it) =>
    it.withPage(page, (one): Seen => {
      const letters = one.characters();
      return {
        text: letters.map((letter) => letter.text).join(''),
        boxes: letters.map(({ box }) => ({
          left: box.left / perMillimetre,
          top: box.top / perMillimetre,
          right: box.right / perMillimetre,
          bottom: box.bottom / perMillimetre,
        })),
        picture: one.render(4 / perMillimetre),
        size: [one.width / perMillimetre, one.height / perMillimetre],
      };
    }),
  );
  if (!looked.ok || looked.value === undefined) throw new Error('no page');
  return looked.value;
};
/** Red, green and blue at a place in millimetres. */
const at = ({ width, data }: Picture, x: number, y: number): number[] => {
  const pixel = (Math.round(y * 4) * width + Math.round(x * 4)) * 4;
  return [...data.slice(pixel, pixel + 3)];
};
const white = [255, 255, 255];
const square = (colour: string, more = '', inner = ''): string =>
  `<ofd:PathObject ID="6" Boundary="10 10 20 20" Stroke="false" Fill="true" ${more}><ofd:FillColor ${colour}>${inner}</ofd:FillColor><ofd:AbbreviatedData>M 0 0 L 20 0 L 20 20 L 0 20 C</ofd:AbbreviatedData></ofd:PathObject>`;

describe('letters', () => {
  it('stand where DeltaX and DeltaY say, in millimetres, and read as written', async () => {
    const {
      text: read,
      boxes,
      size,
    } = await seen(await drawn({ objects: text('国国国国', '', 'DeltaX="10 g 2 20" DeltaY="0 5 0"') }));
    expect(read.replace(/\s/g, '')).toBe('国国国国');
    expect(size[0]).toBeCloseTo(100, 1);
    const solid = boxes.filter((box) => box.right - box.left > 1);
    for (const [i, left] of [0, 10, 30, 50].entries())
      expect((solid[i]?.left ?? 0) - (solid[0]?.left ?? 0)).toBeCloseTo(left, 1);
    // Within its em of 5 mm.
    expect(solid[0]?.left).toBeGreaterThan(10);
    expect(solid[0]?.right).toBeLessThan(15);
    expect((solid[2]?.bottom ?? 0) - (solid[1]?.bottom ?? 0)).toBeCloseTo(5, 0);
  });

  it('stand where one run puts them, whatever the widths of our font (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 2, max: 9 }), { minLength: 1, maxLength: 8 }),
        async (steps) => {
          const words = '国'.repeat(steps.length + 1);
          const { boxes } = await seen(
            await drawn({ objects: text(words, '', `DeltaX="${steps.join(' ')}"`) }),
          );
          const start = boxes[0]?.left ?? 0;
          let x = 0;
          for (const [i, step] of steps.entries()) {
            x += step;
            expect((boxes[i + 1]?.left ?? 0) - start).toBeCloseTo(x, 0);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('are turned and stretched by the CTM', async () => {
    const turned = await seen(
      await drawn({ objects: text('一一一一', 'CTM="0 1 -1 0 20 0"', 'DeltaX="g 3 6"') }),
    );
    const [first, last] = [turned.boxes[0], turned.boxes.at(-1)];
    expect((last?.top ?? 0) - (first?.top ?? 0)).toBeGreaterThan(15);
    expect(Math.abs((last?.left ?? 0) - (first?.left ?? 0))).toBeLessThan(1);
  });

  it('name the fonts that ours stand in for', async () => {
    expect((await drawn({ objects: text('公') })).substitutedFonts).toEqual(['宋体']);
  });

  it('are refused with page and character where no font has them', async () => {
    const pages = [text('公'), text('公\u{e801}')];
    expect(await refused({ objects: '', pages })).toEqual({
      code: 'glyph-missing',
      details: { page: 2, character: '\u{e801}' },
    });
  });
});

describe('a font that the file brings', () => {
  const ours = fontFiles().find(({ role }) => role === 'kai');
  const face = readFace(readFileSync(ours?.path ?? ''));
  if (face === undefined) throw new Error('no font');
  const glyph = (character: string): number => face.glyphOf(character.codePointAt(0) ?? 0);
  const program = face.program([...'密开'].map(glyph));
  const resources =
    '<ofd:Fonts><ofd:Font ID="91" FontName="自带"><ofd:FontFile>a.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>';
  const object = (words: string, transform: string): string =>
    `<ofd:TextObject ID="8" Boundary="10 10 80 20" Font="91" Size="10">${transform}<ofd:TextCode X="0" Y="10" DeltaX="g 5 12">${words}</ofd:TextCode></ofd:TextObject>`;
  const by = (position: number, code: number, glyphs: string): string =>
    `<ofd:CGTransform CodePosition="${position}" CodeCount="${code}"><ofd:Glyphs>${glyphs}</ofd:Glyphs></ofd:CGTransform>`;
  const given = (objects: string) => ({ objects, resources, parts: { 'Doc_0/Res/a.ttf': program } });

  it('is drawn by the glyphs that CGTransform names, and reads as TextCode says', async () => {
    const one = await drawn(given(object('公公', by(0, 2, `${glyph('密')} ${glyph('开')}`))));
    const { text: read, picture } = await seen(one);
    // One text, two glyphs; and each text of a glyph that means two stays.
    expect(read.replace(/\s/g, '')).toBe('公公');
    expect(one.substitutedFonts).toEqual([]);
    const two = await seen(await drawn(given(object('密开', by(0, 2, `${glyph('密')} ${glyph('开')}`)))));
    expect(Buffer.from(picture.data).equals(Buffer.from(two.picture.data))).toBe(true);
  });

  it('keeps two texts of one glyph apart', async () => {
    const same = by(0, 1, `${glyph('开')}`) + by(1, 1, `${glyph('开')}`);
    expect((await seen(await drawn(given(object('开闭', same))))).text.replace(/\s/g, '')).toBe('开闭');
  });

  it('is refused where its glyph is not in it, or it is no font and only glyph numbers say what is meant', async () => {
    const far = await refused(given(object('公', by(0, 1, '65000'))));
    expect(far).toMatchObject({ code: 'not-drawable', details: { page: 1 } });
    const none = { objects: object('公', by(0, 1, '3')), resources, parts: { 'Doc_0/Res/a.ttf': 'none' } };
    expect(await refused(none)).toMatchObject({ code: 'not-drawable' });
  });
});

describe('a font of cubic outlines (CFF), CID-keyed', () => {
  // 公, 开 and 密 of Noto Serif CJK SC (OFL 1.1), cut out with fonttools; the only such font in the tree.
  const font = readFileSync(fileURLToPath(new URL('../../../../../test/ofd/made/cff.otf', import.meta.url)));
  const face = readFace(font);
  const glyph = (character: string): number => face?.glyphOf(character.codePointAt(0) ?? 0) ?? 0;
  const glyphs = [...'公开'].map(glyph);
  const by = `<ofd:CGTransform CodePosition="0" CodeCount="2"><ofd:Glyphs>${glyphs.join(' ')}</ofd:Glyphs></ofd:CGTransform>`;
  const page = (file: string, bytes: Uint8Array, words: string, transform: string) =>
    drawn({
      objects: `<ofd:TextObject ID="8" Boundary="10 10 80 20" Font="91" Size="10">${transform}<ofd:TextCode X="0" Y="10" DeltaX="12">${words}</ofd:TextCode></ofd:TextObject>`,
      resources: `<ofd:Fonts><ofd:Font ID="91" FontName="自带"><ofd:FontFile>${file}</ofd:FontFile></ofd:Font></ofd:Fonts>`,
      parts: { [`Doc_0/Res/${file}`]: bytes },
    });

  it('is drawn by character, by glyph, and without its wrapping alike', async () => {
    const pages = [
      await page('a.otf', font, '公开', ''),
      await page('a.otf', font, '公开', by),
      await page('a.cff', face?.program(glyphs) ?? font, '公开', by),
    ];
    const looked = await Promise.all(pages.map((it) => seen(it)));
    const ink = looked.map(({ picture }) => picture.data.filter((it, i) => i % 4 === 0 && it < 128).length);
    expect(ink[0]).toBeGreaterThan(200);
    for (const { text: read, picture } of looked) {
      expect(read.replace(/\s/g, '')).toBe('公开');
      expect(Buffer.from(picture.data).equals(Buffer.from(looked[0]?.picture.data ?? []))).toBe(true);
    }
    expect(pages.flatMap((it) => it.substitutedFonts)).toEqual([]);
  });

  it('goes into the PDF without the outlines of what nobody reads', async () => {
    const all = face?.program([...'公开密'].map(glyph)) ?? font;
    const some = face?.program(glyphs) ?? font;
    expect(some.length).toBe(all.length);
    expect(deflateSync(some).length).toBeLessThan(deflateSync(all).length * 0.85);
  });
});

describe('a seal', () => {
  const der = (tag: number, body: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from([tag, 0x82, body.length >> 8, body.length & 255]), body]);
  const eslOf = (type: string, data: Uint8Array): Buffer =>
    der(
      0x30,
      der(
        0x30,
        Buffer.concat([
          der(0x16, Buffer.from(type)),
          der(4, data),
          der(2, Buffer.from([40])),
          der(2, Buffer.from([40])),
        ]),
      ),
    );
  const sealed = (esl: Uint8Array) => ({
    objects: text('公'),
    entry: '<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>',
    parts: {
      'Doc_0/Signs/Signatures.xml':
        '<Signatures><Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></Signatures>',
      'Doc_0/Signs/Sign_0/Signature.xml':
        '<Signature><SignedInfo><StampAnnot ID="1" PageRef="1" Boundary="50 30 40 40" Clip="0 0 20 40"/><Seal><BaseLoc>Seal.esl</BaseLoc></Seal></SignedInfo></Signature>',
      'Doc_0/Signs/Sign_0/Seal.esl': esl,
    },
  });

  it('that is an OFD itself is drawn into its box, cut as it says', async () => {
    const inner = handMadeOfd({ objects: square('Value="220 0 0"'), pageBox: '0 0 40 40' });
    const made = await drawn(sealed(eslOf('ofd', inner)));
    const { picture } = await seen(made);
    expect(made.drawn.seal).toBe(1);
    // The square of the seal lies from 60, 40 to 80, 60, of which the clip leaves the left half.
    expect(at(picture, 65, 50)).toEqual([220, 0, 0]);
    expect(at(picture, 75, 50)).toEqual(white);
    expect(at(picture, 55, 50)).toEqual(white);
  });

  it('is refused when it has no picture, or one that cannot be drawn', async () => {
    expect(await refused(sealed(Buffer.from('none')))).toMatchObject({
      code: 'not-drawable',
      details: { page: 1 },
    });
    expect(await refused(sealed(eslOf('svg', Buffer.from('<svg/>'))))).toMatchObject({
      code: 'not-drawable',
    });
  });
});

describe('paths, colours and pictures', () => {
  it.each([
    ['RGB', 'Value="200 0 0"', '', [200, 0, 0]],
    ['hexadecimal', 'Value="#00 #80 #FF"', '', [0, 128, 255]],
    ['grey', 'Value="128" ColorSpace="3"', '<ofd:ColorSpace ID="3" Type="GRAY"/>', [128, 128, 128]],
    [
      'a palette',
      'Index="1" ColorSpace="3"',
      '<ofd:ColorSpace ID="3" Type="RGB"><ofd:Palette><ofd:CV>0 0 0</ofd:CV><ofd:CV>10 200 30</ofd:CV></ofd:Palette></ofd:ColorSpace>',
      [10, 200, 30],
    ],
  ])('fills with %s', async (_, colour, space, expected) => {
    const { picture } = await seen(
      await drawn({ objects: square(colour), resources: `<ofd:ColorSpaces>${space}</ofd:ColorSpaces>` }),
    );
    expect(at(picture, 20, 20)).toEqual(expected);
    expect(at(picture, 35, 20)).toEqual(white);
  });

  it('draws arcs as SVG does: half a disc, filled', async () => {
    const { picture } = await seen(
      await drawn({
        objects: square('Value="0 0 255"').replace(/M 0 0.* C/, 'M 0 10 A 10 10 0 0 1 20 10 C'),
      }),
    );
    expect(at(picture, 20, 12)).toEqual([0, 0, 255]);
    expect(at(picture, 20, 22)).toEqual(white);
    expect(at(picture, 11, 11)).toEqual(white);
  });

  it('takes what is said from DrawParams, theirs before their parents’', async () => {
    const resources =
      '<ofd:DrawParams><ofd:DrawParam ID="1" LineWidth="9"><ofd:StrokeColor Value="0 255 0"/></ofd:DrawParam><ofd:DrawParam ID="2" Relative="1"><ofd:StrokeColor Value="255 0 255"/></ofd:DrawParam></ofd:DrawParams>';
    const objects =
      '<ofd:PathObject ID="6" DrawParam="2" Boundary="10 30 50 1"><ofd:AbbreviatedData>M 0 0 L 50 0</ofd:AbbreviatedData></ofd:PathObject>';
    const { picture } = await seen(await drawn({ objects, resources }));
    expect(at(picture, 30, 33)).toEqual([255, 0, 255]);
    expect(at(picture, 30, 36)).toEqual(white);
  });

  it('cuts by clips and blends by alpha', async () => {
    const clip =
      '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 10 20"><ofd:AbbreviatedData>M 0 0 L 10 0 L 10 20 L 0 20 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>';
    const objects = square('Value="255 0 0" Alpha="128"').replace(
      '<ofd:AbbreviatedData>',
      `${clip}<ofd:AbbreviatedData>`,
    );
    const { picture } = await seen(await drawn({ objects }));
    expect(at(picture, 15, 20)[1]).toBeGreaterThan(120);
    expect(at(picture, 15, 20)[1]).toBeLessThan(135);
    expect(at(picture, 25, 20)).toEqual(white);
  });

  it('draws gradients along an axis', async () => {
    const inner =
      '<ofd:AxialShd StartPoint="0 0" EndPoint="20 0" Extend="3"><ofd:Segment Position="0"><ofd:Color Value="255 0 0"/></ofd:Segment><ofd:Segment Position="1"><ofd:Color Value="0 0 255"/></ofd:Segment></ofd:AxialShd>';
    const { picture } = await seen(await drawn({ objects: square('', '', inner) }));
    const [left = 0, , leftBlue = 0] = at(picture, 11, 20);
    const [right = 0, , rightBlue = 0] = at(picture, 29, 20);
    expect(left).toBeGreaterThan(220);
    expect(rightBlue).toBeGreaterThan(220);
    expect(leftBlue + right).toBeLessThan(70);
  });

  it.each([
    ['Repeat', [255, 0, 0], [255, 0, 0]],
    ['Reflect', [255, 0, 0], [0, 0, 255]],
  ])('draws them again and again, or to and fro: %s every 10 mm', async (type, first, second) => {
    const inner = `<ofd:AxialShd MapType="${type}" MapUnit="10" StartPoint="0 0" EndPoint="20 0"><ofd:Segment Position="0.4"><ofd:Color Value="255 0 0"/></ofd:Segment><ofd:Segment Position="0.6"><ofd:Color Value="0 0 255"/></ofd:Segment></ofd:AxialShd>`;
    const { picture } = await seen(await drawn({ objects: square('', '', inner) }));
    // Up to four tenths of the unit it is all the first colour.
    expect(at(picture, 12, 20)).toEqual(first);
    expect(at(picture, 18, 20)).toEqual([0, 0, 255]);
    expect(at(picture, 22, 20)).toEqual(second);
  });

  it('lays templates below and notes above', async () => {
    const template = '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>';
    const made = await drawn({
      objects: square('Value="0 200 0"'),
      document: '<ofd:TemplatePage ID="77" BaseLoc="Tpls/T.xml"/>',
      page: '<ofd:Template TemplateID="77" ZOrder="Background"/>',
      parts: {
        'Doc_0/Tpls/T.xml': `${template}${square('Value="200 0 0"').replace('10 10 20 20', '20 10 20 20')}</ofd:Layer></ofd:Content></ofd:Page>`,
      },
    });
    const { picture } = await seen(made);
    expect(at(picture, 25, 20)).toEqual([0, 200, 0]);
    expect(at(picture, 35, 20)).toEqual([200, 0, 0]);
    expect(made.drawn.path).toBe(2);
  });

  it('leaves out only what no reader shows', async () => {
    const made = await drawn({
      objects: square('Value="0 0 0"', 'Visible="false"') + square('Value="0 0 0"', 'Alpha="0"'),
    });
    expect(made.drawn.path).toBe(0);
    expect(at((await seen(made)).picture, 20, 20)).toEqual(white);
  });
});

describe('what cannot be drawn as it is meant is refused with page and object', () => {
  const image = '<ofd:ImageObject ID="9" Boundary="0 0 10 10" ResourceID="4"/>';
  const media =
    '<ofd:MultiMedias><ofd:MultiMedia ID="4" Type="Image"><ofd:MediaFile>a.jb2</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>';
  it.each<[string, Parameters<typeof handMadeOfd>[0], string]>([
    ['an object of an unknown kind', { objects: '<ofd:VideoObject ID="3"/>' }, 'VideoObject ID=3'],
    [
      'JBIG2',
      {
        objects: image,
        resources: media,
        parts: { 'Doc_0/Res/a.jb2': Buffer.from('\x97JB2\r\n\x1a\n', 'latin1') },
      },
      'ImageObject ID=9 JBIG2',
    ],
    ['a picture that is not there', { objects: image }, 'ImageObject ID=9 ResourceID=4'],
    [
      'a gradient in triangles',
      { objects: square('', '', '<ofd:GouraudShd/>') },
      'PathObject ID=6 GouraudShd',
    ],
    [
      'a path with a letter that the standard does not have',
      { objects: square('Value="0 0 0"').replace('L 20 0', 'Z 20 0') },
      'PathObject ID=6 AbbreviatedData Z',
    ],
    [
      'a composite without its content',
      { objects: '<ofd:CompositeObject ID="2" ResourceID="8"/>' },
      'CompositeObject ID=2 ResourceID=8',
    ],
  ])('%s', async (_, given, object) => {
    expect(await refused(given)).toEqual({ code: 'not-drawable', details: { page: 1, object } });
  });

  it('a file without pages, with too many, without its parts', async () => {
    expect(await refused({ objects: '', pages: [] })).toMatchObject({ code: 'no-pages' });
    expect(await refused({ objects: '', pages: Array.from({ length: 11 }, () => '') })).toMatchObject({
      code: 'too-many-pages',
    });
    expect(await refused({ objects: '', parts: { 'Doc_0/Document.xml': '<a>' } })).toMatchObject({
      code: 'damaged',
    });
  });
});

describe('a damaged or hostile OFD', () => {
  const whole = unzipSync(
    handMadeOfd({
      objects: text('公开', 'DrawParam="1"', 'DeltaX="g 1 5"') + square('Value="9 9 9"'),
      resources:
        '<ofd:DrawParams><ofd:DrawParam ID="1" Relative="2"/><ofd:DrawParam ID="2" LineWidth="1"/></ofd:DrawParams>',
    }),
  );
  const names = Object.keys(whole);
  /** Attribute values and numbers that a program would not write. */
  const odd = fc.constantFrom(
    '',
    '-1',
    '0',
    'NaN',
    '1e308',
    '-1e308',
    '9'.repeat(400),
    'g 99999999 1',
    'a b c',
    '../../OFD.xml',
    '1',
    '\u0000',
  );

  it('is drawn or refused, and never throws (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(names.length - 1), fc.nat(2_000), odd), { minLength: 1, maxLength: 3 }),
        async (changes) => {
          const parts = new Map(
            Object.entries(whole).map(([name, body]) => [name, Buffer.from(body).toString()]),
          );
          for (const [part, place, value] of changes) {
            const name = names[part] ?? '';
            const body = parts.get(name) ?? '';
            const spots = [...body.matchAll(/"[^"]*"|>[^<]+</g)];
            const spot = spots[place % Math.max(1, spots.length)];
            if (spot === undefined) continue;
            const [first, last] = [spot[0][0] ?? '', spot[0].at(-1) ?? ''];
            parts.set(
              name,
              body.slice(0, spot.index) + first + value + last + body.slice(spot.index + spot[0].length),
            );
          }
          const bytes = zipSync(
            Object.fromEntries([...parts].map(([name, body]) => [name, Buffer.from(body)])),
          );
          const made = await ofdToPdf(bytes, limit);
          if (made.ok) expect((await withPdf(made.value.pdf, (pdf) => pdf.pages)).ok).toBe(true);
          else
            expect(made.error.code).toMatch(
              /^(?:damaged|not-drawable|glyph-missing|no-pages|too-many-pages)$/,
            );
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  it('is refused when its DrawParams or composites lead back to themselves', async () => {
    const resources = '<ofd:DrawParams><ofd:DrawParam ID="1" Relative="1"/></ofd:DrawParams>';
    expect(await refused({ objects: text('公', 'DrawParam="1"'), resources })).toMatchObject({
      code: 'not-drawable',
    });
    const composite = '<ofd:CompositeObject ID="2" ResourceID="8"/>';
    const unit = `<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="8"><ofd:Content>${composite}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>`;
    expect(await refused({ objects: composite, resources: unit })).toMatchObject({ code: 'not-drawable' });
    const twice = `<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="8"><ofd:Content>${composite.repeat(8)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>`;
    expect(await refused({ objects: composite, resources: twice })).toMatchObject({ code: 'not-drawable' });
  });

  it('is refused when its composites call each other without end in sight', async () => {
    const call = (unit: number): string => `<ofd:CompositeObject ID="2" ResourceID="${unit}"/>`;
    const unit = (id: number, content: string): string =>
      `<ofd:CompositeGraphicUnit ID="${id}"><ofd:Content>${content}</ofd:Content></ofd:CompositeGraphicUnit>`;
    const chain = Array.from({ length: 12 }, (_, at) => unit(100 + at, call(101 + at).repeat(10))).join('');
    const resources = `<ofd:CompositeGraphicUnits>${chain}${unit(112, text('公'))}</ofd:CompositeGraphicUnits>`;
    expect(await refused({ objects: call(100), resources })).toEqual({
      code: 'not-drawable',
      details: { page: 1, object: 'CompositeObject ID=2 > 200000 objects' },
    });
  }, 20_000);
});

describe('files that ofdrw made (test/ofd/MakeOfd.java)', () => {
  const file = (name: string): Uint8Array =>
    readFileSync(fileURLToPath(new URL(`../../../../../test/ofd/made/${name}`, import.meta.url)));
  it.each([
    ['notice.ofd', 2, { text: 17, path: 6, image: 2, composite: 0, annotation: 0, seal: 0 }],
    ['drawing.ofd', 1, { text: 2, path: 9, image: 1, composite: 0, annotation: 0, seal: 0 }],
    ['sealed.ofd', 3, { text: 9, path: 0, image: 0, composite: 0, annotation: 0, seal: 4 }],
  ])('%s: every object is drawn', async (name, pages, tally) => {
    const made = await ofdToPdf(file(name), limit);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    expect(made.value.drawn).toEqual(tally);
    const counted = await withPdf(made.value.pdf, (it) => it.pages);
    expect(counted).toEqual({ ok: true, value: pages });
    // The same bytes a second time.
    const again = await ofdToPdf(file(name), limit);
    expect(again.ok && Buffer.from(again.value.pdf).equals(Buffer.from(made.value.pdf))).toBe(true);
  });

  it('a seal is red where it was put', async () => {
    const made = await ofdToPdf(file('sealed.ofd'), limit);
    if (!made.ok) throw new Error('refused');
    const { picture } = await seen(made.value);
    // Its ring is one millimetre within the box of 42 mm at 120, 180.
    const [red = 0, green = 255] = at(picture, 121, 201);
    expect(red - green).toBeGreaterThan(100);
  });
});
