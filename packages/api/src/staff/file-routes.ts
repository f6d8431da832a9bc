import {
  type BlobRef,
  drawnOfd,
  endedWordings,
  err,
  type FileEntry,
  markedCopyOf,
  type Office,
  ok,
  type Publication,
  previewOf,
  type Refusal,
  type Result,
  refusal,
} from '@gongkai/core';
import * as z from 'zod';
import { contentDisposition } from '../catalogue/content-disposition.ts';
import { type Route, route } from '../route/index.ts';
import { Turnstile } from '../sign-in/index.ts';
import { bytesResponse } from './bytes.ts';
import { reviewSheetOf } from './review-sheet.ts';
import { documentRoles, seen } from './seen.ts';
import { findingsOf } from './view.ts';

type Bytes = { readonly area: 'vault' | 'renditions'; readonly sha256: string; readonly name: string };

const nth = (item: Publication, n: string | undefined): { file: FileEntry; at: number } | undefined => {
  const at = /^\d{1,4}$/.test(n ?? '') ? Number(n) : -1;
  const file = item.files[at];
  return file && { file, at };
};

/** Only what intake has accepted: quarantine has no door. */
const original = (item: Publication, n: string | undefined): Bytes | undefined => {
  const found = nth(item, n);
  return found?.file.type === undefined || item.state === 'stopped'
    ? undefined
    : { area: 'vault', sha256: found.file.sha256, name: found.file.name };
};

const converted = (item: Publication, n: string | undefined): Bytes | undefined => {
  const found = nth(item, n);
  return found?.file.pdf === undefined
    ? undefined
    : { area: 'renditions', sha256: found.file.pdf, name: `${found.file.name}.pdf` };
};

const released = (item: Publication, n: string | undefined): Bytes | undefined => {
  const found = nth(item, n);
  const sha256 = found && item.release?.files[found.at]?.sha256;
  return sha256 === undefined ? undefined : { area: 'vault', sha256, name: `${item.metadata.title}.pdf` };
};

const delivered = (item: Publication, n: string | undefined): Bytes | undefined => {
  const found = nth(item, n);
  const sha256 = found && item.release?.files[found.at]?.ofd?.sha256;
  return sha256 === undefined ? undefined : { area: 'vault', sha256, name: `${item.metadata.title}.ofd` };
};

const split = (name: string): { title: string; ending: string } => {
  const match = /^(.*)\.([A-Za-z0-9]{1,10})$/s.exec(name);
  return match ? { title: match[1] ?? '', ending: match[2] ?? '' } : { title: name, ending: 'bin' };
};

/** The original and an OFD go to disk and are never opened in our pages: the original is as it came, and no browser draws OFD. */
const kinds = {
  original: { type: 'application/octet-stream', kind: 'attachment' },
  pdf: { type: 'application/pdf', kind: 'inline' },
  release: { type: 'application/pdf', kind: 'inline' },
  'release-ofd': { type: 'application/ofd', kind: 'attachment' },
} as const;

const bytesRoute = (
  what: keyof typeof kinds,
  summary: string,
  pick: (item: Publication, n: string | undefined) => Bytes | undefined,
): Route =>
  route({
    method: 'GET',
    path: `/publications/:id/files/:n/${what}`,
    summary,
    who: documentRoles,
    token: true,
    bytes: 'out',
    run: async ({ office, caller, params, request }): Promise<Response | Result<never, Refusal>> => {
      const loaded = await seen(office, caller, params.id ?? '');
      if (!loaded.ok) return loaded;
      const found = pick(loaded.value.item, params.n);
      if (!found) return err(refusal('not-found'));
      const { title, ending } = split(found.name);
      const { type, kind } = kinds[what];
      const disposition = contentDisposition(kind, title, `${params.id}-${params.n}`, ending);
      const response = await bytesResponse(office.blobs, found, request, { type, disposition });
      return response ?? err(refusal('not-found'));
    },
  });

/** The renderer is the stations' own, and they come first. */
const previews = new Turnstile(1, 10);

/** A PDF that is made for who asks, among the renditions, and shown. */
const madeRoute = <Query>({
  what,
  summary,
  title,
  query,
  make,
}: {
  readonly what: string;
  readonly summary: string;
  /** What its name says before the document's own. */
  readonly title: string;
  readonly query: z.ZodType<Query>;
  readonly make: (
    office: Office,
    item: Publication,
    at: number,
    query: Query,
  ) => Promise<Result<BlobRef, Refusal>>;
}): Route =>
  route({
    method: 'GET',
    path: `/publications/:id/files/:n/${what}`,
    summary,
    who: documentRoles,
    token: true,
    bytes: 'out',
    query,
    run: async ({ office, caller, params, query: asked, request }) => {
      const loaded = await seen(office, caller, params.id ?? '');
      if (!loaded.ok) return loaded;
      const { item } = loaded.value;
      const found = nth(item, params.n);
      if (!found) return err(refusal('not-found'));
      const made = await previews.pass(() => make(office, item, found.at, asked));
      if (!made) return err(refusal('rate-limited', { seconds: 30 }));
      if (!made.value.ok) return made.value;
      const disposition = contentDisposition(
        'inline',
        `${title} ${item.metadata.title}`,
        `${what}-${item.id}`,
      );
      const about = { type: 'application/pdf', disposition };
      return (
        (await bytesResponse(office.blobs, made.value.value, request, about)) ?? err(refusal('not-found'))
      );
    },
  });

export const fileRoutes: readonly Route[] = [
  bytesRoute('original', '原件', original),
  bytesRoute('pdf', '转换后的 PDF（支持分段）', converted),
  bytesRoute('release', '发布件', released),
  bytesRoute('release-ofd', '发布件的 OFD 版本', delivered),
  madeRoute({
    what: 'drawn',
    summary: 'OFD 逐页画出：上传的原件，或发布件的 OFD 版本，不作记录（PDF）',
    title: 'OFD',
    query: z.strictObject({ of: z.enum(['original', 'release']) }),
    make: (office, item, at, { of }) => drawnOfd(office, item, at, of),
  }),
  madeRoute({
    what: 'preview',
    summary: '预览出件：按现在的答复制作，未经批准，不作记录（PDF）',
    title: '预览',
    // Of the answers as the console saw them: not read, it makes a new address where they are others.
    query: z.strictObject({ binding: z.string().max(100).optional() }),
    make: (office, item, at) => previewOf(office, item, at),
  }),
  madeRoute({
    what: 'marked',
    summary: '注明件：已停止公开的发布件，每页注明已废止、已失效或已撤回，原件不动（PDF）',
    title: '注明件',
    query: z.strictObject({ words: z.enum(endedWordings).optional() }),
    make: (office, item, at, { words }) => markedCopyOf(office, item, at, words),
  }),
  route({
    method: 'GET',
    path: '/publications/:id/review-sheet',
    summary: '政府信息公开保密审查表（PDF）',
    who: documentRoles,
    token: true,
    bytes: 'out',
    run: async ({ office, caller, params, request }) => {
      const loaded = await seen(office, caller, params.id ?? '');
      if (!loaded.ok) return loaded;
      const { item } = loaded.value;
      if (item.files.length === 0) return err(refusal('not-found'));
      const now = office.clock.now();
      const data = reviewSheetOf(office, item, await findingsOf(office, item));
      const made = await office.renderer.form('review-sheet', data, now);
      if (!made.ok) return made;
      const disposition = contentDisposition('inline', `审查表 ${item.metadata.title}`, `review-${item.id}`);
      const about = { type: 'application/pdf', disposition };
      return (await bytesResponse(office.blobs, made.value, request, about)) ?? ok(undefined);
    },
  }),
];
