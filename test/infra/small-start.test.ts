import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

const wants = z.record(z.string(), z.object({ version: z.string() }));
const lockfile = z.object({
  importers: z.record(
    z.string(),
    z.object({ dependencies: wants.optional(), devDependencies: wants.optional() }).loose(),
  ),
  snapshots: z.record(
    z.string(),
    z
      .object({
        dependencies: z.record(z.string(), z.string()).optional(),
        optionalDependencies: z.record(z.string(), z.string()).optional(),
      })
      .loose(),
  ),
});

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('pnpm-lock.yaml', root), 'utf8');
// pnpm 12 keeps its own tools in a document before.
const documents = text.split(/^---$/m).filter((part) => part.trim() !== '');
const { importers, snapshots } = lockfile.parse(parse(documents.at(-1) ?? ''));

/** Every package that an installation with `--prod --filter <member>...` brings, by name. */
const brought = (members: readonly string[]): ReadonlySet<string> => {
  const names = new Set<string>();
  const seen = new Set<string>();
  const follow = (name: string, version: string): void => {
    const key = snapshots[`${name}@${version}`] ? `${name}@${version}` : version;
    names.add(name);
    if (seen.has(key)) return;
    seen.add(key);
    const { dependencies = {}, optionalDependencies = {} } = snapshots[key] ?? {};
    for (const [next, at] of Object.entries({ ...dependencies, ...optionalDependencies })) follow(next, at);
  };
  const visit = (member: string): void => {
    if (seen.has(`member ${member}`)) return;
    seen.add(`member ${member}`);
    const found = importers[member];
    if (found === undefined) throw new Error(`the lockfile has no ${member}`);
    for (const [name, { version }] of Object.entries(found.dependencies ?? {}))
      if (version.startsWith('link:')) visit(join(member, version.slice('link:'.length)));
      else follow(name, version);
  };
  for (const member of members) visit(member);
  return names;
};

const cloud = /^(sst|aws-cdk-lib|cdk-nag|constructs|@aws-sdk\/.*|@aws\/.*|@pulumi\/.*|sst-.*)$/;

describe('npm start', () => {
  it('is installed for the members that the test below follows', () => {
    const installer = readFileSync(new URL('bin/install.mjs', root), 'utf8');
    expect(installer).toContain(
      "run: ['--prod', '--filter', 'gongkai', '--filter', '@gongkai/local...', '--filter', '@gongkai/console...']",
    );
  });

  it('brings neither CDK nor SST nor a client of AWS', () => {
    const names = brought(['.', 'packages/local', 'packages/console']);
    expect(names.size).toBeGreaterThan(100);
    expect(names).toContain('pdf-lib');
    expect([...names].filter((name) => cloud.test(name))).toEqual([]);
  });

  it('would be seen to bring them, if it did', () => {
    expect([...brought(['infra/foundation', 'packages/aws'])].filter((name) => cloud.test(name))).toContain(
      'aws-cdk-lib',
    );
  });
});

describe('the workspace', () => {
  it('names what the design fixes', () => {
    const named = new Set(
      Object.values(importers).flatMap(({ dependencies = {}, devDependencies = {} }) => [
        ...Object.keys(dependencies),
        ...Object.keys(devDependencies),
      ]),
    );
    for (const name of [
      'aws-cdk-lib',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-dynamodb',
      'pdf-lib',
      'sst',
      'vitest',
    ])
      expect(named).toContain(name);
  });
});
