import type { office } from '@gongkai/api/contract';
import type * as z from 'zod';

export type Problem = z.infer<typeof office.problem>;

/** The server said no, or could not be reached. Always carries a sentence in both languages. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  constructor(problem: Problem, status: number) {
    super(problem.en);
    this.name = 'ProblemError';
    this.problem = problem;
    this.status = status;
  }
}

export const isProblem = (error: unknown, code: string): error is ProblemError =>
  error instanceof ProblemError && error.problem.code === code;

const unreachable: Problem = {
  code: 'unreachable',
  zh: '连不上服务器。请检查网络后重试；您填写的内容还在。',
  en: 'The server cannot be reached. Check the network and try again; what you entered is still here.',
};

const unexpected = (status: number): Problem => ({
  code: 'unexpected',
  zh: `服务器出现意外（${status}）。请稍后重试；仍不行请联系管理员。`,
  en: `The server met something unexpected (${status}). Try again shortly; if it stays, tell the administrator.`,
});

/** The problem that an answer carries, whatever stands in its body. */
export const problemOf = async (response: Response): Promise<ProblemError> => {
  const body: unknown = await response.json().catch(() => undefined);
  const told = typeof body === 'object' && body !== null && 'code' in body && 'zh' in body && 'en' in body;
  return new ProblemError(told ? (body as Problem) : unexpected(response.status), response.status);
};

export type Ask = {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  /** The version that the person saw: `If-Match`. */
  readonly version?: number;
  readonly signal?: AbortSignal;
};

const ask = async (path: string, { method = 'GET', body, version, signal }: Ask): Promise<Response> => {
  const headers: Record<string, string> = { accept: 'application/json' };
  // A body even where there is nothing to say: the server takes only JSON from a page of its own (CSRF).
  if (method !== 'GET') headers['content-type'] = 'application/json';
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  const response = await fetch(`/api${path}`, {
    method,
    headers,
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ProblemError(unreachable, 0);
  });
  if (!response.ok) throw await problemOf(response);
  return response;
};

/** One call of the API. Throws `ProblemError`, nothing else. */
export const call = async <T>(path: string, asked: Ask = {}): Promise<T> => {
  const response = await ask(path, asked);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
};

const nameIn = (response: Response): string => {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('content-disposition') ?? '');
  return decodeURIComponent(encoded?.[1] ?? 'document.pdf');
};

/** A call that is answered with a file, under the name that the server gave it. */
export const fileOf = async (path: string, asked: Ask = {}): Promise<File> => {
  const response = await ask(path, asked);
  const bytes = await response.blob();
  return new File([bytes], nameIn(response), { type: bytes.type });
};
