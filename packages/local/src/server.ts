import { createReadStream, existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { createApi, type OidcOptions } from '@gongkai/api';
import { connectionAddress } from '@gongkai/api/staff';
import { serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { home } from './configuration.ts';
import { isDemonstration } from './demonstration/index.ts';
import type { Host } from './host.ts';
import type { Log } from './log.ts';
import { takeOver } from './take-over.ts';
import { hostChecks, startUpkeep } from './upkeep.ts';
import { startWorkers, type Workers } from './workers.ts';

const built = join(home, 'packages', 'console', 'dist');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
};

const consoleHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  // Ant Design writes its styles while it runs; scripts come from our own files alone. pdf.js compiles its decoders.
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
} as const;

/** What is no text in UTF-8 is no file of ours. */
const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
};

/** The staff's console: the built files, and its first page for every address of its own. */
const consoleApp = (): Hono => {
  const app = new Hono();
  app.get('/console', (context) => context.redirect('/console/', 308));
  app.get('/console/*', (context) => {
    const asked = decoded(new URL(context.req.url).pathname.slice('/console/'.length));
    const path = normalize(join(built, asked));
    const inside = path.startsWith(built + sep) && existsSync(path) && statSync(path).isFile();
    const file = inside ? path : join(built, 'index.html');
    if (!existsSync(file))
      return context.text('控制台尚未构建：npm start / the console is not built: npm start', 503);
    const immutable = inside && asked.startsWith('assets/');
    return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, {
      headers: {
        ...consoleHeaders,
        'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
        'content-length': String(statSync(file).size),
        'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    });
  });
  return app;
};

/** Behind a proxy the browser's origin is the public address, and https ends there. */
const publicOrigin = (url: string | undefined): { origins?: string[]; secure?: boolean } =>
  url === undefined ? {} : { origins: [new URL(url).origin], secure: url.startsWith('https:') };

/**
 * Whose request it is, for the limits on guessing passwords. Behind a proxy of ours (a public address is set, and it
 * comes from this machine) it is whom the proxy names last; else one stranger could shut the whole office out.
 */
const askedFrom =
  (proxied: boolean) =>
  (context: Context): string => {
    const direct = connectionAddress(context);
    const named = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
    return proxied && named && /^(?:::1|(?:::ffff:)?127\.)/.test(direct) ? named : direct;
  };

/** The secret is read at each use: a rotated one counts at once. The path is one from the data folder. */
const oidcOf = ({ configuration, data }: Host): OidcOptions | undefined => {
  if (!configuration.oidc) return undefined;
  const { secretFile, ...settings } = configuration.oidc;
  if (secretFile === undefined) return settings;
  const file = resolve(data, secretFile);
  if (!existsSync(file))
    throw new Error(`oidc: 找不到密钥文件 ${file} / the file of the secret is not there`);
  return { ...settings, secret: async () => (await readFile(file, 'utf8')).trim() };
};

/** Everything on one address: /console for staff, /api for programs, the rest is the public catalogue. */
export const createSite = (host: Host, log: Log): Hono => {
  const site = new Hono();
  site.route('/', consoleApp());
  const api = createApi({
    office: host.office,
    log,
    demonstration: isDemonstration(host.data),
    oidc: oidcOf(host),
    checks: hostChecks(host),
    addressOf: askedFrom(host.configuration.publicUrl !== undefined),
    ...publicOrigin(host.configuration.publicUrl),
  });
  // Whole, so that unknown addresses get the catalogue's page, and `env` keeps the connection's address.
  site.all('*', (context) => api.fetch(context.req.raw, context.env));
  return site;
};

export type Running = {
  readonly address: string;
  readonly site: Hono;
  readonly workers: Workers;
  stop(): Promise<void>;
};

/** Serves and works until `stop`. Throws `AlreadyRunning`, or Node's error when the port is taken. */
export const run = async (host: Host, log: Log): Promise<Running> => {
  const owner = await takeOver(host, log);
  try {
    return await serveAndWork(host, log, () => owner.release());
  } catch (cause) {
    owner.release();
    throw cause;
  }
};

const serveAndWork = async (host: Host, log: Log, letGo: () => void): Promise<Running> => {
  const site = createSite(host, log);
  const { port, host: name } = host.configuration;
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const listening = serve({ fetch: site.fetch, port, hostname: name }, () => resolve(listening));
    listening.once('error', reject);
  });
  const workers = startWorkers(host.office, log);
  const upkeep = startUpkeep(host, log);
  host.onCommit(() => workers.wake());
  const bound = server.address();
  return {
    address: `http://${name === '0.0.0.0' ? '127.0.0.1' : name}:${typeof bound === 'object' && bound ? bound.port : port}`,
    site,
    workers,
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        // Browsers keep connections open; they must not keep the office open.
        if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), 1_000).unref();
      });
      upkeep.stop();
      await workers.stop();
      letGo();
    },
  };
};
