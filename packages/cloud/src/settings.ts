import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lines } from '@gongkai/aws/lambda';
import { type Policy, parsePolicy, sentence } from '@gongkai/core';
import * as z from 'zod';

/** What infra/workers.ts puts into the environment of every function. */
const environment = z.object({
  GONGKAI_TABLE: z.string().min(1),
  GONGKAI_VAULT: z.string().min(1),
  GONGKAI_QUARANTINE: z.string().min(1),
  GONGKAI_RENDITIONS: z.string().min(1),
  GONGKAI_AUDIT: z.string().min(1),
  GONGKAI_SIGNING_KEY: z.string().min(1),
  /** Its public key (SubjectPublicKeyInfo, base64), so that a function can begin without asking KMS. */
  GONGKAI_SIGNING_PUBLIC_KEY: z.base64().optional(),
  GONGKAI_STATIONS_QUEUE: z.string().min(1),
  GONGKAI_METRICS: z.string().min(1),
  /** How long `stations` may run. */
  GONGKAI_STATION_SECONDS: z.coerce.number().int().min(1),
  /** A file, from the folder that the function was unpacked to. */
  GONGKAI_POLICY: z.string().min(1),
  /** A folder, from there: style and scripts of the public pages, which a bundle does not hold. Only `api` has it. */
  GONGKAI_ASSETS: z.string().min(1).optional(),
  /** Absent in the function that is the machines. */
  GONGKAI_MACHINES: z.string().optional(),
  GONGKAI_PUBLIC_URL: z.url(),
  /** An ARN in KMS: the key that is to follow GONGKAI_SIGNING_KEY. The clock hands over (docs/deploy.md, "Rotate keys"). */
  GONGKAI_NEXT_SIGNING_KEY: z.string().min(1).optional(),
  /** From whom notices come: an address that SES has verified, or the sender at GONGKAI_SMTP. */
  GONGKAI_MAIL_FROM: z.email().optional(),
  /** The office's own mail server instead of SES: `smtps://user@host:465`, `smtp://host:587` (must upgrade to TLS). */
  GONGKAI_SMTP: z.url({ protocol: /^smtps?$/ }).optional(),
  GONGKAI_SMTP_PASSWORD: z.string().min(1).optional(),
  /** Called with every notice. With a secret each call is signed (HMAC). */
  GONGKAI_WEBHOOK: z.url({ protocol: /^https$/ }).optional(),
  GONGKAI_WEBHOOK_SECRET: z.string().min(1).optional(),
  /** ARN in KMS of the office's key for signatures on releases (signing.ts); only `stations` has these. */
  GONGKAI_DOCUMENT_KEY: z.string().min(1).optional(),
  /** Name of a parameter in SSM: the certificate for that key, its chain behind it (PEM). */
  GONGKAI_DOCUMENT_CERTIFICATE_PARAMETER: z.string().startsWith('/').optional(),
  /** A timestamp server (RFC 3161), and whether nothing is published while it does not answer. */
  GONGKAI_TIMESTAMP: z.url({ protocol: /^https?$/ }).optional(),
  GONGKAI_TIMESTAMP_REQUIRED: z.enum(['true', 'false']).optional(),
  /** Who scans uploads: GuardDuty (a tag on what lies in quarantine), or ClamAV in the image of the machines; else nobody. */
  GONGKAI_SCANNER: z.enum(['guardduty', 'clamav']).optional(),
  /** Where the collection of OpenSearch Serverless answers; without it the index is a snapshot on S3. */
  GONGKAI_OPENSEARCH: z.url().optional(),
  /** The office's own identity provider (oidc.ts); only `api` has these. */
  GONGKAI_OIDC_ISSUER: z.string().min(1).optional(),
  GONGKAI_OIDC_CLIENT: z.string().min(1).optional(),
  /** Name of a SecureString in SSM's Parameter Store; without it a public client. */
  GONGKAI_OIDC_SECRET_PARAMETER: z.string().startsWith('/').optional(),
  GONGKAI_OIDC_NAME: z.string().min(1).optional(),
  GONGKAI_OIDC_CLAIM: z.string().min(1).optional(),
  GONGKAI_OIDC_SCOPE: z.string().optional(),
  GONGKAI_OIDC_ACR: z.string().optional(),
  GONGKAI_OIDC_LOCAL: z.string().optional(),
  /** Only for emulators. */
  GONGKAI_AWS_ENDPOINT: z.url().optional(),
});
export type Settings = z.infer<typeof environment>;

/** Throws one sentence that names what is missing. */
export const readSettings = (env: Readonly<Record<string, string | undefined>> = process.env): Settings => {
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new Error(`settings of this function: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};

export const said = lines(process.env.GONGKAI_METRICS ?? 'gongkai');

/** As it was written when the function was built (infra/files.ts), or from the YAML beside it. */
const readRules = async (file: string): Promise<unknown> => {
  const built = file.replace(/\.yaml$/, '.json');
  if (existsSync(built)) return JSON.parse(readFileSync(built, 'utf8'));
  const { parse } = await import('yaml');
  return parse(readFileSync(file, 'utf8'));
};

/** The policy with the one that it extends, from the folder of `path`. */
export const readPolicy = async (path: string): Promise<Policy> => {
  const given = await readRules(path);
  const parent = z.object({ extends: z.string() }).safeParse(given);
  const base = parent.success
    ? await readRules(join(dirname(path), `${parent.data.extends}.yaml`))
    : undefined;
  const policy = parsePolicy(given, base);
  if (!policy.ok) throw new Error(`${path}: ${sentence(policy.error).en}`);
  return policy.value;
};
