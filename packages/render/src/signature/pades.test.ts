import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { release } from '../release/index.ts';
import { plan, stampOf, typeset } from '../release/specimen.ts';
import { p12Key, signPdf } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-sign-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const made = await release(typeset('正文'), plan({ stamp: stampOf }));
if (!made.ok) throw new Error(made.error.code);
const { pdf } = made.value;

const p12 = (kind: readonly string[]): Uint8Array => {
  const path = (name: string) => join(folder, `${kind.join('-').replace(/\W/g, '')}.${name}`);
  const openssl = (...given: string[]) => execFileSync('openssl', given, { stdio: 'pipe', timeout: 60_000 });
  const subject = ['-subj', '/C=CN/O=三村镇人民政府/CN=三村镇人民政府', '-utf8', '-days', '30'];
  openssl('req', '-x509', ...kind, '-nodes', '-keyout', path('key'), '-out', path('pem'), ...subject);
  openssl(
    'pkcs12',
    '-export',
    '-inkey',
    path('key'),
    '-in',
    path('pem'),
    '-out',
    path('p12'),
    '-passout',
    'pass:秘',
  );
  return readFileSync(path('p12'));
};
const rsa = ['-newkey', 'rsa:2048'];
const kinds: readonly (readonly [string, readonly string[]])[] = [
  ['RSA', rsa],
  ['P-256', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
];
const signedAt = '2026-11-27T08:00:00.000Z';

describe('a signed release', () => {
  it.each(kinds)(
    'holds before pdfsig with a key of %s, and every byte of the release stays',
    async (_, kind) => {
      const key = await p12Key(p12(kind), '秘');
      const signed = await signPdf(pdf, { key, signedAt });
      expect(signed.level).toBe('B-B');
      expect(Buffer.from(signed.pdf.subarray(0, pdf.length)).equals(Buffer.from(pdf))).toBe(true);
      const path = join(folder, 'signed.pdf');
      writeFileSync(path, signed.pdf);
      const said = execFileSync('pdfsig', ['-nocert', path], { timeout: 60_000 }).toString();
      expect(said).toMatch(/Signature is Valid/);
      expect(said).toMatch(/Total document signed/);
      expect(said).toMatch(/ETSI\.CAdES\.detached/);
      expect(said).toMatch(/Common Name: 三村镇人民政府/);
    },
  );

  it('grows by less than 12 kB', async () => {
    const key = await p12Key(p12(rsa), '秘');
    expect((await signPdf(pdf, { key, signedAt })).pdf.length - pdf.length).toBeLessThan(12_000);
  });

  it('is not made with a wrong password', async () => {
    await expect(p12Key(p12(rsa), 'falsch')).rejects.toThrow();
  });

  it('is not made without the timestamp that is required; where it is only wished for, B-B stands', async () => {
    const key = await p12Key(p12(rsa), '秘');
    const url = 'http://127.0.0.1:9/nobody';
    await expect(signPdf(pdf, { key, signedAt, timestamp: { url, required: true } })).rejects.toThrow();
    expect((await signPdf(pdf, { key, signedAt, timestamp: { url, required: false } })).level).toBe('B-B');
  });
});
