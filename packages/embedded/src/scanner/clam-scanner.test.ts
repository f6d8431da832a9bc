import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClamScanner, findScanProgram, NoScanner } from './index.ts';

const blob = { area: 'quarantine', sha256: 'a'.repeat(64) } as const;
/** The harmless test string that every scanner knows, in two halves so that this file itself raises no alarm. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const real = await findScanProgram();
if (real === undefined)
  console.log('clam-scanner.test: ClamAV is not installed here, its own answers were not tried');

describe.skipIf(process.platform === 'win32')('ClamAV scanner', () => {
  let folder = '';
  const file = () => join(folder, 'file');
  const files = { path: () => file() };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongkai-scanner-'));
    await writeFile(file(), 'content');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A program with ClamAV's exit codes and report lines. */
  const program = async (script: string) => {
    const path = join(folder, `clam-${Math.abs(hash(script))}`);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return { path, flavour: 'clamscan' as const };
  };
  const scan = async (script: string, timeoutMs?: number) =>
    new ClamScanner(await program(script), files, timeoutMs).scan(blob);

  it('calls clean only what the program looked at and passed', async () => {
    expect(await scan('exit 0')).toEqual({ verdict: 'clean' });
  });

  it('names what was found', async () => {
    // The last argument is the file.
    expect(await scan('for f; do :; done; echo "$f: Win.Test.EICAR_HDB-1 FOUND"; exit 1')).toEqual({
      verdict: 'harmful',
      name: 'Win.Test.EICAR_HDB-1',
    });
    expect(await scan('exit 1')).toEqual({ verdict: 'harmful', name: 'unknown' });
  });

  it('is unavailable when the program fails, is killed, hangs, or is not there', async () => {
    expect(await scan('echo "ERROR: no database"; exit 2')).toEqual({ verdict: 'unavailable' });
    expect(await scan('kill -9 $$')).toEqual({ verdict: 'unavailable' });
    expect(await scan('sleep 5; exit 0', 200)).toEqual({ verdict: 'unavailable' });
    const missing = { path: join(folder, 'missing'), flavour: 'clamdscan' as const };
    expect(await new ClamScanner(missing, files).scan(blob)).toEqual({ verdict: 'unavailable' });
    expect(await new ClamScanner(missing, { path: () => undefined }).scan(blob)).toEqual({
      verdict: 'unavailable',
    });
    expect(await new NoScanner().scan()).toEqual({ verdict: 'absent' });
  });

  it('passes no secrets of our environment on', async () => {
    process.env.GONGKAI_TEST_SECRET = 'hidden';
    expect(await scan('test -z "$GONGKAI_TEST_SECRET" || exit 2; exit 0')).toEqual({ verdict: 'clean' });
    delete process.env.GONGKAI_TEST_SECRET;
  });

  it('finds the daemon client before the slow program, and nothing where there is nothing', async () => {
    for (const name of ['clamscan', 'clamdscan']) {
      expect(await findScanProgram(folder)).toEqual(
        name === 'clamscan' ? undefined : { path: join(folder, 'clamscan'), flavour: 'clamscan' },
      );
      await writeFile(join(folder, name), '#!/bin/sh\n');
      await chmod(join(folder, name), 0o755);
    }
    expect(await findScanProgram(`:${folder}`)).toEqual({
      path: join(folder, 'clamdscan'),
      flavour: 'clamdscan',
    });
  });

  it.skipIf(real === undefined)(
    'tells the test virus from an honest file with the ClamAV of this machine',
    async () => {
      if (real === undefined) return;
      const scanner = new ClamScanner(real, files);
      expect(await scanner.scan(blob)).toEqual({ verdict: 'clean' });
      await writeFile(file(), eicar);
      expect(await scanner.scan(blob)).toMatchObject({ verdict: 'harmful' });
    },
  );
});

const hash = (text: string): number =>
  [...text].reduce((sum, c) => (sum * 31 + (c.codePointAt(0) ?? 0)) | 0, 7);
