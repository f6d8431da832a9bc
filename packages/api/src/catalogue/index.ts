import type { Office } from '@gongkai/core';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { type Log, quiet } from '../route/index.ts';
import { about } from './about.ts';
import { type Assets, serveAssets } from './assets.ts';
import { column, columnJson } from './column.ts';
import { detachedSignature } from './detached-signature.ts';
import { feed } from './feed.ts';
import { file } from './file.ts';
import { item, itemJson } from './item.ts';
import { sendBroken, sendMissing } from './page.ts';
import { portal, portalJson } from './portal.ts';
import { setPreferences } from './preferences.ts';
import { releasedTexts } from './released-text.ts';
import { itemCode, screen } from './screen.ts';
import { search, searchJson, suggestJson } from './search.ts';
import { section, sectionJson } from './section.ts';
import type { Site } from './site.ts';
import { robots, sitemap, sitemapFile } from './sitemap.ts';
import { verifyCode, verifyCodeJson, verifyForm, verifyHash, verifyHashJson } from './verify.ts';
import { withdrawn, withdrawnJson } from './withdrawn.ts';

export type { Assets } from './assets.ts';

export type CatalogueOptions = {
  /** Replaces the texts beside this folder: another theme, or a bundle that has no files. */
  /** `folder`: where the files of assets/ are, when they are not beside this code (a bundle). */
  readonly assets?: Partial<Assets> & { readonly folder?: string };
  /** How long a page waits for the text of a document before it does without, in milliseconds; 8,000 by default. */
  readonly textPatience?: number;
  /** Told when a page cannot be made. */
  readonly log?: Log;
};

/**
 * 公开目录: the public pages. Everything goes through `visible()` for everyone, at the moment of reading; it needs no
 * sign-in and sets no cookie but the two of the display. Mount it at `/` after the other apps, and use its `fetch`
 * as the host's `notFound`, so that every unknown address gets the same page.
 */
export const catalogue = (office: Office, options: CatalogueOptions = {}): Hono => {
  const site: Site = {
    office,
    assets: serveAssets(options.assets),
    releasedText: releasedTexts(office.inspector, options.textPatience),
  };
  const app = new Hono();
  app.use(publicHeaders);

  app.get('/', portal(site));
  app.get('/index.json', portalJson(site));
  app.get('/section/:file{[^/]+\\.json}', sectionJson(site));
  app.get('/section/:key', section(site));
  app.get('/column/:file{[^/]+\\.json}', columnJson(site));
  app.get('/column/:key', column(site));
  app.get('/item/:file{[^/]+\\.json}', itemJson(site));
  app.get('/item/:id', item(site));
  app.get('/item/:id/qr.svg', itemCode(site));
  app.get('/screen', screen(site));
  app.get('/file/:id/:n', file(site, 'pdf'));
  app.get('/ofd/:id/:n', file(site, 'ofd'));
  app.get('/signature/:id/:n', detachedSignature(site));
  app.get('/search', search(site));
  app.get('/search.json', searchJson(site));
  app.get('/suggest.json', suggestJson(site));
  app.get('/withdrawn', withdrawn(site));
  app.get('/withdrawn.json', withdrawnJson(site));
  app.get('/verify', verifyForm(site));
  app.get('/verify/hash/:file{[^/]+\\.json}', verifyHashJson(site));
  app.get('/verify/hash/:sha256', verifyHash(site));
  app.get('/verify/:file{[^/]+\\.json}', verifyCodeJson(site));
  app.get('/verify/:code', verifyCode(site));
  app.get('/about', about(site));
  app.get('/feed.atom', feed(site));
  app.get('/sitemap.xml', sitemap(site));
  app.get('/sitemap/:file{[^/]+\\.xml}', sitemapFile(site));
  app.get('/robots.txt', robots(site));
  app.get('/display', setPreferences);
  app.get('/favicon.ico', (c) => c.redirect(site.assets.icon, 302));
  app.get('/assets/:name', asset(site));
  app.notFound((c) => sendMissing(c, site));
  app.onError((cause, c) => {
    const error = cause.stack ?? cause.message;
    (options.log ?? quiet)('error', 'page.broken', { path: c.req.path.slice(0, 200), error });
    return sendBroken(c);
  });
  return app;
};

/** An unknown name may only be of an older version: its successor is on the page, so nothing is kept of the answer. */
const asset = (site: Site) => async (c: Context) => {
  const found = site.assets.files.get(c.req.param('name') ?? '');
  if (!found) return c.text('Not found', 404, { 'Cache-Control': 'no-store' });
  return c.body(found.text, 200, {
    'Content-Type': found.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
  });
};

/** Nothing from elsewhere, no inline script or style, and no frame but our own PDFs. */
const pagePolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'";

const publicHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.res;
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', pagePolicy);
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Referrer-Policy', 'same-origin');
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
};
