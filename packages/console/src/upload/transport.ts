import type { publication } from '@gongkai/api/contract';
import { sha256 } from '@noble/hashes/sha2.js';
import type * as z from 'zod';
import { call, ProblemError, problemOf } from '../api/request.ts';
import type { Line, Options } from './chunks.ts';

type Begun = z.infer<typeof publication.upload>;

export const chunkOptions: Options = {
  chunk: 4 * 1024 * 1024,
  tries: 8,
  broken: (error) =>
    error instanceof ProblemError &&
    (error.status === 0 || error.status >= 502 || error.problem.code === 'upload-offset'),
  wait: (attempt, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, Math.min(15_000, 500 * 2 ** attempt));
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
};

const reach = async (path: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> => {
  const response = await fetch(`/api${path}`, init).catch((cause: unknown) => {
    if (init.signal.aborted) throw cause;
    throw new ProblemError(
      { code: 'unreachable', zh: '连接中断，正在重试。', en: 'The connection broke; trying again.' },
      0,
    );
  });
  if (!response.ok) throw await problemOf(response);
  return response;
};

const offsetIn = (response: Response, otherwise: number): number =>
  Number(response.headers.get('upload-offset') ?? otherwise);

export const beginUpload = (
  publicationId: string,
  file: File,
  hash: string | undefined,
  signal: AbortSignal,
) =>
  call<Begun>(`/publications/${publicationId}/uploads`, {
    method: 'POST',
    body: { name: file.name, size: file.size, ...(hash ? { sha256: hash } : {}) },
    signal,
  });

export const lineTo = (upload: string): Line => ({
  send: async (offset, bytes, signal) => {
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
    const response = await reach(`/uploads/${upload}`, { method: 'PATCH', headers, body: bytes, signal });
    return offsetIn(response, offset + bytes.size);
  },
  offset: async (signal) => offsetIn(await reach(`/uploads/${upload}`, { method: 'HEAD', signal }), 0),
});

/**
 * The whole file in one request past the API, where the server gave a ticket. True when it arrived; false when it did not,
 * for whatever reason (an old proxy, a slow line, a ticket that ran out): then pieces go through the API.
 */
export const sendWhole = (
  { url, fields }: NonNullable<Begun['ticket']>,
  file: File,
  progress: (sent: number) => void,
  signal: AbortSignal,
): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', file);
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded }) => progress(Math.min(loaded, file.size));
    request.onload = () => resolve(request.status >= 200 && request.status < 300);
    request.onerror = () => resolve(false);
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', url);
    request.send(form);
  });

export const finishUpload = (upload: string, signal: AbortSignal) =>
  call<unknown>(`/uploads/${upload}/finish`, { method: 'POST', signal });

/**
 * SHA-256 of a file, read in pieces so that 100 MB never stand in memory. In plain JavaScript on purpose:
 * `crypto.subtle` is missing where an intranet serves http, and WebAssembly would need a wider CSP.
 */
export const hashOf = async (file: Blob, signal: AbortSignal): Promise<string> => {
  const hash = sha256.create();
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    signal.throwIfAborted();
    hash.update(piece.value);
  }
  return [...hash.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};
