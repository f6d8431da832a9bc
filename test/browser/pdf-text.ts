import { spawnSync } from 'node:child_process';
import { inspectPdf } from '@gongkai/inspect';

/** All text that can be got out of a PDF, without white space: pdfium's, and poppler's where that is installed. */
export const textsOf = async (path: string): Promise<readonly string[]> => {
  const read = await inspectPdf({ path });
  if (!read.ok) throw new Error(read.error.code);
  const poppler = spawnSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8', timeout: 60_000 });
  const texts = [read.value.pages.map(({ text }) => text).join('\n')];
  if (poppler.status === 0) texts.push(poppler.stdout);
  return texts.map((text) => text.replaceAll(/\s/g, ''));
};
