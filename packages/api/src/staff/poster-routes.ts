import { err, type PosterAsked, posterOf, posterPapers, refusal } from '@gongkai/core';
import * as z from 'zod';
import { contentDisposition } from '../catalogue/content-disposition.ts';
import { type Route, route } from '../route/index.ts';
import { Turnstile } from '../sign-in/index.ts';
import { bytesResponse } from './bytes.ts';
import { documentRoles } from './seen.ts';

const keys = z
  .string()
  .max(8_000)
  .transform((text) => text.split(',').filter((one) => one !== ''));

/** The renderer is the stations' own, and they come first. */
const presses = new Turnstile(1, 10);

export const posterRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/poster',
    summary: '公示栏海报（PDF，A4、A3、A2）：列出的信息，或整个栏目各成一栏；只列此刻正在公开的',
    who: documentRoles,
    token: true,
    bytes: 'out',
    query: z.strictObject({
      items: keys.optional(),
      columns: keys.optional(),
      paper: z.enum(posterPapers).default('a3'),
      heading: z.string().max(40).optional(),
    }),
    run: async ({ office, query, request }) => {
      const { items, columns, paper, heading } = query;
      if ((items === undefined) === (columns === undefined))
        return err(refusal('invalid-input', { detail: 'items | columns' }));
      const what = items === undefined ? { columns: columns ?? [] } : { items };
      const asked: PosterAsked = { paper, heading, ...what };
      const printed = await presses.pass(async () => {
        // What ended while it waited in line is not printed.
        const filled = await posterOf(office, asked);
        return filled.ok ? office.renderer.form('notice-poster', filled.value, office.clock.now()) : filled;
      });
      if (!printed) return err(refusal('rate-limited', { seconds: 30 }));
      const made = printed.value;
      if (!made.ok) return made;
      const about = {
        type: 'application/pdf',
        disposition: contentDisposition('inline', `公示栏海报 ${paper.toUpperCase()}`, 'poster'),
      };
      return (await bytesResponse(office.blobs, made.value, request, about)) ?? err(refusal('not-found'));
    },
  }),
];
