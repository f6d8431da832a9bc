import { open } from 'node:fs/promises';
import type { FileType, Finding } from '@gongkai/core';
import { Collected } from '../office/collected.ts';
import { photographFindings } from '../photograph/metadata.ts';
import { imageSize, isFlood } from './image-size.ts';
import { refuse } from './refused.ts';

const read = async (path: string, from: number, length: number): Promise<Buffer> => {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await file.read(buffer, 0, length, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** PNG: chunk by chunk, so that what stands behind IEND is seen. Returns where the picture ends. */
const endOfPng = async (path: string, size: number): Promise<number> => {
  let at = 8;
  for (let count = 0; at + 12 <= size && count < 200_000; count++) {
    const header = await read(path, at, 8);
    at += 12 + header.readUInt32BE(0);
    if (header.toString('latin1', 4) === 'IEND') return at;
  }
  return refuse('damaged', { detail: 'PNG' });
};

/** What a camera or a program says may stand anywhere; of what is larger than this, only its beginning is read. */
const mostRead = 64 * 1024 * 1024;

const hidden = /PK\x03\x04|%PDF-|<script|<html|<\?php|Rar!\x1a/i;

/** Examines png, jpg and tiff by their headers; no pixel is decoded. Throws `Refused`. */
export const examinePicture = async (
  path: string,
  size: number,
  type: FileType,
  head: Buffer,
): Promise<Finding[]> => {
  const found = imageSize(head) ?? imageSize(await read(path, 0, Math.min(size, 4 * 1024 * 1024)));
  if (!found) return refuse('damaged', { detail: type });
  if (found.width === 0 || found.height === 0) refuse('damaged', { detail: type });
  if (isFlood(found)) refuse('image-too-large', { detail: `${found.width}×${found.height}` });
  const collected = new Collected();
  collected.take(photographFindings(await read(path, 0, Math.min(size, mostRead)), type));
  let end = size;
  if (type === 'png') end = await endOfPng(path, size);
  if (type === 'jpg') {
    const from = Math.max(0, size - 65_536);
    const tail = await read(path, from, size - from);
    const last = tail.lastIndexOf(Buffer.from([0xff, 0xd9]));
    if (last === -1) refuse('damaged', { detail: 'JPEG' });
    end = from + last + 2;
    if (hidden.test(tail.toString('latin1'))) refuse('polyglot', { detail: 'JPEG + ?' });
  }
  if (size - end > 0) {
    const tail = (await read(path, end, Math.min(size - end, 65_536))).toString('latin1');
    if (hidden.test(tail)) refuse('polyglot', { detail: `${type} + ?` });
    if (tail.trim() !== '') {
      collected.add({
        kind: 'attachment',
        severity: 'low',
        rule: 'data-after-end',
        text: `${size - end} bytes`,
        part: type,
        removedByRender: true,
      });
    }
  }
  return collected.all();
};
