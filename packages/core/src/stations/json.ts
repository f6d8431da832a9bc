import type * as z from 'zod';
import type { Office } from '../commands/office.ts';
import { canonicalJson } from '../hash/index.ts';

/** Keeps a JSON value among the renditions; returns its hash. */
export const storeJson = async (office: Pick<Office, 'blobs'>, value: unknown): Promise<string> => {
  const bytes = new TextEncoder().encode(canonicalJson(value));
  const kept = await office.blobs.putOnce(
    'renditions',
    (async function* () {
      yield bytes;
    })(),
  );
  if (!kept.ok) throw new Error(kept.error.code);
  return kept.value.sha256;
};

/** Reads it back through its schema. */
export const loadJson = async <T extends z.ZodType>(
  office: Pick<Office, 'blobs'>,
  schema: T,
  sha256: string,
): Promise<z.output<T>> => {
  const stream = await office.blobs.open({ area: 'renditions', sha256 });
  if (!stream) throw new Error(`renditions has lost ${sha256}`);
  const decoder = new TextDecoder();
  let json = '';
  for await (const chunk of stream) json += decoder.decode(chunk, { stream: true });
  return schema.parse(JSON.parse(json + decoder.decode()));
};
