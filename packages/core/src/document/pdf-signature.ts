import * as z from 'zod';

/**
 * What can be said of a digital signature in a PDF without asking anybody else:
 * - `intact`: the bytes that it speaks of are as they were signed, and they are the whole file.
 * - `added-to`: as they were signed, but something was added to the file afterwards.
 * - `altered`: they are not what was signed.
 * - `unreadable`: of a kind that is not known here (SM2, an old form), or damaged.
 * Whose certificate it is, is told and not judged: `trusted` only where the office keeps the authority's certificate.
 */
export const pdfSignature = z.object({
  state: z.enum(['intact', 'added-to', 'altered', 'unreadable']),
  /** CN and O of the certificate's subject, and of whoever issued it. */
  signer: z.string().optional(),
  issuer: z.string().optional(),
  /** SHA-256 of the certificate, hex. */
  certificate: z.string().optional(),
  /** The signer's own word, or that of a timestamp server. */
  signedAt: z.string().optional(),
  timestamped: z.boolean().optional(),
  trusted: z.boolean(),
});
export type PdfSignature = z.infer<typeof pdfSignature>;

const words: Readonly<Record<PdfSignature['state'], readonly [string, string]>> = {
  intact: ['签名有效，文件未被改动', 'the signature holds, nothing was changed'],
  'added-to': [
    '签名有效，但签名后文件又被添加过内容',
    'the signature holds, but something was added after it',
  ],
  altered: ['文件在签名后被改动', 'the file was changed after it was signed'],
  unreadable: ['签名的类型在本系统无法核对', 'the signature is of a kind that cannot be checked here'],
};

/** A sentence for people, Chinese and English. */
export const signatureWords = ({
  state,
  trusted,
  signer,
}: PdfSignature): readonly [zh: string, en: string] => {
  const [zh, en] = words[state];
  if (state === 'altered' || state === 'unreadable') return [zh, en];
  const who = signer ?? '?';
  return trusted
    ? [`${zh}；签名人：${who}`, `${en}; signed by ${who}`]
    : [
        `${zh}；证书写明的签名人：${who}（未核对证书是否可信）`,
        `${en}; by its certificate signed by ${who} (whether the certificate can be trusted was not checked)`,
      ];
};
