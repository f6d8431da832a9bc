import {
  bindVolume,
  err,
  type Office,
  ok,
  pagesOfVolume,
  refusal,
  usualThickness,
  type VolumesAsked,
  volumesOf,
} from '@gongkai/core';
import * as z from 'zod';
import { contentDisposition } from '../catalogue/content-disposition.ts';
import { office as contract } from '../contract/index.ts';
import { type Route, route } from '../route/index.ts';
import { Turnstile } from '../sign-in/index.ts';
import { bytesResponse } from './bytes.ts';

/** Those who file (归档) and those who look after them: what has expired is in a volume, too. */
const boundFor = ['records-officer', 'supervisor'] as const;

const keys = z
  .string()
  .max(8_000)
  .transform((text) => text.split(',').filter((one) => one !== ''));

const query = z.strictObject({
  year: z.coerce.number().int().min(1949).max(2999).optional(),
  columns: keys.optional(),
  items: keys.optional(),
  pages: z.coerce.number().int().min(10).max(10_000).default(usualThickness),
});

/** A year, with columns or without; or items. */
const askedOf = ({ year, columns, items, pages }: z.output<typeof query>): VolumesAsked | undefined => {
  if (items !== undefined) return year === undefined && columns === undefined ? { items, pages } : undefined;
  return year === undefined ? undefined : { year, columns, pages };
};

const plansOf = async (office: Office, given: z.output<typeof query>) => {
  const asked = askedOf(given);
  return asked
    ? volumesOf(office, asked)
    : err(refusal('invalid-input', { detail: 'year [columns] | items' }));
};

/** One at a time: a volume takes a process for a while. */
const binding = new Turnstile(1, 5);

export const volumeRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/volumes',
    summary: '年终装订：某年、某些栏目或选定的若干件，公开过的文件分成哪几卷',
    who: boundFor,
    token: true,
    query,
    answer: contract.volumes,
    run: async ({ office, query: given }) => {
      const plans = await plansOf(office, given);
      if (!plans.ok) return plans;
      return ok({
        volumes: plans.value.map((plan) => ({
          volume: plan.volume,
          title: plan.title,
          entries: plan.entries.length,
          withdrawn: plan.entries.filter(({ standing }) => standing === 'withdrawn').length,
          pages: pagesOfVolume(plan),
          from: plan.entries.map(({ publishedOn }) => publishedOn).sort()[0] ?? '',
          to:
            plan.entries
              .map(({ publishedOn }) => publishedOn)
              .sort()
              .at(-1) ?? '',
        })),
      });
    },
  }),
  route({
    method: 'GET',
    path: '/volumes/:volume',
    summary: '装订其中一卷（PDF）：封面、目录、隔页、各件发布件、索引；撤回的只列目录',
    who: boundFor,
    token: true,
    bytes: 'out',
    query,
    run: async ({ office, query: given, params, request }) => {
      const plans = await plansOf(office, given);
      if (!plans.ok) return plans;
      const plan = plans.value.find(({ volume }) => String(volume) === params.volume);
      if (!plan) return err(refusal('not-found'));
      const made = await binding.pass(() => bindVolume(office, plan));
      if (!made) return err(refusal('rate-limited', { seconds: 60 }));
      if (!made.value.ok) return made.value;
      const about = {
        type: 'application/pdf',
        disposition: contentDisposition(
          'attachment',
          `${plan.title} 卷${plan.volume}`,
          `volume-${plan.volume}`,
        ),
      };
      const bytes = await bytesResponse(office.blobs, made.value.value.volume, request, about);
      return bytes ?? err(refusal('not-found'));
    },
  }),
];
