import { Hono } from 'hono';
import { type HealthOptions, health } from './health/index.ts';
import { quiet } from './route/index.ts';
import { connectionAddress, type StaffOptions, staffApi, staffIdentify } from './staff/index.ts';

/** What only the office and its machines ask for: /api, /healthz and /metrics. Everything else goes to `pages`. */
export const officePart = (
  options: StaffOptions & Pick<HealthOptions, 'checks'>,
  pages: Pick<Hono, 'fetch'>,
): Hono => {
  const { office, log = quiet, addressOf = connectionAddress, checks } = options;
  const app = new Hono();
  app.route('/api', staffApi(options));
  app.route('/', health({ office, log, addressOf, checks, identify: staffIdentify(options) }));
  app.all('*', (context) => pages.fetch(context.req.raw, context.env));
  return app;
};
