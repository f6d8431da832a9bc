import { type Bytes, publicFile, publicItem, publicOfd } from '@gongkai/core';
import type { Context } from 'hono';
import { byteRange } from './byte-range.ts';
import { contentDisposition } from './content-disposition.ts';
import { sendMissing } from './page.ts';
import { tombstoneOf } from './public-view.ts';
import { fileLabel, type Site, titleOf } from './site.ts';
import { sendTombstone } from './tombstone.ts';

const formats = {
  pdf: { door: publicFile, type: 'application/pdf' },
  ofd: { door: publicOfd, type: 'application/ofd' },
} as const;

/**
 * The one door to public bytes (design.md, rule 2). Visibility and the gate's pass for exactly this hash are asked
 * at every request, also for a range and for `If-None-Match`: a copy in a browser is only shown again after that.
 */
export const file = (site: Site, format: keyof typeof formats) => async (c: Context) => {
  const id = c.req.param('id') ?? '';
  const place = c.req.param('n') ?? '';
  const n = /^\d{1,4}$/.test(place) ? Number(place) : -1;
  const door = await formats[format].door(site.office, id, n);
  if (door === 'gone') {
    const found = await publicItem(site.office, id);
    return found ? sendTombstone(c, site, await tombstoneOf(site, found.item)) : sendMissing(c, site);
  }
  if (!door) return sendMissing(c, site);

  const blob = { area: 'vault', sha256: door.sha256 } as const;
  const held = await site.office.blobs.head(blob);
  if (!held) throw new Error(`the vault has lost ${door.sha256} of ${id}`);
  const etag = `"${door.sha256}"`;
  const name = n === 0 ? titleOf(door.item) : `${titleOf(door.item)} ${fileLabel(n)}`;
  const headers: Record<string, string> = {
    'Content-Type': formats[format].type,
    'Content-Disposition': contentDisposition(
      // No browser shows an OFD.
      format === 'pdf' && c.req.query('download') === undefined ? 'inline' : 'attachment',
      name,
      `${door.item.numbers?.indexNumber ?? door.item.id}${n === 0 ? '' : `-${n}`}`,
      format,
    ),
    ETag: etag,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
    'Content-Security-Policy': filePolicy,
    'X-Robots-Tag': door.item.until === undefined ? 'all' : 'noarchive',
  };
  const known = c.req.header('if-none-match');
  if (
    known !== undefined &&
    (known.trim() === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))
  )
    return c.body(null, 304, headers);

  const condition = c.req.header('if-range');
  const range = byteRange(
    condition === undefined || condition === etag ? c.req.header('range') : undefined,
    held.size,
  );
  if (range.kind === 'unsatisfiable')
    return c.body(null, 416, { ...headers, 'Content-Range': `bytes */${held.size}` });
  const part = range.kind === 'part' ? range : { start: 0, end: held.size };
  if (range.kind === 'part') headers['Content-Range'] = `bytes ${part.start}-${part.end - 1}/${held.size}`;
  headers['Content-Length'] = String(part.end - part.start);
  const status = range.kind === 'part' ? 206 : 200;
  // Hono answers HEAD by way of GET: nothing may be opened that nobody reads to its end.
  if (c.req.method === 'HEAD') return c.body(null, status, headers);
  const bytes = await site.office.blobs.open(blob, part);
  if (!bytes) throw new Error(`the vault has lost ${door.sha256} of ${id}`);
  return c.body(streamOf(bytes), status, headers);
};

/** A PDF may load nothing and run nothing, and only our own pages may frame it. */
const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

/** Pulled as the reader takes it; a reader who leaves closes the file. */
const streamOf = (bytes: Bytes): ReadableStream<Uint8Array> => {
  const pieces = bytes[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await pieces.return?.();
    },
  });
};
