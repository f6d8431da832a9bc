import {
  CursorUnreadable,
  err,
  holds,
  type Office,
  ok,
  type Refusal,
  type Result,
  refusal,
} from '@gongkai/core';
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { requestRecords } from './audited.ts';
import { readJson } from './body.ts';
import type { Caller } from './caller.ts';
import type { Log } from './log.ts';
import { fromOwnPages } from './origin.ts';
import { problemResponse, unexpectedResponse } from './problem.ts';
import { declaredActions, type Route } from './route.ts';

export type MountOptions = {
  readonly office: Office;
  readonly log: Log;
  /** Who calls: by session cookie or bearer token; undefined when nobody valid. */
  readonly identify: (request: Request) => Promise<Caller | undefined>;
  readonly addressOf: (context: Context) => string;
  /** Further origins whose pages are ours, when a proxy changes the host name. */
  readonly origins: readonly string[];
};

const refused = (code: Parameters<typeof refusal>[0], details?: Refusal['details']) =>
  err(refusal(code, details));

const ifMatch = (request: Request): number | undefined => {
  const match = /^(?:W\/)?"?(\d{1,15})"?$/.exec(request.headers.get('if-match') ?? '');
  return match ? Number(match[1]) : undefined;
};

/** Whether the caller may use the route at all. What may be done with which record is decided by the core. */
const admitted = (one: Route, caller: Caller | undefined, now: string): Result<void, Refusal> => {
  if (one.who === 'anyone') return ok(undefined);
  if (!caller) return refused('not-signed-in');
  if (!caller.session && !one.token) return refused('reauthentication-needed');
  if (caller.mustEnrol && !one.enrolling) return refused('second-factor-needed');
  if (one.who !== 'staff' && !holds(caller.person, ...one.who))
    return refused('not-allowed', { role: one.who.join(' / ') });
  if (one.confirmed && (caller.session === undefined || caller.session.confirmedUntil <= now))
    return refused('reauthentication-needed');
  return ok(undefined);
};

/** No id of ours holds anything else; what does is not looked up at all. */
const plausible = (params: Readonly<Record<string, string>>): boolean =>
  Object.values(params).every((value) => /^[\w.~:-]{1,200}$/.test(value));

const securityHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'self'",
  'cross-origin-resource-policy': 'same-origin',
} as const;

const answer = (one: Route, outcome: Result<unknown, Refusal> | Response, correlation: string): Response => {
  if (outcome instanceof Response) return outcome;
  if (!outcome.ok) return problemResponse(outcome.error, correlation);
  if (outcome.value === undefined) return new Response(null, { status: 204 });
  const value = (one.answer ?? z.unknown()).parse(outcome.value);
  const headers = new Headers({ 'content-type': 'application/json; charset=utf-8' });
  const version = z.object({ version: z.number() }).safeParse(value);
  if (version.success) headers.set('etag', `"${version.data.version}"`);
  return new Response(JSON.stringify(value), { status: 200, headers });
};

const perform = async (one: Route, context: Context, options: MountOptions, correlation: string) => {
  const { office } = options;
  const request = context.req.raw;
  const changing = one.method !== 'GET';
  const bearer = request.headers.get('authorization') !== null;
  if (changing && !bearer && !fromOwnPages(request, options.origins)) return refused('cross-site');
  const params = context.req.param() as Record<string, string>;
  if (!plausible(params)) return refused('not-found');

  const caller = await options.identify(request);
  const may = admitted(one, caller, office.clock.now());
  if (!may.ok) return may;

  const version = ifMatch(request);
  if (one.version === 'required' && version === undefined)
    return refused('invalid-input', { detail: 'If-Match' });
  const body = changing && one.bytes !== 'in' ? await readJson(request) : ok(undefined);
  if (!body.ok) return body;
  return one.run({
    office: { ...office, records: requestRecords(office.records, declaredActions(one)) },
    caller,
    query: context.req.query(),
    body: body.value,
    params,
    version,
    request,
    address: options.addressOf(context),
    correlation,
    log: options.log,
  });
};

/**
 * One wrapper for every route: own pages only, who calls, whether they may, input parsed, the command called, its
 * outcome as JSON or as a problem. What is thrown is a bug or a broken machine: 500, logged, nothing told.
 */
const handler = (one: Route, options: MountOptions) => async (context: Context) => {
  const correlation = options.office.ids.next('req');
  const started = performance.now();
  let response: Response;
  try {
    response = answer(one, await perform(one, context, options, correlation), correlation);
  } catch (cause) {
    if (cause instanceof CursorUnreadable)
      response = problemResponse(refusal('invalid-input', { detail: 'cursor' }), correlation);
    else {
      const error = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      // A connection that broke while its body was coming in is nobody's fault here; uploads go on from where it was.
      const gone = context.req.raw.signal.aborted;
      const told = { correlation, method: one.method, path: one.path, error };
      options.log(gone ? 'info' : 'error', gone ? 'request.aborted' : 'request.broken', told);
      response = unexpectedResponse(correlation);
    }
  }
  for (const [name, value] of Object.entries(securityHeaders))
    if (!response.headers.has(name)) response.headers.set(name, value);
  response.headers.set('x-correlation-id', correlation);
  options.log(response.status >= 500 && !context.req.raw.signal.aborted ? 'error' : 'info', 'request', {
    correlation,
    method: context.req.method,
    path: one.path,
    ...context.req.param(),
    status: response.status,
    ms: Math.round(performance.now() - started),
  });
  return response;
};

export const mount = (routes: readonly Route[], options: MountOptions): Hono => {
  const app = new Hono();
  for (const one of routes) app.on(one.method, one.path, handler(one, options));
  // Not `notFound`: that is lost when this app is mounted in another.
  app.all('*', () => problemResponse(refusal('not-found'), options.office.ids.next('req')));
  return app;
};
