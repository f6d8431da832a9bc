import { inflateSync } from 'node:zlib';
import type { Finding, Severity } from '@gongkai/core';
import ExifReader from 'exifreader';
import { makeFinding } from '../finding.ts';
import { innerPage, normalise } from '../text/normalised-text.ts';
import { searchText } from '../text/search-text.ts';

type Sort = 'place' | 'author' | 'device' | 'thumbnail' | 'other';

/** EXIF 2.32, IPTC IIM 4.2, XMP: the names that ExifReader gives them. What is none of these is `other`. */
const sorts: readonly (readonly [Sort, RegExp])[] = [
  ['place', /^GPS(?!Version)|latitude|longitude|altitude|city|location|province|state$|country/i],
  [
    'author',
    /artist|author|creator$|by-?line|owner|copyright|credit|writer|photographer|person|rights|publisher/i,
  ],
  ['device', /^make$|model|serial|software|computer|lens|firmware|creatortool|device/i],
];
/** Of the camera's settings and the file's build: numbers that say nothing about anybody. */
const technical =
  /^(?:exif version|jfif version|flashpix|image (?:width|height|length)|bits|samples|compression|photometric|orientation|(?:x|y|focal plane )resolution|resolution|ycbcr|color|pixel|components|strip|rows|planar|offset|interop|sub ?sec|thumbnail|jpeginterchange|shutter|aperture|brightness|exposure|metering|light ?source|flash|focal|sensing|scene|custom|white|digital zoom|gain|contrast|saturation|sharpness|subject (?:area|distance)|iso|fnumber|max|file|filetype|filter|interlace|_raw|exif ifd|gps info|padding|new ?subfile|recommended|sensitivity|encoding|photograph?ic|coded character|record version)/i;

const told: Readonly<Record<Sort, { rule: string; severity: Severity; why: { zh: string; en: string } }>> = {
  place: {
    rule: 'image-place',
    severity: 'medium',
    why: {
      zh: '图片里记着拍摄地点（坐标或地名）；转换和出件时去掉，出件检查会再查。',
      en: 'The picture says where it was taken. Conversion and rendering take that away, and the gate looks again.',
    },
  },
  author: {
    rule: 'image-author',
    severity: 'medium',
    why: {
      zh: '图片里记着拍摄者、作者或版权人；转换和出件时去掉。',
      en: 'The picture says who took or owns it; conversion and rendering take that away.',
    },
  },
  device: {
    rule: 'image-device',
    severity: 'low',
    why: {
      zh: '图片里记着相机、手机、序列号或软件；转换和出件时去掉。',
      en: 'The picture says which camera, telephone, serial number or program made it; rendering takes that away.',
    },
  },
  thumbnail: {
    rule: 'image-thumbnail',
    severity: 'medium',
    why: {
      zh: '图片里带有缩略图，可能是裁剪或涂改以前的样子；转换和出件时去掉。',
      en: 'The picture carries a thumbnail, perhaps of what was cropped away or painted over; rendering takes it away.',
    },
  },
  other: {
    rule: 'image-metadata',
    severity: 'low',
    why: {
      zh: '图片里带有说明、时间等附加信息；转换和出件时去掉。',
      en: 'The picture carries captions, times and the like; conversion and rendering take them away.',
    },
  },
};

type Tag = { readonly name: string; readonly text: string };

/** Long before a book is told in a caption. */
const longestTag = 2_000;
const mostTags = 400;

/** The thumbnail is told apart, and `pngTexts` reads what is compressed as well. */
const unasked: ReadonlySet<string> = new Set(['Thumbnail', 'file', 'png', 'pngText', 'pngFile']);

const tagsOf = (groups: object): Tag[] => {
  const { gps, ...others } = groups as { gps?: { Latitude?: number; Longitude?: number } };
  const place =
    gps?.Latitude === undefined || gps.Longitude === undefined
      ? []
      : [{ name: 'GPS', text: `${gps.Latitude.toFixed(5)}, ${gps.Longitude.toFixed(5)}` }];
  const rest = Object.entries(others).flatMap(([group, tags]) =>
    typeof tags !== 'object' || tags === null || unasked.has(group)
      ? []
      : Object.entries(tags).flatMap(([name, tag]: [string, { description?: unknown } | undefined]) => {
          const text = typeof tag?.description === 'string' ? tag.description.trim() : '';
          const coordinate = /^GPS(?:L|Info|Version|Alt)/.test(name) && place.length > 0;
          // Every JFIF head says how large its thumbnail is, mostly that there is none (ITU T.871 §10.1).
          const none = name.startsWith('JFIF Thumbnail') && text === '0px';
          return text === '' || coordinate || none || technical.test(name)
            ? []
            : [{ name, text: text.slice(0, longestTag) }];
        }),
  );
  return [...place, ...rest].slice(0, mostTags);
};

/** Comments of a JPEG; ExifReader does not tell them. */
const comments = (bytes: Buffer): Tag[] => {
  const found: Tag[] = [];
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return found;
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda; ) {
    const length = Math.max(2, bytes.readUInt16BE(at + 2));
    if (bytes[at + 1] === 0xfe)
      found.push({
        name: 'Comment',
        text: bytes.toString('utf8', at + 4, at + 2 + length).slice(0, longestTag),
      });
    at += 2 + length;
  }
  return found.slice(0, 20);
};

const unpacked = (bytes: Buffer): Buffer => {
  try {
    return inflateSync(bytes, { maxOutputLength: longestTag * 50 });
  } catch {
    return Buffer.from('(compressed)');
  }
};

/** tEXt, zTXt and iTXt, wherever they stand, after the PNG specification (W3C, third edition, §11.3.3). */
const pngTexts = (bytes: Buffer): Tag[] => {
  const found: Tag[] = [];
  if (bytes.length < 16 || bytes.readUInt32BE(0) !== 0x89504e47) return found;
  for (let at = 8; at + 8 <= bytes.length && found.length < 200; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + length));
    at += 12 + length;
    if (!/^[tzi](?:EXt|TXt)$/.test(type)) continue;
    const keyword = body.subarray(0, Math.max(0, body.indexOf(0)));
    const name = keyword.toString('latin1').slice(0, 80);
    if (name === 'XML:com.adobe.xmp') continue; // as XMP
    const rest = body.subarray(keyword.length + 1);
    const translated = rest.indexOf(0, rest.indexOf(0, 2) + 1);
    const value =
      type === 'tEXt'
        ? rest
        : type === 'zTXt'
          ? unpacked(rest.subarray(1))
          : rest[0] === 1
            ? unpacked(rest.subarray(translated + 1))
            : rest.subarray(translated + 1);
    const text = value.toString('utf8').trim().slice(0, longestTag);
    if (text !== '') found.push({ name, text });
  }
  return found;
};

const marks = /Exif\0\0|http:\/\/ns\.adobe\.com\/xap|Photoshop 3\.0\0|\0\0..(?:tEXt|zTXt|iTXt|eXIf)/s;

type Read = { readonly tags: readonly Tag[]; readonly thumbnail: boolean };
const read = (bytes: Buffer): Read => {
  let tags: Tag[] = [];
  let thumbnail = false;
  try {
    const groups = ExifReader.load(bytes, { expanded: true });
    tags = tagsOf(groups);
    thumbnail = groups.Thumbnail !== undefined;
  } catch {
    // None there, or written so that only another reader makes sense of it: then it is told without its words.
  }
  tags.push(...comments(bytes), ...pngTexts(bytes));
  if (tags.length === 0 && marks.test(bytes.toString('latin1', 0, 300_000)))
    tags.push({ name: '', text: 'EXIF' });
  return { tags, thumbnail };
};

const sortOf = ({ name }: Tag): Sort => sorts.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';

/**
 * What a JPEG, PNG or TIFF says besides its pixels: place, people, device, captions, a thumbnail; and what the detectors see in
 * those words. Its beginning is enough (EXIF stands in front); a file that is cut off is read as far as it goes.
 */
export const photographFindings = (bytes: Buffer, part: string): Finding[] => {
  const { tags, thumbnail } = read(bytes);
  const bySort = new Map<Sort, Tag[]>();
  for (const tag of tags) bySort.set(sortOf(tag), [...(bySort.get(sortOf(tag)) ?? []), tag]);
  if (thumbnail) bySort.set('thumbnail', [{ name: 'thumbnail', text: '缩略图 / thumbnail' }]);
  const whole = tags.map(({ text }) => text).join('\n');
  return [
    ...[...bySort].map(([sort, own]) =>
      makeFinding({
        kind: 'metadata',
        ...told[sort],
        sure: 1,
        text: [
          ...new Set(own.map(({ name, text }) => (sort === 'thumbnail' ? text : `${name} ${text}`.trim()))),
        ].join('；'),
        part,
        removedByRender: true,
      }),
    ),
    ...searchText(normalise(whole, innerPage), part).map((found) => ({ ...found, removedByRender: true })),
  ];
};
