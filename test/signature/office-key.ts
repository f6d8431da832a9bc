import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** While the certificates of `makeOfficeKey` are valid: they begin when they are made, and hold for 30 days. */
export const whileValid = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 600_000).toISOString();

const openssl = (...given: string[]): void => {
  execFileSync('openssl', given, { stdio: 'pipe', timeout: 60_000 });
};

/** An authority and an office's key under it, made for a test: `office.p12` (password `秘`), `authority.pem`. */
export const makeOfficeKey = (folder: string): { p12: Uint8Array; authority: string } => {
  const at = (name: string) => join(folder, name);
  const days = ['-days', '30'];
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('a.key'),
    '-out',
    at('authority.pem'),
    ...days,
    '-subj',
    '/C=CN/O=测试机构/CN=测试根证书',
    '-utf8',
  );
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('o.key'),
    '-out',
    at('o.csr'),
    '-subj',
    '/C=CN/O=三村镇人民政府/CN=三村镇人民政府',
    '-utf8',
  );
  openssl(
    'x509',
    '-req',
    '-in',
    at('o.csr'),
    '-CA',
    at('authority.pem'),
    '-CAkey',
    at('a.key'),
    '-CAcreateserial',
    '-out',
    at('o.pem'),
    ...days,
  );
  openssl(
    'pkcs12',
    '-export',
    '-inkey',
    at('o.key'),
    '-in',
    at('o.pem'),
    '-certfile',
    at('authority.pem'),
    '-out',
    at('office.p12'),
    '-passout',
    'pass:秘',
  );
  return { p12: readFileSync(at('office.p12')), authority: readFileSync(at('authority.pem'), 'latin1') };
};

/** A timestamp server (RFC 3161) on the loopback that asks openssl; it is gone with `close`. */
export const timestampServer = async (folder: string): Promise<{ url: string; close: () => void }> => {
  const at = (name: string) => join(folder, name);
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('t.key'),
    '-out',
    at('t.pem'),
    '-days',
    '30',
    '-subj',
    '/CN=时间戳',
    '-utf8',
    '-addext',
    'extendedKeyUsage=critical,timeStamping',
  );
  writeFileSync(at('serial'), '01\n');
  writeFileSync(
    at('ts.cnf'),
    `[tsa]\ndefault_tsa = one\n[one]\nserial = ${at('serial')}\ncrypto_device = builtin\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256\nordering = yes\ness_cert_id_chain = no\n`,
  );
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      writeFileSync(at('q.tsq'), Buffer.concat(parts));
      const given = [
        'ts',
        '-reply',
        '-config',
        at('ts.cnf'),
        '-queryfile',
        at('q.tsq'),
        '-signer',
        at('t.pem'),
        '-inkey',
        at('t.key'),
        '-out',
        at('r.tsr'),
      ];
      const done = spawnSync('openssl', given, { stdio: 'pipe', timeout: 60_000 });
      response.writeHead(done.status === 0 ? 200 : 500, { 'content-type': 'application/timestamp-reply' });
      response.end(done.status === 0 ? readFileSync(at('r.tsr')) : done.stderr);
    });
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
};
