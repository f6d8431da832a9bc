import {
  err,
  inspection,
  loadJson,
  type Office,
  ok,
  type Publication,
  type Refusal,
  type Result,
  recognisedPages,
  refusal,
} from '@gongkai/core';
import type * as z from 'zod';
import type { publication as contract } from '../contract/index.ts';

type Places = z.input<typeof contract.places>;

/** Where it stands in the files, one file after the other: the inspector works for the stations too. */
export const placesIn = async (
  office: Office,
  item: Publication,
  asked: z.infer<typeof contract.findPlaces>,
): Promise<Result<Places, Refusal>> => {
  const items: Places['items'] = [];
  for (const [file, { pdf, inspection: seen }] of item.files.entries()) {
    if (pdf === undefined || item.state === 'stopped' || ('file' in asked && asked.file !== file)) continue;
    const { file: _, ...what } = { file, ...asked };
    const read = seen === undefined ? [] : recognisedPages((await loadJson(office, inspection, seen)).pages);
    const found = await office.inspector.locate({ area: 'renditions', sha256: pdf }, what, read);
    if (!found.ok) return found;
    items.push(...found.value.map(({ text, boxes }) => ({ text, boxes: [...boxes], file })));
  }
  return 'file' in asked && item.files[asked.file]?.pdf === undefined
    ? err(refusal('not-found'))
    : ok({ items });
};
