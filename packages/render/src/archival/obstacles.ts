import type { ArchivalObstacle } from '@gongkai/core';
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import { decoded } from '../layer/index.ts';
import type { Use } from './content-use.ts';
import { fontFault } from './font-check.ts';

const name = (text: string): PDFName => PDFName.of(text);

const blendModes = new Set(
  (
    'Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference ' +
    'Exclusion Hue Saturation Color Luminosity'
  ).split(' '),
);
const intents = new Set(['RelativeColorimetric', 'AbsoluteColorimetric', 'Perceptual', 'Saturation']);
const filters = new Set(
  'FlateDecode DCTDecode CCITTFaxDecode JBIG2Decode RunLengthDecode ASCIIHexDecode ASCII85Decode'.split(' '),
);

type Found = ArchivalObstacle | undefined;
const colour = (what: string): ArchivalObstacle => ({ kind: 'colour', what });
const picture = (what: string): ArchivalObstacle => ({ kind: 'picture', what });
const content = (what: string): ArchivalObstacle => ({ kind: 'content', what });

/** pdf-lib has one object for each name, and a document uses few names very often. */
const sound = new WeakSet<PDFName>();

/** 6.1.13: what a reader must be able to hold. */
const tooLarge = (object: PDFObject): Found => {
  if (object instanceof PDFNumber) {
    const value = Math.abs(object.asNumber());
    const most = Number.isInteger(value) ? 2 ** 31 - 1 : 3.403e38;
    return value > most ? content('a number too large') : undefined;
  }
  if (object instanceof PDFHexString && object.asString().replace(/\s/g, '').length % 2 === 1)
    return content('half a byte');
  if (object instanceof PDFString || object instanceof PDFHexString)
    return object.asBytes().length > 32_767 ? content('a string too long') : undefined;
  if (object instanceof PDFName) {
    if (sound.has(object)) return undefined;
    if (Buffer.byteLength(object.decodeText()) > 127) return content('a name too long');
    sound.add(object);
  }
  return undefined;
};

/** 6.2.4.2: an ICC profile of a kind and version that the standard knows, for as many colours as it says. */
const profileFault = (array: PDFArray): Found => {
  const stream = array.lookup(1);
  if (!(stream instanceof PDFStream)) return colour('ICC');
  const bytes = decoded(stream);
  if (bytes === undefined || bytes.length < 128) return colour('ICC');
  const header = Buffer.from(bytes.subarray(0, 128)).toString('latin1');
  const [kind, space] = [header.slice(12, 16), header.slice(16, 20)];
  const parts = stream.dict.lookup(name('N'));
  const wanted = { GRAY: 1, 'RGB ': 3, 'Lab ': 3, CMYK: 4 }[space];
  const sound =
    ['mntr', 'prtr', 'scnr', 'spac'].includes(kind) &&
    (bytes[8] ?? 9) < 5 &&
    parts instanceof PDFNumber &&
    parts.asNumber() === wanted;
  return sound ? undefined : colour('ICC');
};

/** 6.2.4.4: every ink of a DeviceN space is described. */
const inkFault = (array: PDFArray): Found => {
  const [inks, more] = [array.lookup(1), array.lookup(4)];
  const described = more instanceof PDFDict ? more.lookup(name('Colorants')) : undefined;
  const all =
    inks instanceof PDFArray &&
    inks.size() <= 32 &&
    described instanceof PDFDict &&
    inks.asArray().every((ink) => ink instanceof PDFName && (described.has(ink) || ink === name('None')));
  return all ? undefined : colour('DeviceN');
};

const dictFault = (dict: PDFDict): Found => {
  const kind = dict.lookup(name('Type'));
  const below = dict.lookup(name('Subtype'));
  if (dict.has(name('TR'))) return content('TR');
  const transfer = dict.lookup(name('TR2'));
  if (transfer !== undefined && transfer !== name('Default')) return content('TR2');
  const blend = dict.lookup(name('BM'));
  if (blend !== undefined && !(blend instanceof PDFName && blendModes.has(blend.decodeText())))
    return content('BM');
  for (const key of ['RI', 'Intent']) {
    const intent = dict.lookup(name(key));
    if (intent instanceof PDFName && kind !== name('OCG') && !intents.has(intent.decodeText()))
      return content(key);
  }
  if (below === name('PS') || dict.has(name('PS')) || dict.lookup(name('Subtype2')) === name('PS'))
    return content('PostScript');
  return undefined;
};

const streamFault = (stream: PDFStream): Found => {
  const { dict } = stream;
  const filter = dict.lookup(name('Filter'));
  const all = filter instanceof PDFArray ? filter.asArray().map((_, i) => filter.lookup(i)) : [filter];
  const other = all.find(
    (it) => it !== undefined && !(it instanceof PDFName && filters.has(it.decodeText())),
  );
  if (other !== undefined) return picture(other instanceof PDFName ? other.decodeText() : 'Filter');
  if (dict.lookup(name('Subtype')) !== name('Image')) return undefined;
  const bits = dict.lookup(name('BitsPerComponent'));
  const mask = String(dict.lookup(name('ImageMask'))) === 'true';
  if (bits instanceof PDFNumber && !(mask ? [1] : [1, 2, 4, 8, 16]).includes(bits.asNumber()))
    return picture('BitsPerComponent');
  return undefined;
};

const faultsIn = (document: PDFDocument): ArchivalObstacle[] => {
  const found: ArchivalObstacle[] = [];
  const note = (...faults: readonly Found[]): void => {
    for (const one of faults) if (one !== undefined) found.push(one);
  };
  const inks = new Map<string, string>();
  const [cmykProfiles, overprints]: [boolean[], boolean[]] = [[], []];
  const visit = (object: PDFObject): void => {
    note(tooLarge(object));
    if (object instanceof PDFStream) {
      note(streamFault(object), dictFault(object.dict));
      for (const pair of object.dict.entries()) for (const one of pair) visit(one);
    } else if (object instanceof PDFDict) {
      note(dictFault(object));
      const mode = object.lookup(name('OPM'));
      if (mode instanceof PDFNumber && mode.asNumber() === 1) overprints.push(true);
      for (const pair of object.entries()) for (const one of pair) visit(one);
    } else if (object instanceof PDFArray) {
      const first = object.size() > 1 ? object.get(0) : undefined;
      if (first === name('ICCBased')) {
        note(profileFault(object));
        const profile = object.lookup(1);
        const parts = profile instanceof PDFStream ? profile.dict.lookup(name('N')) : undefined;
        if (parts instanceof PDFNumber && parts.asNumber() === 4) cmykProfiles.push(true);
      }
      if (first === name('DeviceN')) note(inkFault(object));
      if (first === name('Separation') && object.size() >= 4) {
        const [ink, rest] = [String(object.get(1)), `${object.get(2)} ${object.get(3)}`];
        if ((inks.get(ink) ?? rest) !== rest) note(colour('Separation'));
        inks.set(ink, rest);
      }
      for (const one of object.asArray()) visit(one);
    } else if (object === name('DeviceCMYK') || object === name('CalCMYK')) note(colour('CMYK'));
  };
  for (const [, object] of document.context.enumerateIndirectObjects()) visit(object);
  if (cmykProfiles.length > 0 && overprints.length > 0) note(colour('OPM'));
  for (const page of document.getPages()) {
    // A page without a size was A4 or Letter to some reader: the standard wants it said (6.1.13).
    const box = page.node.getInheritableAttribute(name('MediaBox'));
    const given = box && document.context.lookup(box);
    // Anything but four numbers makes pdf-lib throw.
    const sized =
      given instanceof PDFArray &&
      given.size() === 4 &&
      given.asArray().every((it) => document.context.lookup(it) instanceof PDFNumber);
    const { width, height } = sized ? page.getMediaBox() : { width: 0, height: 0 };
    if (Math.min(width, height) < 3 || Math.max(width, height) > 14_400) note(content('MediaBox'));
  }
  return found;
};

/** The name that readers show for a font, without the six letters of a subset. */
const titleOf = (font: PDFDict): string => {
  const called = font.lookup(name('BaseFont')) ?? font.lookup(name('Name'));
  return called instanceof PDFName ? called.decodeText().replace(/^[A-Z]{6}\+/, '') : '?';
};

/** What stands against calling a document PDF/A-2b. What cannot be told for sure stands against it. */
export const obstacles = (document: PDFDocument, use: Use): ArchivalObstacle[] => {
  const found = faultsIn(document);
  if (use.printingColours) found.push(colour('CMYK'));
  for (const what of use.strange) found.push(content(what));
  if (use.deep) found.push(content('q'));
  for (const [font, shown] of use.shown) {
    const fault = fontFault(font, shown);
    if (fault === undefined) continue;
    found.push({ kind: fault === 'not-embedded' ? 'font-not-embedded' : 'font', what: titleOf(font) });
  }
  return [...new Map(found.map((one) => [`${one.kind} ${one.what}`, one])).values()];
};
