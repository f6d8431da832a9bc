import {
  type ComposeAsked,
  compose,
  err,
  type Loaded,
  monthlyListOf,
  type Office,
  ok,
  type Refusal,
  type Result,
  refusal,
} from '@gongkai/core';
import * as z from 'zod';
import { contentDisposition } from '../catalogue/content-disposition.ts';
import { compose as contract, publication } from '../contract/index.ts';
import { type Caller, type Route, route } from '../route/index.ts';
import { Turnstile } from '../sign-in/index.ts';
import { bytesResponse } from './bytes.ts';
import { documentRoles } from './seen.ts';
import { appendTo, beginUpload, finishUpload, ownUpload } from './uploads.ts';

/** The renderer is the stations' own, and they come first. */
const presses = new Turnstile(1, 10);

const composed = async (office: Office, asked: ComposeAsked) => {
  const made = await presses.pass(() => compose(office, asked));
  return made ? made.value : err(refusal('rate-limited', { seconds: 30 }));
};

/** The way that every upload goes, from the person's limits to intake. */
const upload = async (
  office: Office,
  caller: Caller,
  publication: string,
  asked: ComposeAsked,
): Promise<Result<Loaded, Refusal>> => {
  const made = await composed(office, asked);
  if (!made.ok) return made;
  const { pdf, title } = made.value;
  const size = (await office.blobs.head(pdf))?.size;
  const bytes = await office.blobs.open(pdf);
  if (size === undefined || bytes === undefined) return err(refusal('not-found'));
  const begun = await beginUpload(office, caller, publication, {
    name: `${title}.pdf`,
    size,
    sha256: pdf.sha256,
  });
  if (!begun.ok) return begun;
  const held = await ownUpload(office, caller, begun.value.upload);
  if (!held.ok) return held;
  const sent = await appendTo(office, held.value, 0, bytes);
  if (!sent.ok) return sent;
  return finishUpload(office, caller, held.value);
};

export const composeRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/monthly-list',
    summary: '主动公开目录月报（PDF）：这个月公开、此刻仍在公开的',
    who: documentRoles,
    token: true,
    bytes: 'out',
    query: z.strictObject({ month: z.string().max(20) }),
    run: async ({ office, query, request }) => {
      const filled = await monthlyListOf(office, query.month);
      if (!filled.ok) return filled;
      const made = await composed(office, { form: 'monthly-list', data: filled.value });
      if (!made.ok) return made;
      const disposition = contentDisposition('inline', `目录月报 ${query.month}`, `list-${query.month}`);
      const about = { type: 'application/pdf', disposition };
      return (await bytesResponse(office.blobs, made.value.pdf, request, about)) ?? err(refusal('not-found'));
    },
  }),
  route({
    method: 'POST',
    path: '/compose',
    summary: '撰写：按表单和数据（或 Markdown）制作公文，返回 PDF；不登记、不发布',
    who: ['maker'],
    token: true,
    bytes: 'out',
    body: contract.composeForm,
    bodyDescribed: contract.composeVariants,
    audit: { none: 'answers a PDF of what was sent; no record speaks of it' },
    run: async ({ office, body, request }) => {
      const made = await composed(office, body);
      if (!made.ok) return made;
      const { pdf, title } = made.value;
      const about = { type: 'application/pdf', disposition: contentDisposition('inline', title, body.form) };
      return (await bytesResponse(office.blobs, pdf, request, about)) ?? err(refusal('not-found'));
    },
  }),
  route({
    method: 'POST',
    path: '/publications/:id/compose',
    summary: '撰写并放入草稿：与上传文件同样接收、检查、审查',
    who: ['maker'],
    token: true,
    body: contract.composeForm,
    bodyDescribed: contract.composeVariants,
    answer: publication.changed,
    audit: ['file.uploaded'],
    run: async ({ office, caller, params, body }) => {
      const done = await upload(office, caller, params.id ?? '', body);
      if (!done.ok) return done;
      const { item, version } = done.value;
      return ok({ id: item.id, version, state: item.state });
    },
  }),
];
