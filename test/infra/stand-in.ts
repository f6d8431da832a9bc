import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { request as ask, createServer } from 'node:http';

/**
 * In front of moto: answers what moto cannot (Ed25519 keys of KMS, a function that is invoked) and hands everything
 * else on untouched. `invoke` is the function that the office calls its machines.
 */
export const standIn = async (moto: string, invoke: (job: unknown) => Promise<unknown>) => {
  const pair = generateKeyPairSync('ed25519');
  const key = createPrivateKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const kms = (target: string, body: { Message?: string }): object =>
    target.endsWith('GetPublicKey')
      ? { KeySpec: 'ECC_NIST_EDWARDS25519', PublicKey: spki.toString('base64') }
      : { Signature: sign(null, Buffer.from(body.Message ?? '', 'base64'), key).toString('base64') };
  const there = new URL(moto);
  const server = createServer((incoming, outgoing) => {
    const target = String(incoming.headers['x-amz-target'] ?? '');
    const isCall = incoming.url?.includes('/invocations') === true;
    if (!target.startsWith('TrentService.') && !isCall) {
      const { method, headers, url: path } = incoming;
      const onward = ask({ host: there.hostname, port: there.port, method, headers, path }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
      return;
    }
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', async () => {
      const body = JSON.parse(Buffer.concat(parts).toString());
      const answer = isCall ? await invoke(body) : kms(target, body);
      outgoing.setHeader('content-type', 'application/x-amz-json-1.1');
      outgoing.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { endpoint: `http://127.0.0.1:${port}`, end: () => server.close() };
};
