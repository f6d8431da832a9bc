import type { ReleasePlan } from '@gongkai/core';
import { PDFDocument } from 'pdf-lib';
import { type Character, withPdf } from '../pdfium/index.ts';
import { compileTypst } from '../typst/index.ts';

/** Test documents, made here so that every byte of them is known. Only tests import this file. */

export const stampOf = {
  indexNumber: '000014349/2026-00013',
  office: '三村镇人民政府',
  publishedOn: '2026-11-23',
  verifyUrl: 'https://gk.example.gov.cn/v/8K3F-2QXM',
  code: '8K3F-2QXM',
} as const;

export const plan = (over: Partial<ReleasePlan> = {}): ReleasePlan => ({
  redactions: [],
  metadata: { title: '财务收支情况公示', author: '三村镇人民政府', language: 'zh-CN' },
  createdAt: '2026-11-23T08:00:00+08:00',
  ...over,
});

/** Sets Typst markup; throws when the test itself is wrong. */
export const typeset = (body: string, page = 'margin: 80pt, width: 420pt, height: 595pt'): Uint8Array => {
  const source = `#set page(${page})\n#set text(font: "Noto Serif SC", size: 12pt, lang: "zh")\n${body}`;
  const made = compileTypst({ source, createdAt: new Date(0) });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
};

export const changed = async (
  pdf: Uint8Array,
  change: (document: PDFDocument) => unknown,
): Promise<Uint8Array> => {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  await change(document);
  return document.save();
};

export const look = async <T>(
  pdf: Uint8Array,
  see: (characters: Character[], page: number) => T,
): Promise<T[]> => {
  const seen = await withPdf(pdf, (open) =>
    Array.from({ length: open.pages }, (_, i) =>
      open.withPage(i + 1, (page) => see(page.characters(), i + 1)),
    ),
  );
  if (!seen.ok) throw new Error(JSON.stringify(seen.error));
  return seen.value.filter((it) => it !== undefined);
};

/** The text of every page as a reader copies it, without white space. */
export const textOf = (pdf: Uint8Array): Promise<string[]> =>
  look(pdf, (characters) =>
    characters
      .map(({ text }) => text)
      .join('')
      .replace(/\s/g, ''),
  );

/** A redaction of the first place where the words stand on a page, one point larger than their ink. */
export const redacting = async (
  pdf: Uint8Array,
  words: string,
  label = '个人隐私',
  page = 1,
): Promise<ReleasePlan['redactions'][number]> => {
  const pages = await look(pdf, (characters) => {
    const visible = characters.filter(({ text }) => text.trim() !== '');
    const start = visible
      .map(({ text }) => text)
      .join('')
      .indexOf(words);
    return start < 0 ? [] : visible.slice(start, start + words.length).map(({ box }) => box);
  });
  const boxes = pages[page - 1] ?? [];
  if (boxes.length === 0) throw new Error(`${words} does not stand on page ${page}`);
  const left = Math.min(...boxes.map((it) => it.left)) - 1;
  const top = Math.min(...boxes.map((it) => it.top)) - 1;
  const width = Math.max(...boxes.map((it) => it.right)) + 1 - left;
  const height = Math.max(...boxes.map((it) => it.bottom)) + 1 - top;
  return { id: words, file: 0, boxes: [{ page, x: left, y: top, width, height }], ground: 'privacy', label };
};
