import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { dpiOf, readExif, type Shot, upright } from './exif.ts';

export type Jpeg = {
  readonly width: number;
  readonly height: number;
  readonly shot: Shot;
  readonly bytes: Buffer;
};

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Of the application segments, what decoding needs: density, colour profile, how CMYK is meant. */
const needed: ReadonlyMap<number, string> = new Map([
  [0xe0, 'JFIF\0'],
  [0xe2, 'ICC_PROFILE\0'],
  [0xee, 'Adobe'],
]);
const COMMENT = 0xfe;
/** EXIF (place, camera, thumbnail of what was cropped away), XMP, IPTC, previews, comments. `segment` begins with its marker. */
const isMetadata = (segment: Buffer): boolean => {
  const marker = segment[1] ?? 0;
  if (marker === COMMENT) return true;
  if (marker < 0xe0 || marker > 0xef) return false;
  const label = needed.get(marker);
  return label === undefined || segment.toString('latin1', 4, 4 + label.length) !== label;
};

const damaged = (detail: string): Result<never, Refusal> =>
  err(refusal('damaged', { detail: `JPEG: ${detail}` }));

/**
 * From the first scan to the end of this one picture. What cameras put behind it (a second picture, whole, of what was cropped
 * here) and comments between scans are left. A picture that is cut off stays so.
 */
const scans = (bytes: Buffer, start: number): Buffer[] => {
  const kept: Buffer[] = [];
  let from = start;
  let at = start;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    const marker = at === -1 ? undefined : bytes[at + 1];
    if (marker === undefined) return [...kept, bytes.subarray(from)];
    const isData = marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7);
    if (isData) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker === END_OF_IMAGE) return [...kept, bytes.subarray(from, at + 2)];
    const next = at + 2 + Math.max(2, at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 2);
    if (isMetadata(bytes.subarray(at, next))) {
      kept.push(bytes.subarray(from, at));
      from = next;
    }
    at = next;
  }
};

/**
 * The same picture as it stands in a PDF, where readers show what readJpeg would refuse: nothing of it is judged, only what
 * decoding does not need is left. Undefined when there was nothing to leave.
 */
export const withoutMetadata = (bytes: Buffer): Buffer | undefined => {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== START_OF_SCAN) {
    const marker = bytes[at + 1] ?? 0;
    const next = marker === 0xff ? at + 1 : at + 2 + Math.max(2, bytes.readUInt16BE(at + 2));
    const segment = bytes.subarray(at, next);
    if (!isMetadata(segment)) kept.push(segment);
    at = next;
  }
  const bare = Buffer.concat([...kept, ...scans(bytes, Math.min(at, bytes.length))]);
  return bare.length < bytes.length ? bare : undefined;
};

/**
 * Reads size, orientation and resolution, and gives the picture back without metadata and without anything after its
 * end (ITU T.81 Annex B). The picture itself is not decoded again, so nothing of its quality is lost.
 */
export const readJpeg = (bytes: Buffer): Result<Jpeg, Refusal> => {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return damaged('no start');
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let shot: Shot = upright;
  let size: { width: number; height: number } | undefined;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return damaged(`no marker at byte ${at}`);
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    const segment = bytes.subarray(at, at + 2 + length);
    if (length < 2 || segment.length < 2 + length) return damaged('segment cut off');
    if (marker === START_OF_SCAN) break;
    if (isFrame(marker) && length >= 8)
      size = { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) };
    if (
      marker === 0xe0 &&
      segment.toString('latin1', 4, 8) === 'JFIF' &&
      length >= 14 &&
      shot.dpi === undefined
    ) {
      const unit = segment[11];
      shot = { ...shot, dpi: dpiOf(segment.readUInt16BE(12), unit === 0 ? 1 : unit === 2 ? 3 : 2) };
    }
    if (marker === 0xe1 && segment.toString('latin1', 4, 8) === 'Exif') {
      const exif = readExif(segment.subarray(10));
      shot = { orientation: exif.orientation, dpi: exif.dpi ?? shot.dpi };
    }
    if (!isMetadata(segment)) kept.push(segment);
    at += 2 + length;
  }
  const end = bytes.lastIndexOf(Buffer.from([0xff, END_OF_IMAGE]));
  if (size === undefined || size.width === 0 || size.height === 0) return damaged('no size');
  if (end < at) return damaged('no end');
  kept.push(...scans(bytes, at));
  return ok({ ...size, shot, bytes: Buffer.concat(kept) });
};
