import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { oidcSettings } from '@gongkai/api/settings';
import { type Policy, parsePolicy, sentence } from '@gongkai/core';
import { notifierSettings } from '@gongkai/embedded';
import { parse } from 'yaml';
import * as z from 'zod';
import { signingSettings } from './signing/index.ts';

/** The checkout (or the unpacked release) that this code runs from. */
export const home = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** `<data>/gongkai.yaml`; every setting has a default that works. Environment variables win: GONGKAI_PORT … */
export const configuration = z.object({
  port: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** Only this machine by default; `0.0.0.0` opens it to the office's network. */
  host: z.string().default('127.0.0.1'),
  /** Address under which the public reaches the catalogue; goes into QR codes. */
  publicUrl: z.string().optional(),
  /** A file in policies/, or a path. */
  policy: z.string().default('default'),
  /** A folder with the office's own licensed fonts. */
  fonts: z.string().optional(),
  /** How notices leave the machine; without them they stay in notices.jsonl and the console. */
  /** Sign-in by the office's own identity provider (docs/operate.md, 统一身份认证). The secret stands in a file of its own. */
  oidc: oidcSettings.extend({ secretFile: z.string().min(1).optional() }).optional(),
  /** 电子签名 of releases (docs/operate.md). Without it they go out unsigned. */
  signing: signingSettings.optional(),
  smtp: notifierSettings.shape.smtp,
  webhook: notifierSettings.shape.webhook,
});
export type Configuration = z.infer<typeof configuration>;

const fromEnvironment = (): Record<string, string> => {
  const names: Record<string, string> = {
    GONGKAI_PORT: 'port',
    GONGKAI_HOST: 'host',
    GONGKAI_PUBLIC_URL: 'publicUrl',
    GONGKAI_POLICY: 'policy',
    GONGKAI_FONTS: 'fonts',
  };
  return Object.fromEntries(
    Object.entries(names).flatMap(([variable, key]) => {
      const value = process.env[variable];
      return value === undefined ? [] : [[key, value]];
    }),
  );
};

export const configurationFile = (data: string): string => join(data, 'gongkai.yaml');

/** Throws a readable sentence when a file is there but wrong: a mistyped setting must not become a silent default. */
export const readConfiguration = (data: string, given: Partial<Configuration> = {}): Configuration => {
  const file = configurationFile(data);
  const stored: unknown = existsSync(file) ? parse(readFileSync(file, 'utf8')) : {};
  const parsed = configuration.strict().safeParse({ ...(stored as object), ...fromEnvironment(), ...given });
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};

const policyFile = (name: string): string =>
  name.endsWith('.yaml') ? resolve(name) : join(home, 'policies', `${name}.yaml`);

/** A policy by its name in policies/ or by its path, with the one that it extends. Throws a readable sentence. */
export const readPolicy = (name: string): Policy => {
  const file = policyFile(name);
  const given: unknown = parse(readFileSync(file, 'utf8'));
  const parent = (given as { extends?: unknown } | null)?.extends;
  const base: unknown =
    typeof parent === 'string' ? parse(readFileSync(policyFile(parent), 'utf8')) : undefined;
  const parsed = parsePolicy(given, base);
  if (!parsed.ok) throw new Error(`${file}: ${sentence(parsed.error).zh}\n${sentence(parsed.error).en}`);
  return parsed.value;
};

/** Where records, bytes and keys of this office live. */
export const dataFolder = (given?: string): string =>
  resolve(given ?? process.env.GONGKAI_DATA ?? join(home, 'data'));
