import { readFile } from 'node:fs/promises';
import type { FileType, Finding } from '@gongkai/core';
import { type CFB$Container, read } from 'cfb';
import { refuse } from '../intake/refused.ts';
import { Collected } from './collected.ts';
import { checkCompoundLayout } from './compound-layout.ts';
import { readExcelStream } from './excel-records.ts';
import { readSummary } from './summary.ts';
import { readWordStream } from './word-binary.ts';

export type CompoundDocument = { readonly type: FileType; readonly findings: readonly Finding[] };

/** cfb needs the file in memory; the old formats are small. */
const most = 128 * 1024 * 1024;

const stream = (container: CFB$Container, name: string): Buffer | undefined => {
  const index = container.FullPaths.findIndex((path) => path.replace(/^[^/]*\//, '') === name);
  const content = index === -1 ? undefined : container.FileIndex[index]?.content;
  return content === undefined ? undefined : Buffer.from(content);
};

/** Examines an OLE compound file: doc, xls, ppt, and what WPS writes as .wps and .et. Throws `Refused`. */
export const examineCompound = async (path: string, size: number): Promise<CompoundDocument> => {
  if (size > most) refuse('too-large', { limit: `${most / 1024 / 1024} MB` });
  const bytes = await readFile(path);
  checkCompoundLayout(bytes);
  let container: CFB$Container;
  try {
    container = read(bytes, { type: 'buffer' });
  } catch {
    // What the library says of itself helps nobody.
    return refuse('damaged', { detail: 'OLE' });
  }
  const paths = container.FullPaths.map((full) => full.replace(/^[^/]*\//, ''));
  if (paths.some((name) => /^(?:EncryptedPackage|EncryptionInfo)$/.test(name))) refuse('encrypted');
  const code = paths.find((name) =>
    /(?:^|\/)(?:Macros|_VBA_PROJECT_CUR|VBA|_VBA_PROJECT)(?:\/|$)/.test(name),
  );
  if (code !== undefined) refuse('macros', { part: code });
  const object = paths.find((name) => /^(?:ObjectPool\/.+|MBD[0-9A-F]{8}\/.*)/.test(name));
  if (object !== undefined) refuse('embedded-object', { part: object.replace(/\/$/, '').slice(0, 80) });

  const collected = new Collected();
  for (const name of ['\u0005SummaryInformation', '\u0005DocumentSummaryInformation']) {
    const summary = stream(container, name);
    if (summary) readSummary(collected, summary, name.slice(1));
  }
  const word = stream(container, 'WordDocument');
  if (word) {
    readWordStream(collected, word, (name) => stream(container, name));
    return { type: 'doc', findings: collected.all() };
  }
  const workbook = stream(container, 'Workbook') ?? stream(container, 'Book');
  if (workbook) {
    readExcelStream(collected, workbook);
    return { type: 'xls', findings: collected.all() };
  }
  if (stream(container, 'PowerPoint Document')) {
    const user = stream(container, 'Current User');
    // headerToken of an encrypted presentation ([MS-PPT] 2.3.2)
    if (user && user.length >= 16 && user.readUInt32LE(12) === 0xf3d1c4df) refuse('encrypted');
    return { type: 'ppt', findings: collected.all() };
  }
  return refuse('type-not-accepted', { type: paths.includes('Contents') ? 'WPS (Microsoft Works)' : 'OLE' });
};
