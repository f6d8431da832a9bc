import type { BlobRef, Blobs, Bytes } from '@gongkai/core';
import { byteRange } from '../catalogue/byte-range.ts';

/** Pulled as the reader takes it; a reader who leaves closes the file. */
const streamOf = (bytes: Bytes): ReadableStream<Uint8Array> => {
  const pieces = bytes[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await pieces.return?.();
    },
  });
};

/** Nothing in it may run, load or be framed by others. */
const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

/**
 * The bytes of a blob, whole or the range that was asked for. Staff see drafts only while they may: nothing is
 * kept by the browser. Undefined when there is no such blob.
 */
export const bytesResponse = async (
  blobs: Blobs,
  blob: BlobRef,
  request: Request,
  about: { readonly type: string; readonly disposition: string },
): Promise<Response | undefined> => {
  const held = await blobs.head(blob);
  if (!held) return undefined;
  const headers: Record<string, string> = {
    'content-type': about.type,
    'content-disposition': about.disposition,
    'content-security-policy': filePolicy,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    etag: `"${blob.sha256}"`,
  };
  const range = byteRange(request.headers.get('range') ?? undefined, held.size);
  if (range.kind === 'unsatisfiable')
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${held.size}` },
    });
  const part = range.kind === 'part' ? range : { start: 0, end: held.size };
  if (range.kind === 'part') headers['content-range'] = `bytes ${part.start}-${part.end - 1}/${held.size}`;
  headers['content-length'] = String(part.end - part.start);
  const status = range.kind === 'part' ? 206 : 200;
  // HEAD is answered by way of GET: nothing may be opened that nobody reads to its end.
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const bytes = await blobs.open(blob, part);
  return bytes && new Response(streamOf(bytes), { status, headers });
};
