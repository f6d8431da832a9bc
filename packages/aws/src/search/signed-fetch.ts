import { createHash, createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';

/** SigV4 wants its hash as a class. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', secret as string | NodeJS.ArrayBufferView);
  }
  update(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}

export type Signing = Pick<S3Client['config'], 'credentials' | 'region'>;
export type Asked = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly body?: string;
};
export type Answered = { readonly status: number; readonly text: string };

/** The headers that say who asks. OpenSearch Serverless is `aoss`, and wants the hash of the body among them. */
export const signedHeaders = async (
  { method, url, body }: Asked,
  { credentials, region }: Signing,
  now?: Date,
): Promise<Record<string, string>> => {
  const signer = new SignatureV4({ service: 'aoss', region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: {
        host: url.host,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    },
    now === undefined ? {} : { signingDate: now },
  );
  return headers;
};

const tries = 4;
const secondsToAnswer = 20;

/**
 * One request, signed anew at each try: overload and a lost connection are tried again, for every request that we send
 * may be sent twice.
 */
export const signedFetch = async (asked: Asked, signing: Signing | undefined): Promise<Answered> => {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === tries;
    try {
      const headers =
        signing === undefined ? { 'content-type': 'application/json' } : await signedHeaders(asked, signing);
      const answer = await fetch(asked.url, {
        method: asked.method,
        headers,
        ...(asked.body === undefined ? {} : { body: asked.body }),
        redirect: 'error',
        signal: AbortSignal.timeout(secondsToAnswer * 1_000),
      });
      const text = await answer.text();
      if (last || ![429, 502, 503, 504].includes(answer.status)) return { status: answer.status, text };
    } catch (cause) {
      // A caller who hangs has waited long enough; a queue tries again.
      if (last || (cause instanceof Error && cause.name === 'TimeoutError')) throw cause;
    }
    await sleep(Math.random() * 100 * 2 ** attempt);
  }
};
