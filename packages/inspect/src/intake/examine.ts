import { open, readFile } from 'node:fs/promises';
import {
  type Examination,
  err,
  type FileType,
  type Finding,
  ok,
  type Refusal,
  type Result,
} from '@gongkai/core';
import { distinct } from '../finding.ts';
import { examineCompound } from '../office/compound.ts';
import { examinePackage } from '../office/package.ts';
import { readSignatures } from '../signature/index.ts';
import { examineName, extensionOf } from './file-name.ts';
import { examinePdf } from './pdf-file.ts';
import { examinePicture } from './picture.ts';
import { examineText } from './plain-text.ts';
import { Refused, refuse } from './refused.ts';
import { examineRichText } from './rich-text.ts';
import { sniff } from './sniff.ts';

const defaultLimit = 100 * 1024 * 1024;
const headBytes = 65_536;

/** Extension → the types that its content may have. WPS Office writes OLE or OOXML under its own names. */
const namesOf: Readonly<Record<string, readonly FileType[]>> = {
  docx: ['docx'],
  dotx: ['docx'],
  doc: ['doc'],
  dot: ['doc'],
  wps: ['doc', 'docx'],
  wpt: ['doc', 'docx'],
  odt: ['odt'],
  rtf: ['rtf'],
  xlsx: ['xlsx'],
  xls: ['xls'],
  et: ['xls', 'xlsx'],
  ods: ['ods'],
  pptx: ['pptx'],
  ppsx: ['pptx'],
  ppt: ['ppt'],
  pps: ['ppt'],
  dps: ['ppt', 'pptx'],
  odp: ['odp'],
  pdf: ['pdf'],
  ofd: ['ofd'],
  png: ['png'],
  jpg: ['jpg'],
  jpeg: ['jpg'],
  tif: ['tiff'],
  tiff: ['tiff'],
  txt: ['txt'],
  md: ['md'],
  markdown: ['md'],
  csv: ['csv'],
  html: ['html'],
  htm: ['html'],
};
/**
 * Undefined when the name promises nothing: no extension, or a mere number («通知.2024»). A foreign extension
 * (.exe, .docm) promises something that no accepted content can be.
 */
const expectedFor = (extension: string): readonly FileType[] | undefined =>
  extension === '' || /^\d+$/.test(extension) ? undefined : (namesOf[extension] ?? []);

/** Only these tell text from text. */
const textTypes: readonly FileType[] = ['txt', 'md', 'csv'];

type Looked = { readonly type: FileType; readonly findings: readonly Finding[] };

const look = async (path: string, size: number, head: Buffer, extension: string): Promise<Looked> => {
  const magic = sniff(head);
  const expected = expectedFor(extension);
  const wrong = (type: string): never => refuse('type-mismatch', { name: `.${extension}`, type });
  if (typeof magic === 'object') {
    if (magic.other === 'binary' && expected?.some((type) => textTypes.includes(type) || type === 'html')) {
      refuse('text-encoding', { detail: 'NUL' });
    }
    return expected?.length && /^(?:binary|unknown)$/.test(magic.other)
      ? wrong(magic.other)
      : refuse('type-not-accepted', { type: magic.other });
  }
  // A wrong extension is told before the content is taken apart.
  const must = (type: FileType): void => {
    if (expected !== undefined && !expected.includes(type)) wrong(type);
  };
  switch (magic) {
    case 'pdf-later':
      return refuse('polyglot', { detail: '%PDF- ≠ 0' });
    case 'pdf':
      must('pdf');
      return { type: 'pdf', findings: await examinePdf(path, size, head) };
    case 'rtf':
      // Word opens an RTF named .doc, and many offices have such files.
      if (extension !== 'doc') must('rtf');
      return { type: 'rtf', findings: await examineRichText(path) };
    case 'png':
    case 'jpg':
    case 'tiff':
      must(magic);
      return { type: magic, findings: await examinePicture(path, size, magic, head) };
    case 'html':
      must('html');
      return { type: 'html', findings: await examineText(path, size, 'html', head) };
    case 'text': {
      if (expected === undefined)
        return refuse('type-not-accepted', { type: extension === '' ? '?' : `.${extension}` });
      const type = expected[0];
      if (type === 'html') return { type, findings: await examineText(path, size, type, head) };
      if (type === undefined || !textTypes.includes(type)) return wrong('text');
      return { type, findings: await examineText(path, size, type, head) };
    }
    case 'zip':
      return examinePackage(path);
    case 'ole':
      return examineCompound(path, size);
  }
};

const named = (looked: Looked, extension: string): FileType => {
  const expected = expectedFor(extension);
  if (looked.type === 'rtf' && extension === 'doc') return 'rtf';
  if (expected !== undefined && !expected.includes(looked.type)) {
    refuse('type-mismatch', { name: `.${extension}`, type: looked.type });
  }
  if (extension === 'wps' || extension === 'wpt') return 'wps';
  if (extension === 'et') return 'et';
  return looked.type;
};

/**
 * Intake of one uploaded file: its true type by content, and everything hidden in it that conversion would drop
 * or print. Reads in streams; the file is never in memory as a whole (old OLE formats, 128 MB, and
 * PDFs, whose signatures are over the whole file, excepted).
 *
 * @param name the name that the uploader gave; only its extension and its own text matter.
 * @param limitBytes default 100 MB.
 * @returns a refusal (see reference/bad-inputs.md) or type, size and findings. A mark of state secrecy in the
 * name, a comment or hidden text is a finding of severity `stop`.
 */
export const examine = async ({
  path,
  name,
  limitBytes = defaultLimit,
}: {
  readonly path: string;
  readonly name: string;
  readonly limitBytes?: number;
}): Promise<Result<Examination, Refusal>> => {
  try {
    const file = await open(path, 'r');
    let size: number;
    let head: Buffer;
    try {
      ({ size } = await file.stat());
      if (size === 0) refuse('empty-file');
      if (size > limitBytes) refuse('too-large', { limit: `${Math.floor(limitBytes / 1024 / 1024)} MB` });
      head = Buffer.alloc(Math.min(size, headBytes));
      await file.read(head, 0, head.length, 0);
    } finally {
      await file.close();
    }
    const extension = extensionOf(name);
    const looked = await look(path, size, head, extension);
    const type = named(looked, extension);
    const signatures = type === 'pdf' ? readSignatures(await readFile(path)) : [];
    return ok({
      type,
      size,
      findings: distinct([...examineName(name), ...looked.findings]),
      ...(signatures.length > 0 ? { signatures } : {}),
    });
  } catch (error) {
    if (error instanceof Refused) return err(error.refusal);
    throw error;
  }
};
