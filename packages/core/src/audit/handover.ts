import * as z from 'zod';

/**
 * 密钥移交. A key is followed by another one by an entry in the log itself. The checkpoint right after it, which covers
 * it, is signed by both: by the old key, so that nobody else can name its successor, and by the new one, so that
 * nobody is named who does not have it. From there on the old key signs nothing more, and never comes back.
 */
export const handoverAction = 'key.handed-over';

const publicKey = z.string().regex(/^[0-9a-f]{64}$/);

export const handoverDetails = z.object({ from: publicKey, to: publicKey });
export type Handover = z.infer<typeof handoverDetails>;

/** A key of the log with the part of it that it vouches for: checkpoints of more than `from` entries, up to `to`. */
export type KeyTerm = { readonly publicKey: string; readonly from: number; readonly to?: number };
