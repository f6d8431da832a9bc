import { type Office, refusal } from '@gongkai/core';
import { type Context, Hono } from 'hono';
import { type Caller, type Log, problemResponse } from '../route/index.ts';
import { gauges, overdueTimers, prometheusText } from './gauges.ts';

export type HealthOptions = {
  readonly office: Office;
  readonly log: Log;
  readonly identify: (request: Request) => Promise<Caller | undefined>;
  readonly addressOf: (context: Context) => string;
  /** What only the host can see (disk, converter, signing key): a reason for each thing that is broken. */
  readonly checks?: (() => Promise<readonly string[]>) | undefined;
};

/** So late a timer means that nobody sweeps any more. */
const stalledMs = 5 * 60_000;

const reasonsOf = async ({ office, checks }: HealthOptions): Promise<readonly string[]> => {
  const before = new Date(Date.parse(office.clock.now()) - stalledMs).toISOString();
  const late = await overdueTimers(office, before, 1);
  return [...(late > 0 ? ['clock-stalled'] : []), ...((await checks?.()) ?? [])];
};

const isLocal = (context: Context, options: HealthOptions): boolean =>
  /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/.test(options.addressOf(context)) &&
  // Behind a proxy on this machine everyone comes from 127.0.0.1.
  !['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => context.req.raw.headers.has(name));

/** /healthz for whoever balances the load, /metrics for this machine or a token of somebody who supervises. */
export const health = (options: HealthOptions): Hono => {
  const app = new Hono();
  app.get('/healthz', async () => {
    const headers = { 'cache-control': 'no-store' };
    try {
      const reasons = await reasonsOf(options);
      return Response.json(
        { ok: reasons.length === 0, reasons },
        { status: reasons.length === 0 ? 200 : 503, headers },
      );
    } catch (cause) {
      options.log('error', 'healthz', { error: cause instanceof Error ? cause.message : String(cause) });
      return Response.json({ ok: false, reasons: ['records-unreachable'] }, { status: 503, headers });
    }
  });
  app.get('/metrics', async (context) => {
    const caller = isLocal(context, options) ? undefined : await options.identify(context.req.raw);
    const may =
      isLocal(context, options) ||
      caller?.person.roles.some((role) => role === 'administrator' || role === 'supervisor');
    if (!may) return problemResponse(refusal('not-found'), options.office.ids.next('req'));
    return new Response(prometheusText(await gauges(options.office)), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
    });
  });
  return app;
};
