import { open } from 'node:fs/promises';
import type { Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { discardEngine, engine, withDocument } from '../pdf/engine.ts';
import { Refused, refuse } from './refused.ts';

const maxPages = 10_000;
/** 200 inches, the format's own limit (ISO 32000-1 annex C). */
const longestSide = 14_400;

const tailOf = async (path: string, size: number): Promise<Buffer> => {
  const file = await open(path, 'r');
  try {
    const length = Math.min(size, 66_000);
    const buffer = Buffer.alloc(length);
    await file.read(buffer, 0, length, size - length);
    return buffer;
  } finally {
    await file.close();
  }
};

/** A ZIP is found from its end: a record with a comment that reaches exactly to the end of the file. */
const endsAsZip = (tail: Buffer): boolean => {
  for (
    let at = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    at !== -1;
    at = tail.lastIndexOf('PK\x05\x06', at - 1, 'latin1')
  ) {
    if (at + 22 <= tail.length && tail.readUInt16LE(at + 20) === tail.length - at - 22) return true;
    if (at === 0) break;
  }
  return false;
};

/**
 * The outside of a PDF, before anything is rendered. What stands inside is found by `inspectPdf`.
 *
 * A file that only carries an owner password opens for everybody, the password merely asks programs not to
 * print or copy. That is a question for a person (who set it, and why), so it is a finding, not a refusal
 * (bad-inputs row 9).
 */
export const examinePdf = async (path: string, size: number, head: Buffer): Promise<Finding[]> => {
  const start = head.toString('latin1', 0, 1024);
  const firstObject = start.search(/\d+ \d+ obj/);
  if (/<html|<script|<!doctype|PK\x03\x04/i.test(firstObject === -1 ? start : start.slice(0, firstObject))) {
    refuse('polyglot', { detail: 'PDF + HTML/ZIP' });
  }
  if (endsAsZip(await tailOf(path, size))) refuse('polyglot', { detail: 'PDF + ZIP' });
  const running = await engine();
  try {
    const opened = withDocument(running, path, size, ({ handle }) => {
      const { api, runtime, scratch } = running;
      const pages = api.FPDF_GetPageCount(handle);
      if (pages <= 0) refuse('no-pages');
      if (pages > maxPages) refuse('too-many-pages', { pages, limit: maxPages });
      const form = api.FPDF_GetFormType(handle);
      if (form === 2 || form === 3) refuse('xfa-form');
      for (let index = 0; index < pages; index++) {
        if (!api.FPDF_GetPageSizeByIndexF(handle, index, scratch)) continue;
        const [width = 0, height = 0] = runtime.HEAPF32.subarray(scratch >> 2, (scratch >> 2) + 2);
        if (width > longestSide || height > longestSide) {
          refuse('image-too-large', {
            detail: `p. ${index + 1}: ${Math.round(width)}×${Math.round(height)} pt`,
          });
        }
      }
      return api.EPDF_IsEncrypted(handle);
    });
    if (!opened.ok)
      return opened.error === 'password' ? refuse('encrypted') : refuse('damaged', { detail: 'PDF' });
    return opened.value ? [restriction()] : [];
  } catch (error) {
    if (!(error instanceof Refused)) discardEngine();
    if (error instanceof Error && error.name === 'RuntimeError')
      refuse('damaged', { detail: error.message.slice(0, 100) });
    throw error;
  }
};

const restriction = (): Finding =>
  makeFinding({
    kind: 'metadata',
    severity: 'medium',
    rule: 'pdf-owner-password',
    sure: 1,
    text: 'owner password',
    part: 'Encrypt',
    removedByRender: false,
    why: {
      zh: 'PDF 设有权限密码（限制打印、复制）。出件后限制不再存在，请确认制作者同意。',
      en: 'The PDF has an owner password that restricts printing and copying. The release has no such limit; make sure that its maker agrees.',
    },
  });
