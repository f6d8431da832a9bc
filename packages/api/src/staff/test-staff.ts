import { readFileSync } from 'node:fs';
import { type Office, type Policy, parsePolicy, type Role, type Signer, toHex } from '@gongkai/core';
import { drain, testOffice } from '@gongkai/core/memory';
import { ed25519 } from '@noble/curves/ed25519.js';
import { parse } from 'yaml';
import type * as z from 'zod';
import type { publication } from '../contract/index.ts';
import { createApi, type StaffOptions } from '../index.ts';
import { foundPerson } from '../sign-in/index.ts';

type View = z.infer<typeof publication.publicationView>;
type Line = Record<string, unknown>;

const origin = 'http://localhost';
const secret = new Uint8Array(32).fill(9);
const signer: Signer = {
  keyId: 'test',
  publicKey: toHex(ed25519.getPublicKey(secret)),
  sign: async (message) => ed25519.sign(message, secret),
};

export const testPolicy = (change: (policy: Policy) => Policy = (policy) => policy): Policy => {
  const parsed = parsePolicy(
    parse(readFileSync(new URL('../../../../policies/default.yaml', import.meta.url), 'utf8')),
  );
  if (!parsed.ok) throw new Error(parsed.error.code);
  return change(parsed.value);
};

const staff: Record<string, readonly Role[]> = {
  zhao: ['maker'],
  qian: ['first-reviewer'],
  sun: ['second-reviewer'],
  li: ['administrator'],
  zhou: ['supervisor'],
  // Holds everything that one person may hold: the four eyes must stop them all the same.
  wu: ['maker', 'first-reviewer', 'second-reviewer', 'principal'],
  zheng: ['maker'],
};
export const passwordOf = (account: string): string => `Taoyuan-${[...account].reverse().join('')}-7391`;

export type Answer = { readonly status: number; readonly body: Line; readonly headers: Headers };
type Sent = {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly version?: number;
};

/** A browser, or with a token a program: keeps its cookie and says where its pages come from. */
export class TestClient {
  cookie = '';
  readonly #fetch: (request: Request) => Response | Promise<Response>;
  readonly #token: string | undefined;

  constructor(fetch: (request: Request) => Response | Promise<Response>, token?: string) {
    this.#fetch = fetch;
    this.#token = token;
  }

  async raw(method: string, path: string, { body, headers = {}, version }: Sent = {}): Promise<Response> {
    const bytes = body instanceof Uint8Array;
    const request = new Request(`${origin}${path}`, {
      method,
      headers: {
        ...(this.#token ? { authorization: `Bearer ${this.#token}` } : { origin }),
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(body === undefined || bytes ? {} : { 'content-type': 'application/json' }),
        ...(bytes ? { 'content-type': 'application/offset+octet-stream' } : {}),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: bytes ? new Uint8Array(body) : typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const response = await this.#fetch(request);
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
    return response;
  }

  async send(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const response = await this.raw(method, path, sent);
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') && text !== '';
    return {
      status: response.status,
      body: (json ? JSON.parse(text) : { text }) as Line,
      headers: response.headers,
    };
  }

  get = (path: string, sent: Sent = {}) => this.send('GET', path, sent);
  post = (path: string, body: unknown = {}, sent: Sent = {}) => this.send('POST', path, { ...sent, body });

  signIn(account: string, password = passwordOf(account)): Promise<Answer> {
    return this.post('/api/session', { account, password });
  }

  async view(id: string): Promise<View> {
    const { status, body } = await this.get(`/api/publications/${id}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body as View;
  }

  /** The decision that a person would make on what they see now. */
  async decide(id: string, ask: object): Promise<Answer> {
    const { version, binding } = await this.view(id);
    return this.post(`/api/publications/${id}/decisions`, { binding, ...ask }, { version });
  }

  async upload(id: string, name: string, text: string): Promise<Answer> {
    const bytes = new TextEncoder().encode(text);
    const begun = await this.post(`/api/publications/${id}/uploads`, { name, size: bytes.length });
    if (begun.status !== 200) return begun;
    const path = `/api/uploads/${begun.body.upload}`;
    await this.send('PATCH', path, { body: bytes, headers: { 'upload-offset': '0' } });
    return this.post(`${path}/finish`);
  }
}

export const fields = {
  title: '三季度财务公示',
  office: '示例县人民政府办公室',
  generatedOn: '2026-02-01',
  summary: '财务收支',
  column: 'notices',
  genre: '通知',
};

/** An office with its people, its machines in memory, and the API over it. */
export const testStaff = async (
  policy: Policy = testPolicy(),
  change: (office: Office) => Office = (office) => office,
  more: Pick<StaffOptions, 'oidc'> = {},
) => {
  const world = testOffice(policy, {}, (office) => change({ ...office, signer }));
  const { office, clock } = world;
  const people: Record<string, string> = {};
  for (const [account, roles] of Object.entries(staff)) {
    const made = await foundPerson(office, {
      account,
      name: `员工${account}`,
      password: passwordOf(account),
      roles,
    });
    if (!made.ok) throw new Error(`${account}: ${made.error.code}`);
    people[account] = made.value.id;
  }
  const log: { level: string; event: string; fields: Line }[] = [];
  const app = createApi({
    ...more,
    office,
    log: (level, event, told = {}) => log.push({ level, event, fields: { ...told } }),
    addressOf: (context) => context.req.header('x-test-address') ?? '127.0.0.1',
  });
  const client = (token?: string) => new TestClient((request) => app.request(request), token);
  const as = async (account: string): Promise<TestClient> => {
    const one = client();
    const { status, body } = await one.signIn(account);
    if (status !== 200) throw new Error(JSON.stringify([body, log.filter(({ level }) => level === 'error')]));
    return one;
  };
  /** A draft of this person whose file the machines have been through. */
  const draft = async (maker: TestClient, text = '公示内容'): Promise<string> => {
    const made = await maker.post('/api/publications', {
      metadata: fields,
      display: { kind: 'days', amount: 7 },
    });
    if (made.status !== 200) throw new Error(JSON.stringify(made.body));
    const id = String(made.body.id);
    const up = await maker.upload(id, '公示.txt', text);
    if (up.status !== 200) throw new Error(JSON.stringify(up.body));
    await drain(office);
    return id;
  };
  return { ...world, app, client, as, draft, people, log, drain: () => drain(office, clock) };
};
