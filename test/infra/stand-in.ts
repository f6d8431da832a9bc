import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { request as ask, createServer } from 'node:http';

export type Asked = { readonly target: string; readonly method: string; readonly path: string };
export type Refused = { readonly status: number; readonly type: string; readonly body: string };

/**
 * In front of moto: answers what moto cannot (Ed25519 keys of KMS, a function that is invoked) and hands everything
 * else on untouched. `invoke` is the function that the office calls its machines. `refuse` may answer in AWS's place:
 * throttled, slow, away.
 */
export const standIn = async (
  moto: string,
  invoke: (job: unknown) => Promise<unknown>,
  refuse: (asked: Asked) => Refused | undefined = () => undefined,
) => {
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
    const refused = refuse({ target, method: incoming.method ?? '', path: incoming.url ?? '' });
    if (refused) {
      incoming.resume();
      outgoing.writeHead(refused.status, { 'content-type': refused.type });
      outgoing.end(refused.body);
      return;
    }
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
      // A function that throws answers 200 with a header that says so (Lambda API, Invoke).
      const broken = (cause: unknown) => {
        outgoing.setHeader('x-amz-function-error', 'Unhandled');
        return { errorType: 'Error', errorMessage: String(cause) };
      };
      const answer = isCall ? await invoke(body).catch(broken) : kms(target, body);
      outgoing.setHeader('content-type', 'application/x-amz-json-1.1');
      outgoing.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { endpoint: `http://127.0.0.1:${port}`, end: () => server.close() };
};
