import { open } from 'node:fs/promises';
import type { Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { innerPage, normalise } from '../text/normalised-text.ts';
import { searchText } from '../text/search-text.ts';
import { type Engine, withDocument } from './engine.ts';
import { identity } from './geometry.ts';
import { readCharacters } from './page-characters.ts';

export type FileEnds = {
  /** Offsets just behind every `%%EOF` that ends a revision, in order; the last is the current one. */
  readonly ends: readonly number[];
  readonly size: number;
  /** Bytes behind the last `%%EOF` that are not white space. */
  readonly trailing: number;
};

const block = 1 << 20;
/** Room for `startxref`, the offset and line ends. */
const before = 64;
const mostRevisions = 8;
const mostPages = 200;

/** Reads the file in blocks and notes where its revisions end. */
export const findEnds = async (path: string): Promise<FileEnds> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const ends: number[] = [];
    let linearized = false;
    const buffer = Buffer.alloc(before + block + 16);
    for (let offset = 0; offset < size; offset += block) {
      const from = Math.max(0, offset - before);
      const { bytesRead } = await file.read(buffer, 0, offset - from + block + 16, from);
      const view = buffer.subarray(0, bytesRead);
      if (offset === 0) linearized = view.subarray(0, 2048).includes('/Linearized');
      const mine = offset - from;
      for (
        let at = view.indexOf('%%EOF', mine);
        at !== -1 && at < mine + block;
        at = view.indexOf('%%EOF', at + 5)
      ) {
        // The same five letters in a comment or a stream end nothing.
        const lead = view.toString('latin1', Math.max(0, at - before), at);
        if (/startxref\s+\d+\s+$/.test(lead)) ends.push(from + at + 5);
      }
    }
    // The first %%EOF of a linearized file ends its first part, not a revision.
    if (linearized && ends.length > 1) ends.shift();
    const last = ends.at(-1) ?? size;
    const tail = Buffer.alloc(Math.min(size - last, 65_536));
    await file.read(tail, 0, tail.length, last);
    const trailing = tail.toString('latin1').trim() === '' ? 0 : size - last;
    return { ends, size, trailing };
  } finally {
    await file.close();
  }
};

const linesOf = (engine: Engine, path: string, length: number): string[] => {
  const opened = withDocument(engine, path, length, (document) => {
    const { api } = engine;
    const lines: string[] = [];
    const pages = Math.min(api.FPDF_GetPageCount(document.handle), mostPages);
    for (let index = 0; index < pages; index++) {
      const page = api.FPDF_LoadPage(document.handle, index);
      if (page === 0) continue;
      const characters = readCharacters(engine, page, identity);
      lines.push(...normalise(characters.map(({ text }) => text).join('')).text.split('\n'));
      api.FPDF_ClosePage(page);
    }
    return lines.map((line) => line.trim()).filter((line) => line !== '');
  });
  return opened.ok ? opened.value : [];
};

const why = {
  zh: 'PDF 保留了修改前的版本，其中有现在看不到的文字；出件时会去掉旧版本。',
  en: 'The PDF keeps an earlier revision with text that is no longer shown; rendering takes it away.',
};
const harmlessWhy = {
  zh: 'PDF 带有更早的版本，文字与现在相同（例如签名前的版本）。',
  en: 'The PDF holds an earlier revision with the same text (for example from before it was signed).',
};

/** @param now text of the current revision, a string a page, as it is read: full-width signs as they stand. */
export const earlierRevisions = (
  engine: Engine,
  path: string,
  { ends, size, trailing }: FileEnds,
  now: readonly string[],
): Finding[] => {
  const findings: Finding[] = [];
  if (trailing > 0) {
    findings.push(
      makeFinding({
        kind: 'earlier-revision',
        severity: 'low',
        rule: 'pdf-data-after-end',
        sure: 1,
        text: `${trailing} bytes`,
        part: 'after %%EOF',
        removedByRender: true,
        why: {
          zh: '文件结尾之后还有数据，出件时会去掉。',
          en: 'There is data behind the end of the file; rendering takes it away.',
        },
      }),
    );
  }
  const shown = new Set(
    now.flatMap((text) =>
      normalise(text)
        .text.split('\n')
        .map((line) => line.trim()),
    ),
  );
  for (const [index, end] of ends.slice(0, -1).slice(-mostRevisions).entries()) {
    if (end >= size) continue;
    const gone = linesOf(engine, path, end).filter((line) => !shown.has(line));
    const part = `revision ${index + 1}`;
    const lost = gone.join('\n');
    findings.push(
      makeFinding({
        kind: 'earlier-revision',
        severity: gone.length > 0 ? 'high' : 'low',
        rule: 'pdf-earlier-revision',
        sure: 1,
        text: lost || `%%EOF ${end}`,
        part,
        removedByRender: true,
        why: gone.length > 0 ? why : harmlessWhy,
      }),
      ...searchText(normalise(lost, innerPage), part).map((found) => ({ ...found, removedByRender: true })),
    );
  }
  return findings;
};
