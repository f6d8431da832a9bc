import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What stands behind the one address at which the product's clients look for AWS. */
export type Behind = {
  readonly dynamodb: string;
  readonly s3: string;
  readonly sqs: (target: string, body: string) => object;
  /** Lambda's Invoke, waiting for the answer. Throws when the function failed. */
  readonly invoke: (name: string, event: unknown) => Promise<unknown>;
  /** S3 has taken an object: path-style bucket, key as plain text. */
  readonly stored: (bucket: string, key: string, size: number) => void;
  readonly mailed: (mail: unknown) => void;
  /** SSM's Parameter Store, by name. */
  readonly parameters: () => Readonly<Record<string, string>>;
  /** A key (PEM, RSA) that KMS holds besides, as `documentKeyArn`. */
  readonly documentKey?: string | undefined;
  /** Told of every request, for the bill. */
  readonly meter?: Meter;
};

/** What AWS would put on the bill: requests by service and operation, and DynamoDB's units as it counts them itself. */
export class Meter {
  readonly requests = new Map<string, number>();
  readUnits = 0;
  writeUnits = 0;

  count(what: string): void {
    this.requests.set(what, (this.requests.get(what) ?? 0) + 1);
  }

  capacity(operation: string, answer: string): void {
    const { ConsumedCapacity = [] } = JSON.parse(answer) as {
      ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[];
    };
    for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat())
      if (/^(Put|Delete|Update|Transact|BatchWrite)/.test(operation)) this.writeUnits += CapacityUnits;
      else this.readUnits += CapacityUnits;
  }
}

const bodyOf = async (incoming: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

/** What KMS calls the key for signatures on releases, where one is played. */
export const documentKeyArn = 'arn:aws:kms:local:1:key/documents';

/** KMS with one Ed25519 key, made at the start and gone with it, and with `documents` (PEM, RSA) under its own name. */
const kms = (documents?: string) => {
  const office = documents === undefined ? undefined : createPrivateKey(documents);
  const pair = generateKeyPairSync('ed25519');
  const key = createPrivateKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const answer = (target: string, body: string): object => {
    const { KeyId, Message = '' } = JSON.parse(body) as { KeyId?: string; Message?: string };
    const message = Buffer.from(Message, 'base64');
    if (office && KeyId === documentKeyArn)
      return target.endsWith('GetPublicKey')
        ? {
            KeySpec: 'RSA_2048',
            PublicKey: createPublicKey(office).export({ format: 'der', type: 'spki' }).toString('base64'),
          }
        : { Signature: sign('sha256', message, office).toString('base64') };
    return target.endsWith('GetPublicKey')
      ? { KeySpec: 'ECC_NIST_EDWARDS25519', PublicKey: spki.toString('base64') }
      : { Signature: sign(null, message, key).toString('base64') };
  };
  return { answer, publicKey: spki.toString('base64') };
};

const handOn = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  to: string,
  after?: () => void,
): void => {
  const there = new URL(to);
  const { method, headers, url: path } = incoming;
  // The host stays as the client signed it.
  const onward = ask({ host: there.hostname, port: there.port, method, headers, path }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
    if ((answer.statusCode ?? 500) < 300) answer.once('end', () => after?.());
  });
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
};

/** DynamoDB, asked to say what each request costs. The signature is then wrong; DynamoDB Local looks at none. */
const metered = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  to: string,
  operation: string,
  meter: Meter,
): Promise<void> => {
  const body = JSON.stringify({
    ...(JSON.parse(await bodyOf(incoming)) as object),
    ReturnConsumedCapacity: 'TOTAL',
  });
  const there = new URL(to);
  const headers = { ...incoming.headers, 'content-length': String(Buffer.byteLength(body)) };
  const { method, url: path } = incoming;
  const onward = ask({ host: there.hostname, port: there.port, method, headers, path }, async (answer) => {
    const text = await bodyOf(answer);
    if (answer.statusCode === 200) meter.capacity(operation, text);
    // Its checksum was of another body.
    const { 'x-amz-crc32': _, ...rest } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 502, rest);
    outgoing.end(text);
  });
  onward.on('error', () => outgoing.destroy());
  onward.end(body);
};

/**
 * One address for all of AWS (GONGKAI_AWS_ENDPOINT): DynamoDB and S3 are handed on untouched to real servers, KMS, SQS,
 * SES and Lambda are answered here.
 */
export const awsEndpoint = async (behind: Behind) => {
  const { answer: answerKms, publicKey } = kms(behind.documentKey);
  const played = async (incoming: IncomingMessage, target: string): Promise<object | undefined> => {
    const path = incoming.url ?? '';
    if (target.startsWith('TrentService.')) return answerKms(target, await bodyOf(incoming));
    if (target.startsWith('AmazonSQS.')) return behind.sqs(target, await bodyOf(incoming));
    if (target === 'AmazonSSM.GetParameter') {
      const { Name = '' } = JSON.parse(await bodyOf(incoming)) as { Name?: string };
      const Value = behind.parameters()[Name];
      return Value === undefined ? { __type: 'ParameterNotFound' } : { Parameter: { Name, Value } };
    }
    if (path.startsWith('/v2/email/')) {
      behind.mailed(JSON.parse(await bodyOf(incoming)));
      return { MessageId: 'local' };
    }
    return undefined;
  };
  const server = createServer(async (incoming, outgoing) => {
    const target = String(incoming.headers['x-amz-target'] ?? '');
    const path = incoming.url ?? '';
    try {
      if (target !== '') behind.meter?.count(target.replace(/^(\w+?)_?\d*\./, '$1 '));
      const called = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(path)?.[1];
      if (called !== undefined) {
        const event: unknown = JSON.parse(await bodyOf(incoming));
        const answer = await behind.invoke(decodeURIComponent(called), event).catch((cause: unknown) => {
          outgoing.setHeader('x-amz-function-error', 'Unhandled');
          return { errorMessage: String(cause) };
        });
        outgoing.end(JSON.stringify(answer ?? null));
        return;
      }
      if (target.startsWith('DynamoDB') && behind.meter)
        return await metered(incoming, outgoing, behind.dynamodb, target.split('.')[1] ?? '', behind.meter);
      if (target.startsWith('DynamoDB')) return handOn(incoming, outgoing, behind.dynamodb);
      const answer = await played(incoming, target);
      if (answer !== undefined) {
        if ('__type' in answer) outgoing.statusCode = 400;
        outgoing.setHeader('content-type', 'application/x-amz-json-1.1');
        outgoing.end(JSON.stringify(answer));
        return;
      }
      const { pathname, searchParams } = new URL(path, 'http://s3');
      const [, bucket = '', ...key] = pathname.split('/').map(decodeURIComponent);
      behind.meter?.count(
        `S3 ${key.join('') === '' && incoming.method === 'GET' ? 'LIST' : incoming.method}`,
      );
      const puts =
        incoming.method === 'PUT' && key.length > 0 && [...searchParams.keys()].every((it) => it === 'x-id');
      handOn(incoming, outgoing, behind.s3, () => {
        if (puts) behind.stored(bucket, key.join('/'), Number(incoming.headers['content-length'] ?? 0));
      });
    } catch (cause) {
      outgoing.statusCode = 500;
      outgoing.end(String(cause));
    }
  });
  // The product's clients keep their connections; a long conversion must not be cut off.
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    /** Of the key in KMS, as infra/ tells it. */
    publicKey,
    end: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
