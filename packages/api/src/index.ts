import { Hono } from 'hono';
import { type CatalogueOptions, catalogue } from './catalogue/index.ts';
import type { HealthOptions } from './health/index.ts';
import { quiet } from './route/index.ts';
import type { StaffOptions } from './staff/index.ts';

export type { CatalogueOptions } from './catalogue/index.ts';
export type { Log } from './route/index.ts';
export type { OidcOptions } from './sign-in/index.ts';
export type { StaffOptions } from './staff/index.ts';

export type ApiOptions = StaffOptions & {
  readonly catalogue?: CatalogueOptions;
  readonly checks?: HealthOptions['checks'];
};

/**
 * One app object on Node and on Lambda: the staff API at /api, /healthz and /metrics, the public catalogue at /.
 * A host that serves the console mounts it in front of this.
 */
export const createApi = (options: ApiOptions): Hono => {
  const { office, log = quiet } = options;
  const app = new Hono();
  const pages = catalogue(office, { log, ...options.catalogue });
  // Loaded when it is first asked for: a reader who wakes a function waits for no sign-in and no routes of the staff.
  let opened: Promise<Hono> | undefined;
  const forOffice = (): Promise<Hono> => {
    opened ??= import('./office-part.ts').then(({ officePart }) => officePart(options, pages));
    return opened;
  };
  for (const path of ['/api/*', '/healthz', '/metrics'])
    app.all(path, async (context) => (await forOffice()).fetch(context.req.raw, context.env));
  // Whole, so that unknown addresses get the catalogue's page too.
  app.all('*', (context) => pages.fetch(context.req.raw, context.env));
  return app;
};
