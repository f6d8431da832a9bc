import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApi } from '@gongkai/api';
import { keys, placesOf, publication, publicItemsByHash } from '@gongkai/core';
import { compileTypst } from '@gongkai/render';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHost } from '../host.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gongkai-paper-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The whole program, with its cages. */
const gongkai = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', main, ...args, '--data', data, '--json'],
    { encoding: 'utf8', timeout: 60_000 },
  );
  const line = stdout.trim().split('\n').at(-1) ?? '';
  return { status, stderr, said: (line.startsWith('{') ? JSON.parse(line) : {}) as Record<string, unknown> };
};
const out = (name: string): string => join(folder, name);

/** With what a release would not show. */
const original = Buffer.from('PK\u0003\u0004 张三丰 13800138000');

const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();

/** Three releases, as the stations would have left them: two stand, one was withdrawn. */
beforeAll(async () => {
  const host = await openHost(data);
  const { office } = host;
  const at = new Date(Date.now() - 60_000).toISOString();
  for (const [n, state] of ['published', 'published', 'withdrawn'].entries()) {
    const set = compileTypst({
      source: `#set text(font: "Noto Serif SC", lang: "zh")\n第${n}份发布件 ${'#pagebreak() 正文 '.repeat(11)}`,
      createdAt: new Date(0),
    });
    if (!set.ok) throw new Error(set.error.code);
    const kept = await office.blobs.putOnce(
      'vault',
      (async function* () {
        yield set.value;
      })(),
    );
    if (!kept.ok) throw new Error(kept.error.code);
    const { sha256, size } = kept.value;
    const came = await office.blobs.putOnce(
      'vault',
      (async function* () {
        yield original;
      })(),
    );
    if (!came.ok) throw new Error(came.error.code);
    const numbers = { indexNumber: `000000019/${year}-0000${n}`, code: `ABCDEFGH0000000${n}` };
    const item = publication.parse({
      id: `pub_${n}`,
      correlationId: 'c',
      state,
      since: at,
      edition: 1,
      createdAt: at,
      maker: 'per_1',
      makerName: '经办',
      editors: ['per_1'],
      metadata: { title: `第${n}份文件`, office: '示例县财政局', column: 'notices' },
      major: false,
      files: [
        { id: 'f', name: '原件.docx', sha256: came.value.sha256, size, type: 'docx', progress: 'inspected' },
      ],
      redactions: [],
      dispositions: {},
      display: { kind: 'long-term' },
      decisions: [],
      numbers,
      release: { files: [{ sha256, size, pages: 12 }], ...numbers, stampedOn: at.slice(0, 10), madeAt: at },
      pass: { files: [sha256], binding: '', inspector: 'test', at, signature: '' },
      publishedAt: at,
      ...(state === 'withdrawn'
        ? { withdrawal: { at, person: 'per_2', reason: '有误', notice: '因有误撤回。' } }
        : {}),
    });
    const key = keys.publication(item.id);
    const indexes = placesOf(item, host.policy);
    const written = await office.records.commit([
      { kind: 'put', key, data: item, indexes, expect: 'absent' },
    ]);
    if (!written.ok) throw new Error(`write ${written.failed}`);
  }
  await host.close();
}, 60_000);

describe('gongkai poster', () => {
  it('prints what was chosen, and never over a file that is there', () => {
    const path = out('海报.pdf');
    expect(gongkai('poster', 'pub_1', 'pub_0', '--paper', 'a2', '--out', path)).toMatchObject({ status: 0 });
    expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
    const again = gongkai('poster', 'pub_1', '--out', path);
    expect([again.status, again.said.code]).toEqual([1, 'invalid-input']);
  }, 60_000);

  it('refuses what is not public now, and is told what it needs', () => {
    const path = out('nothing.pdf');
    const refused = gongkai('poster', 'pub_0', 'pub_2', '--out', path);
    expect([refused.status, refused.said.code, existsSync(path)]).toEqual([1, 'not-public', false]);
    expect(gongkai('poster', 'pub_0').status).toBe(2);
    expect(gongkai('poster', 'pub_0', '--paper', 'a1', '--out', path).status).toBe(2);
    // This policy names no boards.
    expect(gongkai('poster', '--out', path).status).toBe(1);
  }, 60_000);
});

describe('gongkai volume', () => {
  it('binds a year, divided by thickness, the same bytes each time for the same moment and files', () => {
    const made = gongkai('volume', '--year', String(year), '--pages', '15', '--out', out('volumes'));
    expect(made).toMatchObject({ status: 0, said: { ok: true } });
    expect(readdirSync(out('volumes')).sort()).toEqual([`${year}-1.pdf`, `${year}-2.pdf`]);
    expect(made.said.volumes).toMatchObject([
      // Cover, contents, sheet and twelve pages, index.
      { entries: 1, pages: 16 },
      // The same, and the sheet of what was withdrawn.
      { entries: 2, pages: 17 },
    ]);
    const again = gongkai('volume', '--year', String(year), '--pages', '15', '--out', out('volumes'));
    expect([again.status, again.said.code]).toEqual([1, 'invalid-input']);
  }, 90_000);

  it('binds a selection, and says when there is nothing', () => {
    expect(gongkai('volume', 'pub_1', '--out', out('chosen'))).toMatchObject({ status: 0 });
    expect(readdirSync(out('chosen'))).toEqual(['选编.pdf']);
    expect(gongkai('volume', '--year', '1999', '--out', out('none')).said.code).toBe('nothing-to-bind');
    expect(gongkai('volume', '--out', out('none')).status).toBe(2);
    expect(gongkai('volume', 'pub_1', '--year', '2026', '--out', out('none')).status).toBe(2);
  }, 90_000);
});

describe('gongkai archive', () => {
  it('writes each release with its original inside, for nobody else to read, and never over a file', async () => {
    const made = gongkai('archive', 'pub_0', 'pub_2', '--out', out('archived'));
    expect(made).toMatchObject({ status: 0, said: { ok: true, files: [{ standard: 'PDF/A-3b' }, {}] } });
    // Also what was withdrawn: the archive keeps it.
    expect(readdirSync(out('archived')).sort()).toEqual(['pub_0.pdf', 'pub_2.pdf']);
    const path = out('archived/pub_0.pdf');
    expect(readFileSync(path).includes(original)).toBe(true);
    expect(statSync(path).mode & 0o077).toBe(0);
    const again = gongkai('archive', 'pub_0', '--out', out('archived'));
    expect([again.status, again.said.code]).toEqual([1, 'invalid-input']);
    expect(gongkai('archive', 'pub_9', '--out', out('archived'))).toMatchObject({
      status: 1,
      said: { code: 'not-found' },
    });
    expect(gongkai('archive', 'pub_0').status).toBe(2);
  }, 90_000);

  it('leaves nothing that any door leads to: no blob, no record names these bytes', async () => {
    const host = await openHost(data);
    // Once for the one time that it was written; refused, nothing is said to have left.
    const { rows } = await host.office.records.query({ partition: 'history/pub_0' });
    const told = rows.map(({ data: event }) => event as { action: string; details: object });
    expect(told.filter(({ action }) => action === 'publication.archived')).toMatchObject([
      { details: { account: userInfo().username, originals: [expect.stringMatching(/^[0-9a-f]{64}$/)] } },
    ]);
    const bytes = readFileSync(out('archived/pub_0.pdf'));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    for (const area of ['quarantine', 'vault', 'renditions'] as const)
      expect(await host.office.blobs.head({ area, sha256 })).toBeUndefined();
    expect(await publicItemsByHash(host.office, sha256)).toEqual([]);
    const app = createApi({ office: host.office, origins: [], secure: false });
    for (const path of ['/file/pub_0/0', '/item/pub_0', '/api/publications/pub_0/files/0/original']) {
      const answer = Buffer.from(await (await app.request(path)).arrayBuffer());
      expect(answer.includes(original), path).toBe(false);
    }
    await host.close();
  }, 60_000);
});
