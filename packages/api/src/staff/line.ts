import { type Loaded, type Office, type Publication, sentence, unanswered, whatMay } from '@gongkai/core';
import type * as z from 'zod';
import type { publication as contract } from '../contract/index.ts';
import type { Caller } from '../route/index.ts';
import { refusalOf } from './refusals.ts';

type Line = z.input<typeof contract.publicationLine>;

/** What this person can do next about it. */
const nextStep = (office: Office, item: Publication, caller: Caller, open: number): Line['next'] => {
  const { may } = whatMay(office, item, caller.actor, office.clock.now());
  switch (item.state) {
    case 'draft':
      if (!may.includes('edit')) return 'wait';
      if (item.files.some((file) => file.progress === 'refused')) return 'mend-file';
      if (item.files.some((file) => file.progress !== 'inspected')) return 'wait';
      return open > 0 ? 'answer-findings' : 'submit';
    case 'first-review':
    case 'second-review':
    case 'principal-review':
      return may.includes('return') ? 'review' : 'wait';
    case 'rendering':
    case 'gating':
    case 'scheduled':
      return 'wait';
    default:
      return 'none';
  }
};

/** One line of a list. */
export const lineOf = (office: Office, { item, version }: Loaded, caller: Caller): Line => {
  const open = unanswered(item).length;
  const { metadata, trouble } = item;
  return {
    id: item.id,
    version,
    title: metadata.title || item.files[0]?.name || '',
    documentNumber: metadata.documentNumber,
    column: metadata.column,
    state: item.state,
    major: item.major,
    makerName: item.makerName,
    since: item.since,
    files: item.files.length,
    pages: item.files.reduce((sum, file) => sum + (file.pages ?? 0), 0),
    unanswered: open,
    next: nextStep(office, item, caller, open),
    ...(item.publishedAt === undefined ? {} : { publishedAt: item.publishedAt }),
    ...(item.until === undefined ? {} : { until: item.until }),
    ...(trouble ? { trouble: sentence(refusalOf(trouble)).zh } : {}),
  };
};
