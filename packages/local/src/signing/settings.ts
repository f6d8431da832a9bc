import * as z from 'zod';

/** 电子签名: keys stay outside of the data folder and the checkout; only where they lie is written down. */
export const signingSettings = z
  .object({
    /** The office's key and certificate (PKCS#12), for the signature inside of each PDF. */
    p12: z.string().min(1).optional(),
    /** A file with the password of `p12` and nothing else; or GONGKAI_SIGNING_PASSWORD in the environment. */
    passwordFile: z.string().min(1).optional(),
    /** A timestamp server (RFC 3161). */
    timestamp: z.url({ protocol: /^https?$/ }).optional(),
    /** false: when the server does not answer, releases go out signed without a timestamp. */
    timestampRequired: z.boolean().default(true),
    /** An SM2 key (PEM) for a second signature beside each file. */
    sm2Key: z.string().min(1).optional(),
  })
  .strict();
export type SigningSettings = z.infer<typeof signingSettings>;
