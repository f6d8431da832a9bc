import type { Office } from '@gongkai/core';
import type { Context, Hono } from 'hono';
import { type Log, mount, openApi, quiet, type Route, route } from '../route/index.ts';
import {
  identify,
  type OidcOptions,
  Provider,
  peopleRoutes,
  signInRoutes,
  signInWays,
} from '../sign-in/index.ts';
import { composeRoutes } from './compose-routes.ts';
import { dictionaryRoutes } from './dictionary-routes.ts';
import { enquiryRoutes } from './enquiry-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { officeRoutes } from './office-routes.ts';
import { posterRoutes } from './poster-routes.ts';
import { publicationRoutes } from './publication-routes.ts';
import { uploadRoutes } from './upload-routes.ts';
import { volumeRoutes } from './volume-routes.ts';

export type StaffOptions = {
  readonly office: Office;
  readonly log?: Log;
  readonly demonstration?: boolean;
  /** Sign-in by the office's own identity provider. */
  readonly oidc?: OidcOptions | undefined;
  /** Origins of our own pages, when a proxy changes the host name: `https://gongkai.example.gov.cn`. */
  readonly origins?: readonly string[];
  /** Whether browsers reach us over https; by default as the request says. A proxy that ends TLS must set it. */
  readonly secure?: boolean;
  /** Whose request it is, for the limits on guessing passwords; by default the other end of the connection. */
  readonly addressOf?: (context: Context) => string;
};

const isSecure =
  ({ secure }: StaffOptions) =>
  (request: Request): boolean =>
    secure ?? new URL(request.url).protocol === 'https:';

/** Every route of the staff API; OpenAPI and the tests walk this list. */
export const staffRoutes = (options: StaffOptions): readonly Route[] => {
  const demonstration = options.demonstration ?? false;
  const provider = options.oidc && new Provider(options.oidc, `${options.office.publicUrl}/console/oidc`);
  const routes: Route[] = [
    ...signInRoutes({ secure: isSecure(options), demonstration, provider }),
    ...peopleRoutes(provider),
    ...officeRoutes(demonstration, signInWays(provider)),
    ...publicationRoutes,
    ...fileRoutes,
    ...posterRoutes,
    ...volumeRoutes,
    ...uploadRoutes,
    ...composeRoutes,
    ...enquiryRoutes,
    ...dictionaryRoutes,
  ];
  // Made when it is first asked for: a cold start need not wait for it.
  let description: ReturnType<typeof openApi> | undefined;
  return [
    ...routes,
    route({
      method: 'GET',
      path: '/openapi.json',
      summary: 'OpenAPI',
      who: 'anyone',
      token: true,
      run: async () => {
        description ??= openApi(routes);
        return Response.json(description);
      },
    }),
  ];
};

/** Who makes a request, by cookie or token. */
export const staffIdentify = (options: StaffOptions) => identify(options.office, isSecure(options));

/** The staff API; mount it at /api. */
export const staffApi = (options: StaffOptions): Hono =>
  mount(staffRoutes(options), {
    office: options.office,
    log: options.log ?? quiet,
    identify: staffIdentify(options),
    addressOf: options.addressOf ?? connectionAddress,
    origins: options.origins ?? [],
  });

/** @hono/node-server hands Node's request on as `env.incoming`. */
export const connectionAddress = (context: Context): string => {
  const env = context.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress ?? 'unknown';
};
