import { Hono } from 'hono';
import { type CatalogueOptions, catalogue } from './catalogue/index.ts';
import { type HealthOptions, health } from './health/index.ts';
import { quiet } from './route/index.ts';
import { connectionAddress, type StaffOptions, staffApi, staffIdentify } from './staff/index.ts';

export type { CatalogueOptions } from './catalogue/index.ts';
export type { Log } from './route/index.ts';
export {
  clearRubbish,
  foundPerson,
  type NewPerson,
  type OidcOptions,
  type OidcSettings,
  oidcSettings,
} from './sign-in/index.ts';
export { connectionAddress, type StaffOptions, staffApi, staffRoutes } from './staff/index.ts';

export type ApiOptions = StaffOptions & {
  readonly catalogue?: CatalogueOptions;
  readonly checks?: HealthOptions['checks'];
};

/**
 * One app object on Node and on Lambda: the staff API at /api, /healthz and /metrics, the public catalogue at /.
 * A host that serves the console mounts it in front of this.
 */
export const createApi = (options: ApiOptions): Hono => {
  const { office, log = quiet, addressOf = connectionAddress, checks } = options;
  const app = new Hono();
  app.route('/api', staffApi(options));
  app.route('/', health({ office, log, addressOf, checks, identify: staffIdentify(options) }));
  const pages = catalogue(office, { log, ...options.catalogue });
  // Whole, so that unknown addresses get the catalogue's page too.
  app.all('*', (context) => pages.fetch(context.req.raw, context.env));
  return app;
};
