import * as z from 'zod';

/** How notices leave the machine. Secrets stay in files of their own, so that the settings may be shown and copied. */
export const notifierSettings = z
  .strictObject({
    /** Every notice is written here first, one JSON object a line. Absent on AWS, where no file lasts. */
    log: z.string().min(1).optional(),
    smtp: z
      .strictObject({
        host: z.string().min(1),
        port: z.int().min(1).max(65_535).default(587),
        /** `tls`: encrypted from the start (465). `starttls`: must upgrade. `plain`: a relay on the office's own network. */
        security: z.enum(['tls', 'starttls', 'plain']).default('starttls'),
        from: z.string().min(3),
        user: z.string().optional(),
        passwordFile: z.string().optional(),
        timeoutMs: z.int().positive().default(20_000),
      })
      .optional(),
    webhook: z
      .strictObject({
        url: z.url({ protocol: /^https?$/ }),
        /** With it every call carries `x-gongkai-signature: sha256=<HMAC of the body, hex>`. */
        secretFile: z.string().optional(),
        timeoutMs: z.int().positive().default(10_000),
      })
      .optional(),
  })
  .refine(({ log, smtp, webhook }) => log !== undefined || smtp !== undefined || webhook !== undefined, {
    message: '通知须有去处 / notices must go somewhere: log, smtp or webhook',
  });
export type NotifierSettings = z.infer<typeof notifierSettings>;
