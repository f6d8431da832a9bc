import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { dpiOf, readExif, type Shot, upright } from './exif.ts';

export type Jpeg = {
  readonly width: number;
  readonly height: number;
  readonly shot: Shot;
  readonly bytes: Buffer;
};

const START_OF_SCAN = 0xda;
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/**
 * What decoding needs stays; EXIF (place, camera, thumbnail of what was cropped away), XMP, comments go. APP14 says
 * how CMYK is meant, APP2 is the colour profile.
 */
const isMetadata = (marker: number): boolean =>
  (marker >= 0xe0 && marker <= 0xef && marker !== 0xe0 && marker !== 0xe2 && marker !== 0xee) ||
  marker === 0xfe;

const damaged = (detail: string): Result<never, Refusal> =>
  err(refusal('damaged', { detail: `JPEG: ${detail}` }));

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
    if (!isMetadata(marker)) kept.push(segment);
    at += 2 + length;
  }
  const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
  if (size === undefined || size.width === 0 || size.height === 0) return damaged('no size');
  if (end < at) return damaged('no end');
  kept.push(bytes.subarray(at, end + 2));
  return ok({ ...size, shot, bytes: Buffer.concat(kept) });
};
