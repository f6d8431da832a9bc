import { createHash } from 'node:crypto';
import type { office, publication } from '@gongkai/api/contract';
import type * as z from 'zod';

type View = z.infer<typeof publication.publicationView>;
type Changed = z.infer<typeof publication.changed>;
type Begun = z.infer<typeof publication.upload>;

/** What the API refused, with its sentences. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly problem: z.infer<typeof office.problem>;

  constructor(status: number, problem: z.infer<typeof office.problem>) {
    super(`${problem.zh} / ${problem.en}`);
    this.status = status;
    this.problem = problem;
  }
}

type Fetch = (request: Request) => Response | Promise<Response>;

/** Bytes that travel in one request; a broken connection costs at most these. */
const chunkBytes = 4 * 1024 * 1024;

/** A person (or a machine with a token) at the API: the same API that the console uses, so nothing has a way around it. */
export class ApiClient {
  readonly #base: string;
  readonly #fetch: Fetch;
  readonly #token: string | undefined;
  #cookie = '';

  constructor(base: string, options: { fetch?: Fetch; token?: string } = {}) {
    this.#base = base.replace(/\/$/, '');
    this.#fetch = options.fetch ?? fetch;
    this.#token = options.token;
  }

  async call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const bytes = body instanceof Uint8Array;
    const request = new Request(`${this.#base}${path}`, {
      method,
      headers: {
        origin: this.#base,
        'sec-fetch-site': 'same-origin',
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
        ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
        ...(body === undefined
          ? {}
          : { 'content-type': bytes ? 'application/offset+octet-stream' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: bytes ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const response = await this.#fetch(request);
    for (const cookie of response.headers.getSetCookie()) this.#cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) throw new ApiRefusal(response.status, answer as z.infer<typeof office.problem>);
    return answer as T;
  }

  signIn(account: string, password: string): Promise<z.infer<typeof office.session>> {
    return this.call('POST', '/api/session', { account, password });
  }

  create(given: z.input<typeof publication.createPublication>): Promise<Changed> {
    return this.call('POST', '/api/publications', given);
  }

  view(id: string): Promise<View> {
    return this.call('GET', `/api/publications/${id}`);
  }

  edit(id: string, version: number, change: z.input<typeof publication.editPublication>): Promise<Changed> {
    return this.call('PATCH', `/api/publications/${id}`, change, { 'if-match': String(version) });
  }

  decide(id: string, version: number, ask: z.input<typeof publication.decide>): Promise<Changed> {
    return this.call('POST', `/api/publications/${id}/decisions`, ask, { 'if-match': String(version) });
  }

  /** All of it straight to where the bytes are kept, where the server gave a ticket. False: then piece by piece. */
  async #sendWhole(ticket: Begun['ticket'], bytes: Uint8Array): Promise<boolean> {
    if (ticket === undefined) return false;
    const form = new FormData();
    for (const [name, value] of Object.entries(ticket.fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(bytes)]));
    // No cookie and no token goes along: the ticket is the right.
    const sent = await fetch(ticket.url, { method: 'POST', body: form }).catch(() => undefined);
    return sent?.ok ?? false;
  }

  /** Sends the bytes by the server's ticket, or piece by piece; what the server says it has is where the next one begins. */
  async upload(id: string, name: string, bytes: Uint8Array): Promise<Changed> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const announced = { name, size: bytes.length, sha256 };
    const begun = await this.call<Begun>('POST', `/api/publications/${id}/uploads`, announced);
    let offset = (await this.#sendWhole(begun.ticket, bytes)) ? bytes.length : begun.offset;
    while (offset < bytes.length) {
      const piece = bytes.subarray(offset, offset + chunkBytes);
      const next = await this.call<Begun>('PATCH', `/api/uploads/${begun.upload}`, piece, {
        'upload-offset': String(offset),
      });
      offset = next.offset;
    }
    return this.call('POST', `/api/uploads/${begun.upload}/finish`, {});
  }

  /** Waits until the machines are done with it, or `seconds` have passed. */
  async waitUntil(id: string, done: (view: View) => boolean, seconds: number): Promise<View> {
    for (const end = Date.now() + seconds * 1000; ; ) {
      const view = await this.view(id);
      if (done(view) || Date.now() > end) return view;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
