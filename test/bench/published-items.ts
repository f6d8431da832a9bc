import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { dayOf, keys, type Office, type Publication, placesOf, publication } from '@gongkai/core';
import { syntheticEntries } from '../../packages/embedded/bench/synthetic.ts';
import { writeLongDocument } from './long-document.ts';

const differentReleases = 20;

const releases = async (
  office: Office,
  folder: string,
): Promise<{ sha256: string; size: number; pages: number }[]> => {
  const made: { sha256: string; size: number; pages: number }[] = [];
  for (let n = 0; n < differentReleases; n += 1) {
    const pages = 1 + (n % 5);
    const path = join(folder, `release-${n}.pdf`);
    writeLongDocument(path, pages, n * 5);
    const kept = await office.blobs.putOnce('vault', createReadStream(path));
    if (!kept.ok) throw new Error(kept.error.code);
    made.push({ ...kept.value, pages });
  }
  return made;
};

/**
 * Writes so many published items straight into the records and the search index, in all columns, an hour apart, as
 * the stations would leave them; a few real PDFs serve as the releases of all. Returns their ids, newest first.
 */
export const fillCatalogue = async (
  office: Office,
  count: number,
  folder: string,
): Promise<readonly string[]> => {
  const { policy } = office;
  const files = await releases(office, folder);
  const ids: string[] = [];
  for (const [n, entry] of [...syntheticEntries(count)].entries()) {
    const id = `pub_${String(n).padStart(6, '0')}`;
    const file = files[n % files.length];
    if (!file) throw new Error('no releases');
    const publishedAt = new Date(Date.parse(office.clock.now()) - (n + 1) * 3_600_000).toISOString();
    const code = `B${String(n).padStart(15, '0')}`;
    const numbers = { indexNumber: entry.indexNumber, code };
    const column = policy.columns[n % policy.columns.length]?.key ?? '';
    const genre = policy.genres[n % policy.genres.length]?.name ?? '';
    const theme = policy.themes[n % policy.themes.length]?.name ?? '';
    const item: Publication = publication.parse({
      id,
      correlationId: id,
      state: 'published',
      since: publishedAt,
      edition: 1,
      createdAt: publishedAt,
      maker: 'maker',
      makerName: '经办',
      editors: ['maker'],
      metadata: {
        title: entry.title,
        office: policy.office.name,
        column,
        genre,
        theme,
        summary: entry.body.slice(0, 120),
        documentNumber: entry.documentNumber,
        generatedOn: dayOf(publishedAt),
        keywords: ['公开'],
      },
      major: false,
      files: [{ id: 'f0', name: '原件.docx', sha256: file.sha256, size: file.size, progress: 'inspected' }],
      redactions: [],
      dispositions: {},
      display: { kind: 'long-term' },
      decisions: [],
      numbers,
      release: { files: [file], ...numbers, stampedOn: dayOf(publishedAt), madeAt: publishedAt },
      pass: { files: [file.sha256], binding: '', inspector: 'bench', at: publishedAt, signature: '' },
      publishedAt,
    });
    const written = await office.records.commit([
      {
        kind: 'put',
        key: keys.publication(id),
        data: item,
        indexes: placesOf(item, policy),
        expect: 'absent',
      },
      { kind: 'put', key: keys.code(code), data: id, expect: 'absent' },
    ]);
    if (!written.ok) throw new Error(`write ${written.failed} of ${id}`);
    await office.search.put({ ...entry, id, column, genre, theme, publishedOn: dayOf(publishedAt) });
    ids.push(id);
  }
  return ids;
};
