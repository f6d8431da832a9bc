import * as z from 'zod';

const date = z.iso.date();

/** 卷内文件: one publication as it is bound, the way it stood when it was bound. */
export const boundEntry = z.object({
  /** Empty where it was withdrawn: a title can be the very thing that had to go. */
  title: z.string(),
  documentNumber: z.string(),
  indexNumber: z.string(),
  office: z.string(),
  /** 栏目, its name. */
  column: z.string(),
  generatedOn: date.or(z.literal('')),
  publishedOn: date,
  /** The last whole day of its display; absent while long-term. */
  lastDay: date.optional(),
  standing: z.enum(['public', 'expired', 'ended', 'replaced', 'withdrawn']),
  /** When it ceased to be public. */
  endedOn: date.optional(),
  /** 撤回公告, as everyone may read it. */
  notice: z.string().default(''),
  code: z.string(),
  /** Releases with their pages, main document first; none where it was withdrawn. */
  files: z.array(z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), pages: z.int().min(1) })),
});
export type BoundEntry = z.infer<typeof boundEntry>;

/** What one bound volume (一卷) is made from. */
export const volumePlan = z.object({
  office: z.string().min(1),
  /** 2026年政府信息公开文件汇编 */
  title: z.string().min(1),
  /** Which year and which columns, in words. */
  scope: z.string(),
  createdAt: z.iso.datetime({ offset: true }),
  /** 卷次, from 1. */
  volume: z.int().min(1),
  of: z.int().min(1),
  entries: z.array(boundEntry).min(1),
  /** Of all volumes, so that each tells where to look. */
  index: z.array(
    z.object({
      title: z.string(),
      documentNumber: z.string(),
      office: z.string(),
      volume: z.int().min(1),
      page: z.int().min(1),
    }),
  ),
});
export type VolumePlan = z.infer<typeof volumePlan>;

/** Pages of an entry in its volume: the sheet before it (隔页), then its files. */
export const pagesOfEntry = ({ files }: Pick<BoundEntry, 'files'>): number =>
  files.reduce((sum, { pages }) => sum + pages, 1);

/** The number of the first page of each entry; 页号 begin anew with every volume. */
export const firstPages = (entries: readonly Pick<BoundEntry, 'files'>[]): number[] => {
  let next = 1;
  return entries.map((entry) => {
    const first = next;
    next += pagesOfEntry(entry);
    return first;
  });
};

/**
 * 分卷 by thickness: as many entries as fit into `pages`, in order. An entry is never divided; one that is thicker than
 * a volume has a volume of its own.
 */
export const splitByThickness = <E extends Pick<BoundEntry, 'files'>>(
  entries: readonly E[],
  pages: number,
): E[][] => {
  const volumes: E[][] = [];
  let left = 0;
  for (const entry of entries) {
    const needed = pagesOfEntry(entry);
    if (volumes.length === 0 || needed > left) {
      volumes.push([]);
      left = pages;
    }
    volumes.at(-1)?.push(entry);
    left -= needed;
  }
  return volumes;
};
