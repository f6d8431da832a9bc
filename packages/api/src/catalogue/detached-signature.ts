import { publicFile } from '@gongkai/core';
import type { Context } from 'hono';
import { missingJson, sendJson } from './page.ts';
import type { Site } from './site.ts';

/** The signature beside a file (SM2 with SM3), behind the same door as the file itself. */
export const detachedSignature = (site: Site) => async (c: Context) => {
  const place = c.req.param('n') ?? '';
  const n = /^\d{1,4}$/.test(place) ? Number(place) : -1;
  const door = await publicFile(site.office, c.req.param('id') ?? '', n);
  const detached = door === 'gone' ? undefined : door?.item.release?.files[n]?.detached;
  if (door === undefined || door === 'gone' || detached === undefined) return missingJson(c);
  c.header('Content-Disposition', `attachment; filename="${door.sha256.slice(0, 16)}.sm2.json"`);
  return sendJson(c, { sha256: door.sha256, ...detached });
};
