import { httpStatus, type Refusal, sentence } from '@gongkai/core';
import type * as z from 'zod';
import type { office } from '../contract/index.ts';

type Problem = z.infer<typeof office.problem>;

const json = (body: Problem, status: number, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
  });

/** A refusal in the form that every client reads. */
export const problemResponse = (refusal: Refusal, correlation: string): Response => {
  const wait = refusal.code === 'rate-limited' ? refusal.details?.seconds : undefined;
  return json(
    {
      code: refusal.code,
      ...sentence(refusal),
      ...(refusal.details ? { details: { ...refusal.details } } : {}),
      correlation,
    },
    httpStatus(refusal.code),
    wait === undefined ? {} : { 'retry-after': String(wait) },
  );
};

/** A bug or a broken machine: nothing of its inside goes out, the correlation id finds it in the log. */
export const unexpectedResponse = (correlation: string): Response =>
  json(
    {
      code: 'unexpected',
      zh: `系统出现意外，已记录（编号 ${correlation}）。请稍后重试；仍不行请把编号告诉管理员。`,
      en: `Something unexpected happened and was recorded (${correlation}). Try again shortly; if it stays, give this number to the administrator.`,
      correlation,
    },
    500,
  );
