/**
 * What a release may consist of (ISO 32000-1 names): every object that its catalogue leads to, with the keys that it may have and
 * what may stand under them. Nothing else is carried over, whatever a program wrote into the original: the renderer
 * takes away what is not named here, the gate refuses a release that has it.
 *
 * Numbers, truth values and names may stand everywhere. A string may stand where the kind is in `texts`. A list is of the kind of
 * its entries. `{x}` is a dictionary of x under names of its own.
 */
export type Shape = {
  readonly keys: Readonly<Record<string, string>>;
  /** It may be a stream; how its bytes are packed may be said besides. */
  readonly stream?: true;
  /** What stands under names of its own, whatever they are. */
  readonly every?: string;
};

const list = (words: string, kind = 'plain'): Record<string, string> =>
  Object.fromEntries(words.split(' ').map((word) => [word, kind]));

const texts: ReadonlySet<string> = new Set(['text', 'destination', 'colour', 'destinations', 'named-tag']);

const packed: Readonly<Record<string, string>> = { ...list('Length Filter'), DecodeParms: 'packing' };

const shapes: Readonly<Record<string, Shape>> = {
  catalogue: {
    keys: {
      ...list('Type Version PageMode PageLayout'),
      Pages: 'node',
      PageLabels: 'labels',
      Outlines: 'outline',
      Dests: '{destination}',
      Names: 'names',
      OutputIntents: 'intent',
      StructTreeRoot: 'tags',
      MarkInfo: 'marking',
      Metadata: 'metadata',
      Lang: 'text',
      ViewerPreferences: 'viewing',
      AcroForm: 'signing',
    },
  },
  marking: { keys: list('Marked Suspects') },
  viewing: { keys: list('DisplayDocTitle') },
  metadata: { keys: list('Type Subtype'), stream: true },
  intent: {
    keys: {
      ...list('Type S'),
      ...list('OutputCondition OutputConditionIdentifier RegistryName Info', 'text'),
      DestOutputProfile: 'profile',
    },
  },
  names: { keys: { Dests: 'destinations' } },
  destinations: { keys: { Kids: 'destinations', Names: 'destination', Limits: 'text' } },
  destination: { keys: { D: 'destination' } },
  labels: { keys: { Kids: 'labels', Nums: 'label', Limits: 'plain' } },
  label: { keys: { ...list('Type S St'), P: 'text' } },
  outline: { keys: { ...list('Type Count'), First: 'bookmark', Last: 'bookmark' } },
  bookmark: {
    keys: {
      ...list('Count C F'),
      ...list('Prev Next First Last', 'bookmark'),
      Parent: 'bookmark-or-outline',
      Title: 'text',
      Dest: 'destination',
      A: 'action',
    },
  },
  action: { keys: { ...list('Type S'), D: 'destination', URI: 'text' } },
  // A signature of the office, and no other field: what a person could fill in is drawn into the page.
  signing: { keys: { SigFlags: 'plain', Fields: 'signature-field' } },
  'signature-field': {
    keys: { ...list('Type Subtype FT Ff F Rect'), T: 'text', P: 'node', V: 'signature', AP: 'appearance' },
  },
  appearance: { keys: { N: 'drawing' } },
  signature: {
    keys: { ...list('Type Filter SubFilter ByteRange'), ...list('Contents M Name Reason Location', 'text') },
  },

  tree: {
    keys: {
      ...list('Type Count MediaBox CropBox Rotate'),
      ...list('Parent Kids', 'node'),
      Resources: 'resources',
    },
  },
  page: {
    keys: {
      ...list('Type MediaBox CropBox BleedBox TrimBox ArtBox Rotate Tabs StructParents UserUnit'),
      Parent: 'node',
      Resources: 'resources',
      Contents: 'content',
      Group: 'group',
      Annots: 'link-or-signature',
    },
  },
  link: {
    keys: {
      ...list('Type Subtype Rect Border C H QuadPoints F StructParent'),
      Dest: 'destination',
      A: 'action',
      BS: 'border',
    },
  },
  border: { keys: list('Type W S D') },
  group: { keys: { ...list('Type S I K'), CS: 'colour' } },
  content: { keys: {}, stream: true },
  resources: {
    keys: {
      ProcSet: 'plain',
      Font: '{font}',
      XObject: '{drawing}',
      ExtGState: '{state}',
      ColorSpace: '{colour}',
      Pattern: '{pattern}',
      Shading: '{shading}',
      Properties: '{property}',
    },
  },
  // Marked content whose words stand in the resources: tags, and what is no part of the text.
  property: {
    keys: { ...list('Type Subtype MCID BBox Attached'), ...list('Lang ActualText Alt E', 'text') },
  },

  image: {
    keys: {
      ...list('Type Subtype Width Height BitsPerComponent Intent ImageMask SMaskInData Decode Interpolate'),
      ...list('Matte Name StructParent'),
      ColorSpace: 'colour',
      Mask: 'image',
      SMask: 'image',
    },
    stream: true,
  },
  form: {
    keys: {
      ...list('Type Subtype FormType BBox Matrix Name StructParent StructParents'),
      Resources: 'resources',
      Group: 'group',
    },
    stream: true,
  },
  state: {
    keys: {
      ...list('Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK UseBlackPtComp'),
      Font: 'font',
      ...list('BG BG2 UCR UCR2 TR TR2', 'function'),
      SMask: 'soft-mask',
    },
  },
  'soft-mask': { keys: { ...list('Type S BC'), G: 'drawing', TR: 'function' } },
  function: {
    keys: {
      ...list('FunctionType Domain Range C0 C1 N Bounds Encode Size BitsPerSample Order Decode'),
      Functions: 'function',
    },
    stream: true,
  },
  tiling: {
    keys: {
      ...list('Type PatternType PaintType TilingType BBox XStep YStep Matrix'),
      Resources: 'resources',
    },
    stream: true,
  },
  'shading-pattern': { keys: { ...list('Type PatternType Matrix'), Shading: 'shading', ExtGState: 'state' } },
  shading: {
    keys: {
      ...list('ShadingType Background BBox AntiAlias Coords Domain Extend Matrix BitsPerCoordinate'),
      ...list('BitsPerComponent BitsPerFlag Decode VerticesPerRow'),
      ColorSpace: 'colour',
      Function: 'function',
    },
    stream: true,
  },
  calibration: { keys: list('WhitePoint BlackPoint Gamma Matrix Range') },
  profile: { keys: { ...list('N Range'), Alternate: 'colour' }, stream: true },
  inks: { keys: { Subtype: 'plain', Colorants: '{colour}', Process: 'process' } },
  process: { keys: { Components: 'plain', ColorSpace: 'colour' } },
  table: { keys: {}, stream: true },
  packing: {
    keys: {
      ...list(
        'Predictor Colors Columns BitsPerComponent EarlyChange K BlackIs1 Rows EndOfLine EncodedByteAlign',
      ),
      ...list('EndOfBlock DamagedRowsBeforeError ColorTransform'),
      JBIG2Globals: 'table',
    },
  },

  font: {
    keys: {
      ...list('Type Subtype BaseFont Name FirstChar LastChar Widths FontBBox FontMatrix'),
      FontDescriptor: 'descriptor',
      Encoding: 'encoding',
      ToUnicode: 'characters',
      DescendantFonts: 'glyphs',
      CharProcs: '{content}',
      Resources: 'resources',
    },
  },
  glyphs: {
    keys: {
      ...list('Type Subtype BaseFont DW W DW2 W2'),
      CIDSystemInfo: 'ordering',
      FontDescriptor: 'descriptor',
      CIDToGIDMap: 'table',
    },
  },
  ordering: { keys: { Supplement: 'plain', Registry: 'text', Ordering: 'text' } },
  descriptor: {
    keys: {
      ...list(
        'Type FontName FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight',
      ),
      ...list('XHeight StemV StemH AvgWidth MaxWidth MissingWidth Lang'),
      ...list('FontFamily CharSet', 'text'),
      ...list('FontFile FontFile2 FontFile3', 'font-file'),
      CIDSet: 'table',
      Style: 'style',
    },
  },
  style: { keys: { Panose: 'text' } },
  'font-file': { keys: list('Subtype Length1 Length2 Length3'), stream: true },
  encoding: {
    keys: {
      ...list('Type BaseEncoding Differences CMapName WMode'),
      CIDSystemInfo: 'ordering',
      UseCMap: 'encoding',
    },
    stream: true,
  },
  characters: {
    keys: { ...list('Type CMapName WMode'), CIDSystemInfo: 'ordering', UseCMap: 'characters' },
    stream: true,
  },

  tags: {
    keys: {
      ...list('Type ParentTreeNextKey'),
      K: 'tag',
      ParentTree: 'tags-by-number',
      IDTree: 'tags-by-name',
      RoleMap: '{plain}',
      ClassMap: '{attributes}',
      Namespaces: 'namespace',
    },
  },
  'tags-by-number': { keys: { Kids: 'tags-by-number', Nums: 'tag', Limits: 'plain' } },
  'tags-by-name': { keys: { Kids: 'tags-by-name', Names: 'named-tag', Limits: 'text' } },
  element: {
    keys: {
      ...list('Type S C R'),
      P: 'tag',
      K: 'tag',
      Pg: 'node',
      A: 'attributes',
      NS: 'namespace',
      ...list('ID Lang Alt E ActualText', 'text'),
    },
  },
  'marked-content': { keys: { ...list('Type MCID'), Pg: 'node', Stm: 'drawing' } },
  'object-reference': { keys: { Type: 'plain', Pg: 'node', Obj: 'tagged-object' } },
  attributes: {
    keys: {
      ...list(
        'O Placement WritingMode BackgroundColor BorderColor BorderStyle BorderThickness Padding Color',
      ),
      ...list(
        'SpaceBefore SpaceAfter StartIndent EndIndent TextIndent TextAlign BBox Width Height BlockAlign',
      ),
      ...list('InlineAlign TBorderStyle TPadding BaselineShift LineHeight TextDecorationColor TextPosition'),
      ...list('TextDecorationThickness TextDecorationType RubyAlign RubyPosition GlyphOrientationVertical'),
      ...list('ColumnCount ColumnGap ColumnWidths ListNumbering ContinuedList Scope RowSpan ColSpan'),
      ...list('Type Subtype Attached'),
      ...list('Headers Summary ContinuedFrom Short', 'text'),
      NS: 'namespace',
    },
  },
  namespace: { keys: { Type: 'plain', NS: 'text', RoleMapNS: '{plain}' } },
};

/** Kinds that are told by what stands in them: key, its value (`*`: any; no key: otherwise), and what it then is. */
const choices: Readonly<Record<string, readonly (readonly [key: string, value: string, kind: string])[]>> = {
  node: [
    ['Kids', '*', 'tree'],
    ['', '*', 'page'],
  ],
  'bookmark-or-outline': [
    ['Title', '*', 'bookmark'],
    ['', '*', 'outline'],
  ],
  'link-or-signature': [
    ['Subtype', 'Link', 'link'],
    ['FT', 'Sig', 'signature-field'],
  ],
  // It names a page, a string of the tree of names, or says more of itself.
  destination: [
    ['Type', 'Page', 'page'],
    ['MediaBox', '*', 'page'],
    ['Contents', '*', 'page'],
    ['', '*', 'destination'],
  ],
  drawing: [
    ['Subtype', 'Image', 'image'],
    ['Subtype', 'Form', 'form'],
  ],
  pattern: [
    ['PatternType', '1', 'tiling'],
    ['PatternType', '2', 'shading-pattern'],
  ],
  colour: [
    ['FunctionType', '*', 'function'],
    ['N', '*', 'profile'],
    ['WhitePoint', '*', 'calibration'],
    ['PatternType', '*', 'pattern'],
    ['', 'stream', 'table'],
    ['', '*', 'inks'],
  ],
  tag: [
    ['Type', 'StructTreeRoot', 'tags'],
    ['Type', 'OBJR', 'object-reference'],
    ['Obj', '*', 'object-reference'],
    ['MCID', '*', 'marked-content'],
    ['', '*', 'element'],
  ],
  'named-tag': [['', '*', 'element']],
  'tagged-object': [
    ['Subtype', 'Link', 'link'],
    ['Subtype', 'Image', 'image'],
    ['Subtype', 'Form', 'form'],
  ],
};

/** An object as this file must know it: whether it is a stream, and what stands under a key, `''` for what is no name or number. */
export type Seen = { readonly stream: boolean; readonly wordUnder: (key: string) => string | undefined };

/** What an object of this kind may have; undefined where such an object may not stand at all. */
export const shapeOf = (kind: string, { stream, wordUnder }: Seen): Shape | undefined => {
  const every = /^\{(.+)\}$/.exec(kind)?.[1];
  if (every !== undefined) return stream ? undefined : { keys: {}, every };
  const chosen = choices[kind]?.find(([key, value]) => {
    if (key === '') return value === '*' || stream;
    const there = wordUnder(key);
    return there !== undefined && (value === '*' || there === value);
  })?.[2];
  const shape = shapes[chosen ?? kind];
  return stream && !shape?.stream ? undefined : shape;
};

/** What may stand under a key of such an object; undefined: the key may not be there. */
export const kindUnder = (shape: Shape, key: string, stream: boolean): string | undefined =>
  shape.every ?? shape.keys[key] ?? (stream ? packed[key] : undefined);

export const mayHaveText = (kind: string): boolean => texts.has(kind);
