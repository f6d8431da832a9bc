import { deflateSync } from 'node:zlib';
import {
  type HandMade,
  handMadePdf,
  line,
  streamObject,
  withRevision,
} from '../../packages/inspect/src/pdf/hand-made-pdf.ts';
import {
  handMadePhotograph,
  type Known,
} from '../../packages/inspect/src/photograph/hand-made-photograph.ts';
import { answer, type Leak, secret, shown } from './leak.ts';

const body = line('Notice of the town', 50, 550);
const hidden = line(secret, 50, 500);
/** The page is made with the secret, and with a harmless word in the open instead. */
const page = (content: string, more: Omit<HandMade, 'content'> = {}): Buffer =>
  handMadePdf({ ...more, content: body + content });

type Made = Omit<Leak, 'name' | 'leak' | 'control'> & {
  readonly leak: Buffer | string | (HandMade & { readonly content: string });
  readonly control: Buffer | string | (HandMade & { readonly content: string });
};
const made = (given: Made['leak']): Buffer =>
  typeof given === 'string' ? page(given) : Buffer.isBuffer(given) ? given : page(given.content, given);

const solid = streamObject(
  '/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8',
  '\u0000',
);
const image = { resources: '/XObject<</I 6 0 R>>', objects: [solid] };
const photograph = (filter: string, known: Known): Omit<HandMade, 'content'> => {
  const bytes = handMadePhotograph(known);
  const packed = filter.includes('Flate') ? deflateSync(bytes) : bytes;
  const size = '/Width 16/Height 16/BitsPerComponent 8/ColorSpace/DeviceGray';
  const picture = streamObject(
    `/Type/XObject/Subtype/Image${size}/Filter${filter}`,
    packed.toString('latin1'),
  );
  return { resources: image.resources, objects: [picture] };
};
const annotation = (dictionary: string, ...more: string[]): Omit<HandMade, 'content'> => ({
  page: '/Annots[6 0 R]',
  objects: [`<</Type/Annot${dictionary}>>`, ...more],
});
const blackBox = (kind: string): Omit<HandMade, 'content'> =>
  annotation(
    `/Subtype/${kind}/Rect[40 495 300 515]/AP<</N 7 0 R>>/C[0 0 0]/QuadPoints[40 515 300 515 40 495 300 495]`,
    streamObject('/Type/XObject/Subtype/Form/BBox[0 0 260 20]', '0 g 0 0 260 20 re f'),
  );
const layer = (state: string): Omit<HandMade, 'content'> => ({
  resources: '/Properties<</L 6 0 R>>',
  catalog: `/OCProperties<</OCGs[6 0 R]/D<<${state}>>>>`,
  objects: ['<</Type/OCG/Name(notes)>>'],
});
const slivers = (height: number, gap: number): string => {
  let drawn = '0 g ';
  for (let y = 495; y < 516; y += height + gap) drawn += `40 ${y.toFixed(2)} 260 ${height} re f `;
  return `${drawn}\n`;
};
const hatch = (step: number): string => {
  let drawn = '0 G 1 w ';
  for (let x = 30; x < 300; x += step) drawn += `${x} 490 m ${x + 20} 520 l `;
  return `${drawn}S\n`;
};
const field = (more: string): Omit<HandMade, 'content'> => ({
  catalog: '/AcroForm<</Fields[6 0 R]>>',
  ...annotation(`/Subtype/Widget/FT/Tx/T(f)${more}/Rect[10 10 90 30]/P 3 0 R`),
});

/** L, T, E, F and V, twice, in curves; the paint closes each of them or none. */
const outlined = (paint: string): string => {
  const shapes = ['0 0 10 0 10 2 2 2 2 12 0 12', '4 0 6 0 6 10 10 10 10 12 0 12 0 10 4 10'];
  shapes.push('0 0 9 0 9 2 2 2 2 5 7 5 7 7 2 7 2 10 9 10 9 12 0 12');
  shapes.push('0 0 2 0 2 5 7 5 7 7 2 7 2 10 9 10 9 12 0 12', '4 0 6 0 10 12 8 12 5 3 2 12 0 12');
  const letter = (points: string, index: number): string => {
    const at = points.match(/\d+ \d+/g) ?? [];
    const moved = at.map((point) => {
      const [x = 0, y = 0] = point.split(' ').map(Number);
      return `${x + 50 + index * 13} ${y + 400}`;
    });
    return `${moved[0]} m ${moved.slice(1).join(' l ')} l h ${paint}`;
  };
  return `0 g ${[...shapes, ...shapes].map(letter).join('')}`;
};
/** What a page may have without a letter in it: a table's lines and cells, and a row of dots. */
const rules = Array.from({ length: 12 }, (_, n) => `${50 + n * 13} 400 12 12 re S `).join('');
const dots = Array.from({ length: 12 }, (_, n) => {
  const x = 50 + n * 9;
  return `${x} 303 m ${x} 305 ${x + 1} 306 ${x + 3} 306 c ${x + 5} 306 ${x + 6} 305 ${x + 6} 303 c ${x + 6} 301 ${x + 5} 300 ${x + 3} 300 c ${x + 1} 300 ${x} 301 ${x} 303 c f `;
}).join('');

const leaks: readonly Made[] = [
  {
    what: 'text under a black bar',
    leak: `${hidden}0 g 40 495 260 20 re f\n`,
    control: `0 g 40 495 260 20 re f\n`,
    caught: answer('covered-text'),
  },
  {
    what: 'text under a white box',
    leak: `${hidden}1 g 40 495 260 20 re f\n`,
    control: `1 g 40 495 260 20 re f\n`,
    caught: answer('covered-text'),
  },
  {
    what: 'text under a bar in a form',
    leak: {
      content: `${hidden}/X Do\n`,
      resources: '/XObject<</X 6 0 R>>',
      objects: [streamObject('/Type/XObject/Subtype/Form/BBox[0 0 400 600]', '0 g 40 495 260 20 re f')],
    },
    control: {
      content: '/X Do\n',
      resources: '/XObject<</X 6 0 R>>',
      objects: [streamObject('/Type/XObject/Subtype/Form/BBox[0 0 400 600]', '0 g 40 495 260 20 re f')],
    },
    caught: answer('covered-text'),
  },
  {
    what: 'text under a thick line',
    leak: `${hidden}0 G 20 w 40 504 m 300 504 l S\n`,
    control: `0 G 20 w 40 504 m 300 504 l S\n`,
    caught: answer('covered-text'),
  },
  {
    what: 'text under slivers',
    leak: hidden + slivers(1.2, 0.1),
    control: slivers(1.2, 0.1),
    caught: answer('covered-text'),
  },
  {
    what: 'text under a hatch too dense to read',
    leak: hidden + hatch(1),
    control: hatch(1),
    caught: answer('covered-text'),
  },
  {
    what: 'text of which a sliver looks out beside its bar',
    leak: `${hidden}0 g 40 499 260 9.2 re f\n`,
    control: `0 g 40 499 260 9.2 re f\n`,
    caught: answer('covered-text'),
  },
  {
    what: 'text under a bar that lets a tenth through',
    leak: {
      content: `${hidden}/G gs 0 g 40 495 260 20 re f\n`,
      resources: '/ExtGState<</G<</ca 0.95/Type/ExtGState>>>>',
    },
    control: {
      content: '/G gs 0 g 40 495 260 20 re f\n',
      resources: '/ExtGState<</G<</ca 0.95/Type/ExtGState>>>>',
    },
    caught: answer('covered-text'),
  },
  {
    what: 'text under a picture',
    leak: { content: `${hidden}q 260 0 0 20 40 495 cm /I Do Q\n`, ...image },
    control: { content: 'q 260 0 0 20 40 495 cm /I Do Q\n', ...image },
    caught: answer('covered-text'),
  },
  {
    what: 'text on a turned page under a bar',
    leak: { content: `${hidden}0 g 40 495 260 20 re f\n`, page: '/Rotate 90' },
    control: { content: '0 g 40 495 260 20 re f\n', page: '/Rotate 90' },
    caught: answer('covered-text'),
  },
  {
    what: 'text under a square of a comment',
    leak: { content: hidden, ...blackBox('Square') },
    control: { content: '', ...blackBox('Square') },
    caught: answer('covered-by-annotation'),
  },
  {
    what: 'text under a black highlight',
    leak: { content: hidden, ...blackBox('Highlight') },
    control: { content: '', ...blackBox('Highlight') },
    caught: answer('covered-by-annotation'),
  },
  {
    what: 'text marked for redaction that was never applied',
    leak: { content: hidden, ...annotation('/Subtype/Redact/Rect[40 495 300 515]') },
    control: { content: '', ...annotation('/Subtype/Redact/Rect[40 495 300 515]') },
    caught: answer('unapplied-redaction'),
  },
  {
    what: 'white text',
    leak: line(secret, 50, 500, 12, '1 g 0 Tr'),
    control: '',
    caught: answer('white-text'),
  },
  {
    what: 'black text on a black ground',
    leak: `0 g 40 495 260 20 re f\n${hidden}`,
    control: `0 g 40 495 260 20 re f\n${line('Seen', 50, 500, 12, '1 g 0 Tr')}`,
    caught: answer('white-text'),
  },
  {
    what: 'text as good as transparent',
    leak: { content: `/G gs ${hidden}`, resources: '/ExtGState<</G<</ca 0.02/Type/ExtGState>>>>' },
    control: { content: '/G gs', resources: '/ExtGState<</G<</ca 0.02/Type/ExtGState>>>>' },
    caught: answer('white-text'),
  },
  {
    what: 'text half a point small',
    leak: line(secret, 50, 500, 0.5),
    control: '',
    caught: answer('tiny-text'),
  },
  {
    what: 'text cut away by its clip',
    leak: `q 300 300 20 20 re W n ${hidden}Q\n`,
    control: 'q 300 300 20 20 re W n Q\n',
    caught: answer('covered-text'),
  },
  { what: 'text beside the page', leak: line(secret, 50, 700), control: '', caught: answer('off-page-text') },
  {
    what: 'text outside the crop box',
    leak: { content: hidden, page: '/CropBox[0 520 400 600]' },
    control: { content: '', page: '/CropBox[0 520 400 600]' },
    caught: answer('off-page-text'),
  },
  {
    what: 'text that is not drawn (render mode 3)',
    leak: line(secret, 50, 500, 12, '0 g 3 Tr'),
    control: '',
    caught: answer('invisible-text'),
  },
  {
    what: 'text on a layer that is off',
    leak: { content: `/OC /L BDC ${hidden} EMC\n`, ...layer('/OFF[6 0 R]') },
    control: { content: `/OC /L BDC ${line('Seen', 50, 500)} EMC\n`, ...layer('/ON[6 0 R]') },
    caught: answer('layer-off'),
  },
  {
    what: 'the value of a field',
    leak: { content: '', ...field(`/V(${secret})`) },
    control: { content: '', ...field('') },
    caught: answer('pdf-form-value'),
  },
  {
    what: 'the value of a hidden field',
    leak: { content: '', ...field(`/F 2/V(${secret})`) },
    control: { content: '', ...field('/F 2') },
    caught: answer('pdf-form-value'),
  },
  {
    what: 'the value of a field that stands on no page',
    leak: { content: '', catalog: '/AcroForm<</Fields[6 0 R]>>', objects: [`<</FT/Tx/T(f)/V(${secret})>>`] },
    control: { content: '', catalog: '/AcroForm<</Fields[6 0 R]>>', objects: ['<</FT/Tx/T(f)>>'] },
    caught: answer('pdf-form-value'),
  },
  {
    what: 'what a field falls back to',
    leak: { content: '', ...field(`/DV(${secret})`) },
    control: { content: '', ...field('') },
    caught: answer('pdf-form-value'),
  },
  {
    what: 'a bookmark that says more than the page',
    leak: {
      content: '',
      catalog: '/Outlines 6 0 R',
      objects: [
        '<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>',
        `<</Title(${secret})/Parent 6 0 R/Dest[3 0 R/Fit]>>`,
      ],
    },
    control: {
      content: '',
      catalog: '/Outlines 6 0 R',
      objects: [
        '<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>',
        '<</Title(Notice of the town)/Parent 6 0 R/Dest[3 0 R/Fit]>>',
      ],
    },
    caught: answer('pdf-bookmark'),
  },
  {
    what: 'a comment',
    leak: { content: '', ...annotation(`/Subtype/Text/Rect[10 10 30 30]/Contents(${secret})`) },
    control: { content: '', ...annotation('/Subtype/Text/Rect[10 10 30 30]') },
    caught: answer('pdf-annotation'),
  },
  {
    what: 'a comment in rich text alone',
    leak: { content: '', ...annotation(`/Subtype/Text/Rect[10 10 30 30]/RC(<body>${secret}</body>)`) },
    control: { content: '', ...annotation('/Subtype/Text/Rect[10 10 30 30]') },
    caught: answer('pdf-annotation'),
  },
  {
    what: 'the author of the file',
    leak: { content: '', info: `/Author(${secret})` },
    control: { content: '', info: '/Producer(x)' },
    caught: shown('pdf-information'),
  },
  {
    what: 'a property of its own making',
    leak: { content: '', info: `/Reviewer(${secret})` },
    control: { content: '', info: '/Producer(x)' },
    caught: shown('pdf-information'),
  },
  {
    what: 'the creator in XMP',
    leak: {
      content: '',
      catalog: '/Metadata 6 0 R',
      objects: [streamObject('/Type/Metadata/Subtype/XML', `<x><dc:creator>${secret}</dc:creator></x>`)],
    },
    control: {
      content: '',
      catalog: '/Metadata 6 0 R',
      objects: [streamObject('/Type/Metadata/Subtype/XML', '<x></x>')],
    },
    caught: shown('pdf-xmp'),
  },
  {
    what: 'a thumbnail of what the page was',
    leak: {
      content: '',
      page: '/Thumb 6 0 R',
      objects: [streamObject('/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8', 'x')],
    },
    control: '',
    caught: shown('pdf-thumbnail'),
    untold: true,
  },
  {
    what: 'private data of a program',
    leak: { content: '', page: `/PieceInfo<</Word<</Private(${secret})/LastModified(D:2026)>>>>` },
    control: '',
    caught: shown('pdf-piece-info'),
    untold: true,
  },
  {
    what: 'an embedded file',
    leak: {
      content: '',
      catalog: '/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>',
      objects: [
        `<</Type/Filespec/F(${secret}.xlsx)/UF(${secret}.xlsx)/EF<</F 7 0 R>>>>`,
        streamObject('/Type/EmbeddedFile', 'x'),
      ],
    },
    control: '',
    caught: shown('pdf-attachment'),
  },
  {
    what: 'a file pinned to the page',
    leak: {
      content: '',
      ...annotation(
        `/Subtype/FileAttachment/Rect[10 10 30 30]/Contents(${secret})/FS<</Type/Filespec/F(a)/EF<</F 7 0 R>>>>`,
        streamObject('/Type/EmbeddedFile', 'x'),
      ),
    },
    control: '',
    caught: shown('pdf-attachment'),
  },
  {
    what: 'an earlier revision',
    leak: withRevision(handMadePdf({ content: body + hidden }), body),
    control: page(''),
    caught: shown('pdf-earlier-revision'),
  },
  {
    what: 'data behind the end',
    leak: Buffer.concat([page(''), Buffer.from(secret)]),
    control: page(''),
    caught: shown('pdf-data-after-end'),
    untold: true,
  },
  {
    what: 'a script',
    leak: { content: '', catalog: '/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>' },
    control: { content: '', catalog: '/OpenAction[3 0 R/Fit]' },
    caught: shown('pdf-action'),
    untold: true,
  },
  {
    what: 'a script in an object stream of its own',
    leak: {
      content: '',
      catalog: '/OpenAction 6 0 R',
      objects: ['<</S/J#61vaScript/JS 7 0 R>>', streamObject('', 'app.alert(1)')],
    },
    control: '',
    caught: shown('pdf-action'),
    untold: true,
  },
  {
    what: 'a program to launch',
    leak: { content: '', catalog: '/OpenAction<</S/Launch/F(cmd.exe)>>' },
    control: '',
    caught: shown('pdf-action'),
    untold: true,
  },
  {
    what: 'a form that sends itself',
    leak: { content: '', ...field('/AA<</K<</S/SubmitForm/F(http://h/)>>>>') },
    control: { content: '', ...field('') },
    caught: shown('pdf-action'),
    untold: true,
  },
  {
    what: 'a page on the web that opens by itself',
    leak: { content: '', catalog: '/OpenAction<</S/URI/URI(http://h/?who=reader)>>' },
    control: { content: '', catalog: '/OpenAction[3 0 R/Fit]' },
    caught: shown('pdf-action'),
    untold: true,
  },
  {
    what: 'a replacement text that says something else',
    leak: { content: `/Span<</ActualText(${secret})>>BDC ${line('Nothing', 50, 500)} EMC\n` },
    control: { content: `/Span<</ActualText(Nothing)>>BDC ${line('Nothing', 50, 500)} EMC\n` },
    caught: answer('pdf-actual-text'),
  },
  {
    what: 'a description of a picture',
    leak: {
      content: '',
      catalog: '/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>',
      objects: ['<</Type/StructTreeRoot/K 7 0 R>>', `<</Type/StructElem/S/Figure/P 6 0 R/Alt(${secret})>>`],
    },
    control: {
      content: '',
      catalog: '/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>',
      objects: ['<</Type/StructTreeRoot/K 7 0 R>>', '<</Type/StructElem/S/Figure/P 6 0 R>>'],
    },
    caught: answer('pdf-alternative-text'),
  },
  ...['/DCTDecode', '[/FlateDecode/DCTDecode]'].map((filter) => ({
    what: `who took a photograph (${filter})`,
    leak: { content: 'q 20 0 0 20 50 100 cm /I Do Q\n', ...photograph(filter, { artist: secret }) },
    control: { content: 'q 20 0 0 20 50 100 cm /I Do Q\n', ...photograph(filter, {}) },
    caught: shown('image-author'),
  })),
  {
    what: 'a page that is a picture',
    leak: { ...{ content: 'q 400 0 0 540 0 0 cm /I Do Q\n' }, ...image },
    control: '',
    caught: answer('not-searched'),
    untold: true,
  },
  {
    what: 'a picture with room for text on a page of text',
    leak: { content: 'q 200 0 0 300 50 100 cm /I Do Q\n', ...image },
    control: { content: 'q 20 0 0 20 50 100 cm /I Do Q\n', ...image },
    caught: answer('picture-not-searched'),
    untold: true,
  },
  {
    what: 'letters drawn as outlines, a path each, on a page of text',
    leak: outlined('f\n'),
    control: `${rules}${dots}`,
    caught: answer('outlines-not-searched'),
    untold: true,
  },
  {
    what: 'a line of letters drawn as one path on the slant',
    leak: `q 0.7 0.7 -0.7 0.7 200 0 cm ${outlined('')}f Q\n`,
    control: `q 0.7 0.7 -0.7 0.7 200 0 cm ${rules}${dots}Q\n`,
    caught: answer('outlines-not-searched'),
    untold: true,
  },
  {
    what: 'a file locked with a password',
    leak: Buffer.from(
      handMadePdf({
        content: body,
        trailer:
          '/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(12345678901234567890123456789012)/U(12345678901234567890123456789012)>>/ID[(a)(a)]',
      }),
    ),
    control: page(''),
    caught: { refused: 'encrypted' },
    untold: true,
  },
];

export const pdfLeaks: readonly Leak[] = leaks.map(({ leak, control, ...rest }) => ({
  ...rest,
  name: 'notice.pdf',
  leak: () => made(leak),
  control: () => made(control),
}));
