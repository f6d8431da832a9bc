import { readFileSync } from 'node:fs';
import { keys, type Policy, type Publication, parsePolicy, placesOf, publication } from '@gongkai/core';
import { testOffice } from '@gongkai/core/memory';
import { parse } from 'yaml';
import { catalogue } from './index.ts';

/** For tests only: an office in memory whose publications are written as the case wants them. */

export const testPolicy = (): Policy => {
  const file = new URL('../../../../policies/default.yaml', import.meta.url);
  const parsed = parsePolicy(parse(readFileSync(file, 'utf8')));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
};

export type Wanted = {
  readonly id: string;
  readonly state: Publication['state'];
  readonly since?: string;
  readonly title?: string;
  readonly publishedAt?: string;
  readonly until?: string;
  readonly metadata?: Partial<Publication['metadata']>;
  readonly texts?: readonly string[];
  readonly more?: Partial<Publication>;
  /** Off: the gate's pass is for other bytes. */
  readonly passed?: boolean;
  /** Off: the gate's pass is for another OFD. */
  readonly passedOfd?: boolean;
};

const codeOf = (id: string): string =>
  `${id
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .replace(/[ILOU]/g, 'X')}Z`
    .padEnd(16, '0')
    .slice(0, 16);

export const testCatalogue = (policy: Policy = testPolicy()) => {
  const world = testOffice(policy);
  const { office, blobs, records } = world;

  const keep = async (text: string) => {
    const kept = await blobs.putOnce(
      'vault',
      (async function* () {
        yield new TextEncoder().encode(text);
      })(),
    );
    if (!kept.ok) throw new Error(kept.error.code);
    return kept.value;
  };

  /** Writes one publication with its index places, its code and its holders; and puts it into the search index, whatever its state. */
  const put = async (wanted: Wanted) => {
    const { id, state } = wanted;
    const texts = wanted.texts ?? [`正文 of ${id}`];
    const files = await Promise.all(texts.map(keep));
    const ofds = await Promise.all(texts.map((text) => keep(`OFD ${text}`)));
    const since = wanted.since ?? wanted.publishedAt ?? '2026-01-01T00:00:00.000Z';
    const numbers = {
      indexNumber: `000000019/2026-${id.replace(/\D/g, '').padStart(5, '0')}`,
      code: codeOf(id),
    };
    const item = publication.parse({
      id,
      correlationId: id,
      state,
      since,
      edition: 1,
      createdAt: '2026-01-01T00:00:00.000Z',
      maker: 'person-maker',
      makerName: '王经办',
      editors: ['person-maker'],
      metadata: {
        title: wanted.title ?? `标题 ${id}`,
        office: '示例县人民政府办公室',
        column: 'notices',
        ...wanted.metadata,
      },
      major: false,
      files: files.map(({ sha256, size }, n) => ({
        id: `f${n}`,
        name: `原件-${id}-${n}.docx`,
        sha256,
        size,
        progress: 'inspected',
      })),
      redactions: [],
      dispositions: {},
      display: { kind: 'long-term' },
      decisions: [],
      numbers,
      release: {
        files: files.map(({ sha256, size }, n) => ({
          sha256,
          size,
          pages: 1,
          ...(ofds[n] ? { ofd: { sha256: ofds[n].sha256, size: ofds[n].size } } : {}),
        })),
        ...numbers,
        stampedOn: '2026-01-01',
        madeAt: since,
      },
      pass: {
        files: files.map(({ sha256 }) => (wanted.passed === false ? '0'.repeat(64) : sha256)),
        ofds: ofds.map(({ sha256 }) => (wanted.passedOfd === false ? '0'.repeat(64) : sha256)),
        binding: '',
        inspector: 'test',
        at: since,
        signature: '',
      },
      ...(wanted.publishedAt === undefined ? {} : { publishedAt: wanted.publishedAt }),
      ...(wanted.until === undefined ? {} : { until: wanted.until, display: { kind: 'days', amount: 7 } }),
      ...wanted.more,
    });
    const written = await records.commit([
      {
        kind: 'put',
        key: keys.publication(id),
        data: item,
        indexes: placesOf(item, policy),
        expect: 'absent',
      },
      { kind: 'put', key: keys.code(numbers.code), data: id, expect: 'absent' },
      ...[...new Set([...files, ...ofds].map(({ sha256 }) => sha256))].map((sha256) => ({
        kind: 'put' as const,
        key: keys.holder(sha256, id),
        data: { as: 'release' },
        expect: 'absent' as const,
      })),
    ]);
    if (!written.ok) throw new Error(`write ${written.failed} of ${id}`);
    await office.search.put({
      id,
      title: item.metadata.title,
      body: `${item.metadata.summary} ${(wanted.texts ?? []).join(' ')}`,
      documentNumber: item.metadata.documentNumber,
      indexNumber: numbers.indexNumber,
      office: item.metadata.office,
      column: item.metadata.column,
      theme: item.metadata.theme,
      genre: item.metadata.genre,
      publishedOn: '2026-01-01',
      status: item.metadata.validity,
    });
    return item;
  };

  const app = catalogue(office);
  const get = async (path: string, init?: RequestInit) => {
    const response = await app.request(path, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { ...world, app, put, get, keep };
};
