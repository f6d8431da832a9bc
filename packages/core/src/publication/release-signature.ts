import * as z from 'zod';

/**
 * 电子签名 of a release, made behind the renderer and before the gate. A seal that is drawn on a page is none and is
 * never called one.
 */
export const releaseSignature = z.object({
  /** PAdES (ETSI EN 319 142-1): B-T has the time of a timestamp server, B-B the office's own word for it. */
  level: z.enum(['B-B', 'B-T']),
  /** CN and O of the certificate. */
  signer: z.string(),
  signedAt: z.string(),
});
export type ReleaseSignature = z.infer<typeof releaseSignature>;

/** A second signature beside the file (SM2 with SM3, GB/T 32918, GB/T 32905), for who has the means to check it. */
export const detachedSignature = z.object({
  algorithm: z.literal('SM2-SM3'),
  /** Uncompressed point, hex. */
  publicKey: z.string(),
  /** The identifier that goes into the hash; `1234567812345678` where nothing else was agreed (GM/T 0009). */
  userId: z.string(),
  /** Over the bytes of the file; DER, hex. */
  signature: z.string(),
  signedAt: z.string(),
});
export type DetachedSignature = z.infer<typeof detachedSignature>;
