import { err, type Office, ok, type Refusal, type Result, type Role, refusal } from '@gongkai/core';
import type { ZodType } from 'zod';
import type { Caller } from './caller.ts';
import type { Log } from './log.ts';
import { withoutSecretMark } from './typed-secret.ts';

export type Call<Q, B> = {
  /** With records that refuse a change without its audit entry. */
  readonly office: Office;
  readonly caller: Caller;
  readonly query: Q;
  readonly body: B;
  readonly params: Readonly<Record<string, string>>;
  /** From `If-Match`: what the person saw. */
  readonly version: number | undefined;
  readonly request: Request;
  readonly address: string;
  readonly correlation: string;
  readonly log: Log;
};

/** A JSON value for the answer schema, or a finished response (bytes, cookies). */
type Outcome = Promise<Result<unknown, Refusal> | Response>;

type Shape<Q, B> = {
  /** Under /api, parameters as `:id`. */
  readonly path: string;
  readonly summary: string;
  /** `anyone` needs no sign-in; `staff` any role; else one of these roles. */
  readonly who: 'anyone' | 'staff' | readonly Role[];
  /** Whether a machine token may do it. A token can prepare everything and decide nothing. */
  readonly token: boolean;
  readonly query?: ZodType<Q>;
  readonly body?: ZodType<B>;
  /** What is typed stays in a record: before `run` sees it, it is searched for a state-secret mark. */
  readonly recorded?: true;
  /** What OpenAPI tells of the body beyond its schema. */
  readonly bodyDescribed?: () => Readonly<Record<string, unknown>>;
  /** What JSON goes out: parsed by it, so that nothing leaves that is not in the contract. */
  readonly answer?: ZodType;
  /** The body or the answer is not JSON. */
  readonly bytes?: 'in' | 'out';
  readonly version?: 'required' | 'optional';
  /** Asks for the password again when the last time is too long ago. */
  readonly confirmed?: boolean;
  /** Works before a required second factor is set up. */
  readonly enrolling?: boolean;
};

export type Reading = { readonly method: 'GET' };
export type Changing = {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** The audit actions that it may write; or why it changes nothing that needs one. */
  readonly audit: readonly [string, ...string[]] | { readonly none: string };
};

type Spec<Q, B> = Shape<Q, B> & (Reading | Changing) & { run(call: Call<Q, B>): Outcome };

export type RawCall = Omit<Call<unknown, unknown>, 'caller'> & { readonly caller: Caller | undefined };
export type Route = Shape<unknown, unknown> & (Reading | Changing) & { run(call: RawCall): Outcome };

/** Where the input is wrong, in the path's own words. */
const fault = (issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]) => {
  const [first] = issues;
  const where = first?.path.map(String).join('.') ?? '';
  return refusal('invalid-input', { detail: `${where}${where ? ': ' : ''}${first?.message ?? ''}` });
};

const parsed = <T>(schema: ZodType<T> | undefined, value: unknown): Result<T, Refusal> => {
  // Without a schema the route has declared that it looks at nothing.
  if (!schema) return ok(undefined as T);
  const outcome = schema.safeParse(value);
  return outcome.success ? ok(outcome.data) : err(fault(outcome.error.issues));
};

const nobody = (): Caller => {
  throw new Error('a route for anyone asked who is calling');
};

/** Declares a route: its input is parsed before `run` sees it. */
export const route = <Q = undefined, B = undefined>(spec: Spec<Q, B>): Route => ({
  ...spec,
  run: async (raw) => {
    const query = parsed(spec.query, raw.query);
    if (!query.ok) return query;
    const body = parsed(spec.body, raw.body);
    if (!body.ok) return body;
    if (spec.recorded) {
      const typed = await withoutSecretMark(raw.office, body.value);
      if (!typed.ok) return typed;
    }
    const { caller } = raw;
    return spec.run({
      ...raw,
      query: query.value,
      body: body.value,
      get caller() {
        return caller ?? nobody();
      },
    });
  },
});

export const declaredActions = (one: Route): readonly string[] =>
  one.method === 'GET' || 'none' in one.audit ? [] : one.audit;
