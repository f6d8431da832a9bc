import { type Publication, type Refusal, refusalCode, sentence } from '@gongkai/core';

type Stored = NonNullable<Publication['trouble']> | NonNullable<Publication['files'][number]['refusal']>;

/** A refusal read back from a record; one that this version no longer knows is told in general words. */
export const refusalOf = (stored: Pick<Stored, 'code' | 'details'>): Refusal => {
  const code = refusalCode.safeParse(stored.code);
  return code.success
    ? { code: code.data, ...(stored.details ? { details: stored.details } : {}) }
    : { code: 'inspection-failed', details: { detail: stored.code } };
};

/** Why files were refused and why it came back, in sentences: by file id, and `trouble`. */
export const refusalsOf = (item: Publication): Record<string, { zh: string; en: string }> => ({
  ...Object.fromEntries(
    item.files.flatMap((file) => (file.refusal ? [[file.id, sentence(refusalOf(file.refusal))]] : [])),
  ),
  ...(item.trouble ? { trouble: sentence(refusalOf(item.trouble)) } : {}),
});
