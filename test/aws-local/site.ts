import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalFunction } from './lambda.ts';

/** What CloudFront and the function's address do (infra/site.ts, address.ts): /console from files, the rest by `api`. */

const built = fileURLToPath(new URL('../../packages/console/dist', import.meta.url));
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Lambda takes 6 MB in a request, bytes in base64. */
const longestRequest = 6 * 1024 * 1024;

const consoleFile = (path: string, response: ServerResponse): void => {
  const file = normalize(join(built, path.slice('/console'.length)));
  const there = file.startsWith(built + sep) && existsSync(file) && statSync(file).isFile();
  const found = there ? file : join(built, 'index.html');
  if (!existsSync(found)) {
    response.writeHead(503).end('the console is not built: npm start');
    return;
  }
  response.setHeader('content-type', types[extname(found)] ?? 'application/octet-stream');
  createReadStream(found).pipe(response);
};

/** A request as a function's address tells it (payload version 2.0). */
const eventOf = async (request: IncomingMessage): Promise<object | undefined> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts).toString('base64');
  if (body.length > longestRequest) return undefined;
  const { pathname, search } = new URL(request.url ?? '/', 'http://site');
  const { cookie, host, connection, 'cloudfront-viewer-address': _forged, ...headers } = request.headers;
  const { remoteAddress = '', remotePort = 0 } = request.socket;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      host: 'api.lambda-url.local',
      'x-forwarded-host': host ?? '',
      'cloudfront-viewer-address': `${remoteAddress}:${remotePort}`,
    },
    requestContext: {
      domainName: 'api.lambda-url.local',
      http: { method: request.method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
    },
    ...(body === '' ? {} : { body }),
    isBase64Encoded: body !== '',
  };
};

type Head = { statusCode: number; headers: Record<string, string>; cookies?: string[] };

/** The head (JSON, eight zeros), then the body as it comes. */
const answer = async (stream: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> => {
  let begun = Buffer.alloc(0);
  let open = false;
  for await (const chunk of stream) {
    if (open) {
      if (!response.destroyed) response.write(chunk);
      continue;
    }
    begun = Buffer.concat([begun, chunk]);
    const at = begun.indexOf(Buffer.alloc(8));
    if (at < 0) continue;
    const head = JSON.parse(begun.subarray(0, at).toString()) as Head;
    response.writeHead(head.statusCode, {
      ...head.headers,
      ...(head.cookies?.length ? { 'set-cookie': head.cookies } : {}),
    });
    response.write(begun.subarray(at + 8));
    open = true;
  }
  response.end();
};

export const site = async (api: LocalFunction, port: number) => {
  const server = createServer(async (request, response) => {
    try {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname);
      if (path === '/console') return void response.writeHead(308, { location: '/console/' }).end();
      if (path.startsWith('/console/')) return consoleFile(path, response);
      const event = await eventOf(request);
      if (event === undefined) return void response.writeHead(413).end();
      await answer(await api.invokeStreaming(event), response);
    } catch (cause) {
      if (!response.headersSent) response.writeHead(502);
      response.end(String(cause));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = address !== null && typeof address === 'object' ? address.port : port;
  return {
    address: `http://127.0.0.1:${bound}`,
    end: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
