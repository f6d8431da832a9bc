import * as z from 'zod';
import { type Finding, inspection } from '../document/index.ts';
import type { FileEntry, Publication } from '../publication/index.ts';
import { load } from '../repository/index.ts';
import { answersOf, type FormerAnswer, formerAnswer, mergedAnswers } from '../review/index.ts';
import { loadJson, storeJson } from '../stations/json.ts';
import type { Office } from './office.ts';

/** What is lost is not offered; the findings are there to be answered anew. */
const kept = async <T extends z.ZodType>(
  office: Office,
  schema: T,
  sha256: string | undefined,
): Promise<z.output<T> | undefined> =>
  sha256 !== undefined && (await office.blobs.head({ area: 'renditions', sha256 })) !== undefined
    ? loadJson(office, schema, sha256)
    : undefined;

const findingsIn = async (office: Office, files: readonly FileEntry[]): Promise<readonly Finding[]> =>
  (
    await Promise.all(
      files.map(async (file) => (await kept(office, inspection, file.inspection))?.findings ?? []),
    )
  ).flat();

const formerIn = async (office: Office, item: Publication): Promise<readonly FormerAnswer[]> =>
  (await kept(office, z.array(formerAnswer), item.former)) ?? [];

/** Keeps what was answered in a file that leaves the draft; gives the hash of everything kept so far. */
export const keepAnswers = async (
  office: Office,
  item: Publication,
  file: FileEntry,
): Promise<string | undefined> => {
  if (!file.findings.some(({ id }) => item.dispositions[id])) return item.former;
  const answers = answersOf(item, await findingsIn(office, [file]));
  return storeJson(office, mergedAnswers(await formerIn(office, item), answers));
};

/** What was answered in earlier versions: in files that were replaced in this draft, and in the publication that it replaces. */
export const formerAnswers = async (office: Office, item: Publication): Promise<readonly FormerAnswer[]> => {
  const old = item.replaces === undefined ? undefined : await load(office, item.replaces);
  const before = old
    ? mergedAnswers(
        await formerIn(office, old.item),
        answersOf(old.item, await findingsIn(office, old.item.files)),
      )
    : [];
  return mergedAnswers(before, await formerIn(office, item));
};
