import { open } from 'node:fs/promises';
import type { FileType, Finding } from '@gongkai/core';
import { Collected } from '../office/collected.ts';
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
const walkPng = async (path: string, size: number, collected: Collected): Promise<number> => {
  let at = 8;
  for (let count = 0; at + 12 <= size && count < 200_000; count++) {
    const header = await read(path, at, 8);
    const length = header.readUInt32BE(0);
    const type = header.toString('latin1', 4);
    if (/^(?:tEXt|iTXt|zTXt|eXIf)$/.test(type)) {
      const text = (await read(path, at + 8, Math.min(length, 2_000)))
        .toString('utf8')
        .replace(/[^\p{L}\p{N}\p{P}\p{Zs}]+/gu, ' ');
      collected.add({
        kind: 'metadata',
        severity: 'low',
        rule: 'image-metadata',
        text,
        part: `PNG ${type}`,
        removedByRender: true,
      });
    }
    at += 12 + length;
    if (type === 'IEND') return at;
  }
  return refuse('damaged', { detail: 'PNG' });
};

const jpegMetadata = (head: Buffer, collected: Collected): void => {
  const exif = head.indexOf('Exif\0\0', 0, 'latin1');
  if (exif === -1) return;
  const tail = head.subarray(exif, exif + 4_000).toString('latin1');
  const text = (tail.match(/[\x20-\x7e]{4,}/g) ?? []).slice(0, 20).join(' ');
  collected.add({
    kind: 'metadata',
    severity: 'low',
    rule: 'image-metadata',
    text: text || 'EXIF',
    part: 'JPEG Exif',
    removedByRender: true,
  });
};

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
  let end = size;
  if (type === 'png') end = await walkPng(path, size, collected);
  if (type === 'jpg') {
    jpegMetadata(head, collected);
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
