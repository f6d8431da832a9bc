import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { p12Key, signPdf, sm2Key, sm2Sign, usualUserId } from '@gongkai/render/signature';
import { afterAll, describe, expect, it } from 'vitest';
import { typeset } from '../../packages/render/src/release/specimen.ts';
import { makeOfficeKey, whileValid } from './office-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const { p12 } = makeOfficeKey(folder);
const key = await p12Key(p12, '秘');
const { pdf } = await signPdf(typeset('正文'), { key, signedAt: whileValid });
writeFileSync(at('signed.pdf'), pdf);
writeFileSync(at('plain.pdf'), typeset('正文'));

/** The command of anybody: no office on this machine, no network asked. */
const verify = (...given: string[]) => {
  const program = join(import.meta.dirname, '../../bin/gongkai.mjs');
  const done = spawnSync(process.execPath, [program, 'verify', '--data', at('none'), '--json', ...given], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status: done.status, said: done.stdout === '' ? done.stderr : JSON.parse(done.stdout) };
};

describe('gongkai verify on a machine without an office', () => {
  it('says that a signature holds and whose it is; who is trusted, the authorities at hand say', () => {
    const plain = verify(at('signed.pdf'));
    expect(plain).toMatchObject({
      status: 0,
      said: { ok: true, signatures: [{ state: 'intact', signer: '三村镇人民政府', trusted: false }] },
    });
    const known = verify(at('signed.pdf'), '--authorities', at('authority.pem'));
    expect(known.said.signatures[0].trusted).toBe(true);
  }, 60_000);

  it('says no to a file that was changed, and to one that nobody signed', () => {
    const copy = Buffer.from(readFileSync(at('signed.pdf')));
    copy[300] = (copy[300] ?? 0) ^ 1;
    writeFileSync(at('changed.pdf'), copy);
    expect(verify(at('changed.pdf'))).toMatchObject({
      status: 1,
      said: { signatures: [{ state: 'altered' }] },
    });
    writeFileSync(at('longer.pdf'), pdf);
    appendFileSync(at('longer.pdf'), 'x');
    expect(verify(at('longer.pdf'))).toMatchObject({
      status: 1,
      said: { signatures: [{ state: 'added-to' }] },
    });
    expect(verify(at('plain.pdf'))).toMatchObject({ status: 1, said: { ok: false, signatures: [] } });
  }, 60_000);

  it('checks the SM2 signature beside it', () => {
    execFileSync('openssl', ['ecparam', '-name', 'SM2', '-genkey', '-noout', '-out', at('sm2.pem')]);
    const sm2 = sm2Key(readFileSync(at('sm2.pem'), 'utf8'));
    const beside = { publicKey: sm2.publicKey, userId: usualUserId, signature: sm2Sign(pdf, sm2) };
    writeFileSync(at('beside.json'), JSON.stringify(beside));
    expect(verify(at('signed.pdf'), '--sm2', at('beside.json'))).toMatchObject({
      status: 0,
      said: { sm2: { holds: true } },
    });
    expect(verify(at('plain.pdf'), '--sm2', at('beside.json'))).toMatchObject({
      status: 1,
      said: { sm2: { holds: false } },
    });
  }, 60_000);
});
