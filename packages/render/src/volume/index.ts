import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  type BoundEntry,
  err,
  firstPages,
  ok,
  pagesOfEntry,
  type Refusal,
  type Result,
  refusal,
  type VolumePlan,
} from '@gongkai/core';
import { PdfWriter } from '../writer/index.ts';
import { Binder, type Bound, must, opened, Refused } from './binder.ts';
import type { Bookmark } from './bookmark.ts';
import { setSheets } from './sheets.ts';

export type { Bound } from './binder.ts';

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, n) => from + n);

const fileOf = async (path: string | undefined, sha256: string): Promise<Uint8Array> => {
  const bytes = path === undefined ? new Uint8Array() : await readFile(path);
  // What passed the gate is what is bound, and nothing else.
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new Refused(refusal('bytes-changed'));
  return bytes;
};

const nameOf = ({ title, standing, indexNumber }: BoundEntry): string =>
  standing === 'withdrawn' ? `（已撤回）${indexNumber}` : title;

type Job = {
  readonly plan: VolumePlan;
  /** Paths of the releases: those of all entries' files, in order. */
  readonly files: readonly string[];
  /** A file that is not there yet. */
  readonly output: string;
};

/** The files of an entry behind its sheet; their bookmarks stand below it. */
const addFiles = async (
  binder: Binder,
  entry: BoundEntry,
  from: number,
  paths: readonly string[],
): Promise<Bookmark[]> => {
  const bookmarks: Bookmark[] = [];
  let at = from;
  for (const [n, { sha256, pages }] of entry.files.entries()) {
    const bytes = await fileOf(paths[n], sha256);
    const title = n === 0 ? '正文' : `附件 ${n}`;
    const under = await binder.add(bytes, range(at, pages), {
      title: `${entry.title} ${title}`,
      numbered: true,
      own: false,
    });
    bookmarks.push({ title, to: binder.place(at), under });
    at += pages;
  }
  return bookmarks;
};

const bind = async (writer: PdfWriter, { plan, files }: Job): Promise<Bound> => {
  const sheets = must(setSheets(plan));
  const [front, back] = await Promise.all(
    [sheets.front, sheets.back].map(async (bytes) => (await opened(bytes)).getPageCount()),
  );
  const starts = firstPages(plan.entries).map((first) => (front ?? 0) + first - 1);
  const body = plan.entries.reduce((sum, entry) => sum + pagesOfEntry(entry), 0);
  const total = (front ?? 0) + body + (back ?? 0);
  const binder = await Binder.open(writer, plan, total, front ?? 0);
  const ours = { numbered: true, own: true };
  await binder.add(sheets.front, range(0, front ?? 0), { ...ours, title: '封面、目录', numbered: false });
  await binder.add(sheets.separators, starts, { ...ours, title: '隔页' });

  const columns: { title: string; to: ReturnType<Binder['place']>; under: Bookmark[] }[] = [];
  let taken = 0;
  for (const [n, entry] of plan.entries.entries()) {
    const at = starts[n] ?? 0;
    if (columns.at(-1)?.title !== entry.column)
      columns.push({ title: entry.column, to: binder.place(at), under: [] });
    const paths = files.slice(taken, taken + entry.files.length);
    taken += entry.files.length;
    const under = await addFiles(binder, entry, at + 1, paths);
    columns.at(-1)?.under.push({ title: nameOf(entry), to: binder.place(at), under });
  }
  await binder.add(sheets.back, range(total - (back ?? 0), back ?? 0), { ...ours, title: '索引' });
  return binder.finish([
    { title: '封面', to: binder.place(0), under: [] },
    { title: '目录', to: binder.place(1), under: [] },
    ...columns,
    { title: '索引', to: binder.place(total - (back ?? 0)), under: [] },
  ]);
};

/**
 * 装订: binds releases into one volume at `output`: cover, contents with links, a sheet before each document, 总第 n 页
 * beside the documents' own numbers, index by office and by 文号, bookmarks; links, tags and fonts of the documents stay.
 * Holds one document at a time. The same bytes for the same plan and files.
 * Refuses `bytes-changed`, `damaged`, `encrypted`, `glyph-missing`.
 */
export const bindVolume = async (job: Job): Promise<Result<Bound, Refusal>> => {
  const writer = await PdfWriter.create(job.output);
  try {
    return ok(await bind(writer, job));
  } catch (thrown) {
    await writer.abandon();
    if (thrown instanceof Refused) return err(thrown.refusal);
    throw thrown;
  }
};
