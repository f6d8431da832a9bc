import { existsSync, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  type ArchivedFile,
  archivedFilesOf,
  type BlobRef,
  type Blobs,
  recordArchived,
  refusal,
} from '@gongkai/core';
import { archiveFile } from '@gongkai/render/archive-file';
import { type Command, WrongUse } from './command.ts';
import { withHost } from './with-host.ts';

const bytesOf = async (blobs: Blobs, blob: BlobRef): Promise<Uint8Array> => {
  const bytes = await blobs.open(blob);
  if (!bytes) throw new Error(`no blob ${blob.area}/${blob.sha256}`);
  return buffer(Readable.from(bytes));
};

export const archive: Command = {
  name: 'archive',
  usage: 'archive ID… --out 文件夹',
  zh: '归档文件（PDF/A-3）：每个发布件附上它的原件，只供归档，不得公开',
  en: 'files for the archive (PDF/A-3): each release with its original inside; for the archive only, never public',
  options: { out: { type: 'string' } },
  run: (given) => {
    const out = given.value('out');
    if (!out || given.words.length === 0) throw new WrongUse('ID… --out');
    return withHost(given, async ({ office }) => {
      const [wanted, publications] = [
        [] as { file: ArchivedFile; path: string }[],
        new Map<string, readonly ArchivedFile[]>(),
      ];
      for (const id of new Set(given.words)) {
        const files = await archivedFilesOf(office, id);
        if (!files.ok) return given.refuse(files.error, { id });
        publications.set(id, files.value);
        for (const [n, file] of files.value.entries())
          wanted.push({
            file,
            path: join(out, files.value.length === 1 ? `${id}.pdf` : `${id}-${n + 1}.pdf`),
          });
      }
      const taken = wanted.find(({ path }) => existsSync(path));
      if (taken) return given.refuse(refusal('invalid-input', { detail: `${taken.path} 已存在 / exists` }));
      mkdirSync(out, { recursive: true, mode: 0o700 });
      for (const [id, files] of publications) {
        const recorded = await recordArchived(office, id, files, userInfo().username);
        if (!recorded.ok) return given.refuse(recorded.error, { id });
      }
      const made = [];
      for (const { file, path } of wanted) {
        const [release, bytes] = [
          await bytesOf(office.blobs, file.release),
          await bytesOf(office.blobs, file.original),
        ];
        const { pdf, level } = await archiveFile(release, { ...file, bytes });
        // What the release does not show is in it: for nobody else on this machine.
        await writeFile(path, pdf, { flag: 'wx', mode: 0o600 });
        const standard = level === undefined ? 'PDF' : `PDF/A-3${level.toLowerCase()}`;
        made.push({ path, standard, release: file.release.sha256, original: file.original.sha256 });
      }
      given.say({ ok: true, files: made }, [
        ...made.map(
          ({ path, standard, original }) => `${path}  ${standard}  原件/original sha256 ${original}`,
        ),
        '内含原件：只供归档，不得公开。 / Each holds its original: for the archive only, never public.',
      ]);
      return 0;
    });
  },
};
