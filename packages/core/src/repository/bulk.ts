import * as z from 'zod';
import type { Office } from '../commands/office.ts';
import { redaction } from '../document/index.ts';
import { utf8 } from '../hash/index.ts';
import { briefFinding, type Publication, publication } from '../publication/index.ts';
import { disposition } from '../review/index.ts';
import { loadJson, storeJson } from '../stations/json.ts';

/** What makes a publication large: a roll of 3,000 households has 9,000 findings, each answered. */
const bulk = z.object({
  redactions: z.array(redaction),
  demanded: z.array(redaction),
  dispositions: z.record(z.string(), disposition),
  /** File by file. */
  findings: z.array(z.array(briefFinding)),
});

/** Bytes of a row from which on its bulk lies beside it: a quarter of what a row may have (`recordLimits.bytesPerRow`). */
const mostInRow = 100_000;

const bare = ({ bulk: _, ...item }: Publication): Publication => item;

/**
 * A publication as its row: where it is large, its bulk is kept among the renditions first and the row names it by its hash. So row
 * and bulk are one commit, and the audit's hash of the row holds both. What the row named before is cleared away with what
 * nobody names.
 */
export const toRow = async (office: Pick<Office, 'blobs'>, item: Publication): Promise<Publication> => {
  const whole = bare(item);
  if (utf8(JSON.stringify(whole)).length <= mostInRow) return whole;
  const { redactions, demanded, dispositions, files } = whole;
  const aside: z.infer<typeof bulk> = {
    redactions,
    demanded,
    dispositions,
    findings: files.map(({ findings }) => findings),
  };
  return {
    ...whole,
    redactions: [],
    demanded: [],
    dispositions: {},
    files: files.map((file) => ({ ...file, findings: [] })),
    bulk: await storeJson(office, aside),
  };
};

/** A row as the whole publication. Throws when its bulk is lost: nothing is decided on a part of it. */
export const fromRow = async (office: Pick<Office, 'blobs'>, data: unknown): Promise<Publication> => {
  const item = publication.parse(data);
  if (item.bulk === undefined) return item;
  const { findings, ...answers } = await loadJson(office, bulk, item.bulk);
  return {
    ...item,
    ...answers,
    files: item.files.map((file, index) => ({ ...file, findings: findings[index] ?? [] })),
  };
};
